import { commands, type Uri, window, workspace } from 'vscode';

/**
 * Whether a model or a test may run, which is said where it may not: opening a folder runs nothing, and what runs is
 * what lies on disk.
 */
export async function mayRun(target?: Uri): Promise<boolean> {
  if (!isOnDisk(target)) {
    const help = target?.scheme === 'untitled' ? 'save this file first' : 'checking works here too';
    void window.showInformationMessage(`Models run only from files on disk; ${help}.`);
    return false;
  }
  if (workspace.isTrusted) return true;
  const manage = 'Manage Trust';
  const answer = await window.showWarningMessage(
    'Models run only in a workspace that you trust. Checking them works here too.',
    manage,
  );
  if (answer === manage) await commands.executeCommand('workbench.trust.manage');
  return false;
}

function isOnDisk(target: Uri | undefined): boolean {
  if (target) return target.scheme === 'file';
  const folders = workspace.workspaceFolders ?? [];
  return folders.length === 0 || folders.some(({ uri }) => uri.scheme === 'file');
}
