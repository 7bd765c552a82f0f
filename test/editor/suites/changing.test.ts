/** What a person does who changes a composition: completes, fixes, renames, sets rules. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { control } from '../host/control';
import { brique, file, findings, openExample, placeOf, replace, root, useTheme, when } from './support';

const MODEL = 'product-sentiment.brique.yaml';
const BRICK = 'text-encoder.brique.yaml';
const SUGGESTED = '.suggest-widget .monaco-list-row';

async function suggestAt(
  editor: vscode.TextEditor,
  text: string,
  offset: number,
  first: string,
): Promise<string[]> {
  const at = placeOf(editor.document, text, offset);
  editor.selection = new vscode.Selection(at, at);
  await vscode.commands.executeCommand('editor.action.triggerSuggest');
  await control('waitFor', { selector: `${SUGGESTED}:has-text("${first}")` });
  return control('texts', { selector: SUGGESTED });
}

describe('changing files in the editor', function () {
  this.timeout(40_000);
  const originals: [vscode.Uri, string][] = [];

  before(async () => {
    await brique();
    await useTheme('dark');
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    for (const uri of await vscode.workspace.findFiles('*.brique.yaml'))
      originals.push([uri, (await vscode.workspace.openTextDocument(uri)).getText()]);
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('hideSuggestWidget');
    const back = new vscode.WorkspaceEdit();
    for (const [uri, text] of originals) {
      const document = await vscode.workspace.openTextDocument(uri);
      if (document.getText() !== text) back.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    }
    await vscode.workspace.applyEdit(back);
    await vscode.workspace.saveAll(false);
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('offers the ports that fit first, and says of the others why they do not', async () => {
    const editor = await openExample(MODEL);
    await replace(editor, 'in: encoder.features', 'in: ');
    const rows = await suggestAt(editor, 'in: ,', 4, 'encoder.features');
    assert.match(rows[0]!, /^encoder\.features/);
    await control('screenshot', { name: 'completion-ports' });
    await vscode.commands.executeCommand('acceptSelectedSuggestion');
    await when(
      vscode.workspace.onDidChangeTextDocument,
      () => editor.document.getText().includes('in: encoder.features,'),
      'the port is written',
    );
    await findings(editor.document.uri, (found) => found.length === 0, 'nothing is wrong');
  });

  it('writes a brick with its version, its wires and what it requires', async () => {
    const editor = await openExample(MODEL);
    await replace(editor, / {2}head: .*\n/, '  head: { module: std/class }\n');
    await suggestAt(editor, 'std/class', 'std/class'.length, 'std/classifier');
    await control('screenshot', { name: 'completion-bricks' });
    await vscode.commands.executeCommand('acceptSelectedSuggestion');
    await when(
      vscode.workspace.onDidChangeTextDocument,
      () =>
        / head: \{ module: std\/classifier@\^1.*encoder\.features.*classes/.test(editor.document.getText()),
      'the brick is written',
    );
  });

  it('fixes everything that is safe to fix at once', async () => {
    const editor = await openExample(MODEL);
    await replace(editor, 'version: 0.1.0', 'version: 0.10');
    await replace(editor, 'epochs: 25', 'epochs: 25 # brique-ignore unknown-key: it was misspelt once');
    await findings(editor.document.uri, (found) => found.length >= 2, 'two findings');
    await vscode.commands.executeCommand('editor.action.fixAll');
    await findings(editor.document.uri, (found) => found.length === 0, 'nothing is left');
    assert.match(editor.document.getText(), /version: 0\.10\.0\n[\s\S]*epochs: 25\n/);
  });

  it('shows what can be done about a finding', async () => {
    const editor = await openExample(BRICK);
    await replace(editor, 'op: dropout', 'op: dropuot');
    const [error] = await findings(editor.document.uri, (found) => found.length > 0, 'the unknown op');
    editor.selection = new vscode.Selection(error!.range.start, error!.range.start);
    await vscode.commands.executeCommand('editor.action.quickFix');
    await control('waitFor', { selector: '.action-widget .monaco-list-row:has-text("dropout")' });
    await control('screenshot', { name: 'quick-fix' });
    await control('press', { key: 'Enter' });
    await findings(editor.document.uri, (found) => found.length === 0, 'it is fixed');
  });

  it('renames a brick in every file', async () => {
    const editor = await openExample(BRICK);
    const at = placeOf(editor.document, 'name: text-encoder', 8);
    editor.selection = new vscode.Selection(at, at);
    const renamed = vscode.commands.executeCommand('editor.action.rename');
    await control('waitFor', { selector: '.rename-box input:focus' });
    await control('press', { key: 'Control+A' });
    await control('type', { text: 'word-reader' });
    await control('screenshot', { name: 'rename' });
    await control('press', { key: 'Enter' });
    await renamed;
    const users = ['restaurant-sentiment.brique.yaml', 'film-sentiment.brique.yaml'];
    for (const name of [BRICK, MODEL, ...users]) {
      const document = await vscode.workspace.openTextDocument(file(name));
      await when(
        vscode.workspace.onDidChangeTextDocument,
        () => /word-reader/.test(document.getText()) && !/text-encoder/.test(document.getText()),
        `${name} says the new name`,
      );
      // Users are told that nobody has published it.
      const isRight = ({ severity }: vscode.Diagnostic) => severity === vscode.DiagnosticSeverity.Information;
      await findings(document.uri, (found) => found.every(isRight), `nothing is wrong with ${name}`);
    }
  });

  it('weighs rules as the settings of the folder say', async () => {
    const editor = await openExample(MODEL);
    await replace(editor, 'epochs: 25', 'epocs: 25');
    const { uri } = editor.document;
    const is = (severity: vscode.DiagnosticSeverity) => (found: vscode.Diagnostic[]) =>
      found.some((finding) => finding.severity === severity && /epocs/.test(finding.message));
    await findings(uri, is(vscode.DiagnosticSeverity.Error), 'an error');
    const settings = vscode.workspace.getConfiguration('brique', root());
    const target = vscode.ConfigurationTarget.WorkspaceFolder;
    await settings.update('rules', { 'unknown-key': 'information' }, target);
    try {
      await findings(uri, is(vscode.DiagnosticSeverity.Information), 'no more than a remark');
    } finally {
      await settings.update('rules', undefined, target);
    }
    await findings(uri, is(vscode.DiagnosticSeverity.Error), 'an error again');
  });
});
