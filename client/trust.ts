import { commands, window, workspace } from 'vscode';

/** Running a model needs a trusted workspace: opening a folder runs nothing. */
export async function isTrusted(): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = 'Manage Trust';
  const answer = await window.showWarningMessage(
    'Models run only in a workspace that you trust. Checking them works here too.',
    manage,
  );
  if (answer === manage) await commands.executeCommand('workbench.trust.manage');
  return false;
}
