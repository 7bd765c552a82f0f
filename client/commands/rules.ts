import { commands, Position, Range, Selection, Uri, window } from 'vscode';

/** Shows the page of a rule: rendered, or as text where no Markdown preview is installed. */
export async function showRule(extensionUri: Uri, rule: unknown): Promise<void> {
  if (typeof rule !== 'string' || !/^[\w-]+$/.test(rule)) return;
  const page = Uri.joinPath(extensionUri, 'docs', 'rules', `${rule}.md`);
  try {
    await commands.executeCommand('markdown.showPreview', page);
  } catch {
    await window.showTextDocument(page);
  }
}

/** Puts the cursor at a place of a file that was just edited. */
export async function placeCursor(uri: unknown, line: unknown, character: unknown): Promise<void> {
  if (typeof uri !== 'string' || typeof line !== 'number' || typeof character !== 'number') return;
  const editor = await window.showTextDocument(Uri.parse(uri));
  const place = new Position(line, character);
  editor.selection = new Selection(place, place);
  editor.revealRange(new Range(place, place));
}
