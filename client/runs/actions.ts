import { commands, env, Range, Uri, window, workspace } from 'vscode';
import { isAlive, isThisHost } from '../../protocol/runs/process';
import { isRunning, readRecord } from '../../protocol/runs/read';
import { requestStop } from '../../protocol/runs/stop';
import { agoText } from '../../protocol/runs/words';
import { fileFrom } from './paths';
import type { Run } from './runs';

/**
 * Asks a run to stop, wherever it was started. With `force`, its process is ended, which only this machine can do:
 * the run then counts as interrupted.
 */
export async function stopRun({ folder, state }: Run, force = false): Promise<void> {
  if (!isRunning(state)) return;
  const name = state.record.model.name;
  const owner = readRecord(folder)?.process;
  if (force && owner && isThisHost(owner) && isAlive(owner)) {
    process.kill(owner.pid, 'SIGKILL');
    return;
  }
  try {
    requestStop(folder);
  } catch (error) {
    void window.showErrorMessage(`${name} cannot be told to stop: ${(error as Error).message}`);
  }
}

export function modelUri({ root, state }: Run): Uri {
  return fileFrom(root.uri, state.record.model.file);
}

export async function openModel(run: Run): Promise<void> {
  const { file } = run.state.record.model;
  await openFile(modelUri(run), `The model's file ${file} is no longer there.`);
}

/** Shows a file in an editor, or says that it is not there. `line` counts from 1. */
export async function openFile(uri: Uri, missing: string, line?: number): Promise<void> {
  try {
    await workspace.fs.stat(uri);
  } catch {
    void window.showWarningMessage(missing);
    return;
  }
  const at = line === undefined ? undefined : Math.max(0, line - 1);
  const selection = at === undefined ? undefined : new Range(at, 0, at, 0);
  await commands.executeCommand('vscode.open', uri, { selection, preview: true });
}

export async function revealFolder(run: Run): Promise<void> {
  const uri = Uri.file(run.folder);
  await commands.executeCommand(env.remoteName ? 'revealInExplorer' : 'revealFileInOS', uri);
}

/** Moves run folders to the trash, where they can be had back from, if there is one; asks before. */
export async function deleteRuns(runs: readonly Run[]): Promise<void> {
  const ended = runs.filter((run) => !isRunning(run.state));
  if (ended.length === 0) return;
  const what = ended.length === 1 ? describe(ended[0]!) : `${ended.length} runs`;
  // Remote machines have no trash.
  const trash = env.remoteName === undefined;
  const agreed = trash
    ? await confirmed(`Delete ${what}?`, IN_TRASH, 'Move to Trash')
    : await confirmed(`Delete ${what} for good?`, FOR_GOOD, 'Delete');
  if (!agreed) return;
  for (const run of ended) {
    const uri = Uri.file(run.folder);
    if (!trash) await deleteForGood(uri);
    else if (!(await moveToTrash(uri))) {
      if (await confirmed(`Delete ${describe(run)} for good?`, FOR_GOOD, 'Delete')) await deleteForGood(uri);
    }
  }
}

const IN_TRASH = 'The folder goes to the trash.';
const FOR_GOOD = 'There is no trash here, so this cannot be undone.';

async function moveToTrash(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.delete(uri, { recursive: true, useTrash: true });
    return true;
  } catch {
    return false; // Some disks have no trash: the person is asked once more.
  }
}

async function deleteForGood(uri: Uri): Promise<void> {
  try {
    await workspace.fs.delete(uri, { recursive: true });
  } catch (error) {
    void window.showErrorMessage(`The run was not deleted: ${(error as Error).message}`);
  }
}

async function confirmed(question: string, detail: string, yes: string): Promise<boolean> {
  return (await window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}

function describe({ state: { record } }: Run): string {
  return `the run of ${record.model.name} (${agoText(record.created)})`;
}
