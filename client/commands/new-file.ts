import { commands, window, workspace } from 'vscode';

const KINDS = [
  { label: 'Model', description: 'parts put together, what to learn and how to train' },
  { label: 'Module', description: 'a brick: typed ports and a graph of ops' },
  { label: 'Dataset', description: 'files, columns and splits' },
];

/** Opens a new file of a kind that a person chooses, filled in by its snippet. */
export async function newFile(): Promise<void> {
  const kind = await window.showQuickPick(KINDS, { title: 'New Brique File' });
  if (!kind) return;
  const document = await workspace.openTextDocument({ language: 'brique' });
  await window.showTextDocument(document);
  await commands.executeCommand('editor.action.insertSnippet', { langId: 'brique', name: kind.label });
}
