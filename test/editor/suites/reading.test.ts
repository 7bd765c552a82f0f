/** What a person sees who reads a composition: hovers, hints, lenses, calls and links. */
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { control } from '../host/control';
import {
  brique,
  file,
  findings,
  openExample,
  placeOf,
  replace,
  revert,
  root,
  useTheme,
  when,
} from './support';

const MODEL = 'product-sentiment.brique.yaml';
const BRICK = 'text-encoder.brique.yaml';
const ENCODER = 'encoder: { module';

async function putCursor(editor: vscode.TextEditor, text: string, offset = 0): Promise<vscode.Position> {
  const at = placeOf(editor.document, text, offset);
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  return at;
}

async function hoverAt(
  editor: vscode.TextEditor,
  text: string,
  offset: number,
  shows: string,
): Promise<string> {
  await putCursor(editor, text, offset);
  await vscode.commands.executeCommand('editor.action.showHover');
  await control('waitFor', { selector: `.monaco-hover:has-text("${shows}")` });
  const all = await control('texts', { selector: '.monaco-hover' });
  return all.find((shown) => shown.includes(shows))!;
}

const hideHover = () => vscode.commands.executeCommand('editor.action.hideHover');

describe('reading in the editor', function () {
  this.timeout(40_000);

  before(async () => {
    await brique();
    await useTheme('dark');
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
  });
  afterEach(async () => {
    await hideHover();
    await vscode.commands.executeCommand('workbench.action.closePanel');
    await revert();
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('tells a type, where its sizes come from, and what a part costs', async () => {
    const editor = await openExample(MODEL);
    const wire = await hoverAt(editor, 'in: encoder.features', 8, 'float32[batch, 64]');
    assert.match(wire, /hidden = 64/);
    assert.match(wire, /text-encoder\.brique\.yaml, line \d+/);
    await control('screenshot', { name: 'hover-wire' });
    await hideHover();
    const part = await hoverAt(editor, ENCODER, 2, 'parameters');
    assert.match(part, /140,352/);
    await control('screenshot', { name: 'hover-part' });
    await hideHover();
    const model = await hoverAt(editor, 'name: product', 8, 'holds about');
    assert.match(model, /FLOPs per example/);
    assert.match(model, /optimizer \(adam\)/);
    await control('screenshot', { name: 'hover-model' });
  });

  it('shows types, versions and counts between the words, unless they are switched off', async () => {
    const { document } = await openExample(MODEL);
    const hints = () =>
      vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        document.uri,
        new vscode.Range(0, 0, document.lineCount, 0),
      );
    const labels = (await hints()).map(({ label }) => String(label));
    assert.ok(
      labels.some((label) => /float32\[batch, 64\]/.test(label)),
      labels.join(' | '),
    );
    assert.ok(
      labels.some((label) => /1\.0\.0/.test(label)),
      labels.join(' | '),
    );
    assert.ok(
      labels.some((label) => /param|140/.test(label)),
      labels.join(' | '),
    );
    const settings = vscode.workspace.getConfiguration('brique', root());
    await settings.update('hints.types', false, vscode.ConfigurationTarget.WorkspaceFolder);
    try {
      assert.ok((await hints()).every(({ label }) => !/float32/.test(String(label))));
    } finally {
      await settings.update('hints.types', undefined, vscode.ConfigurationTarget.WorkspaceFolder);
    }
    await control('screenshot', { name: 'hints' });
  });

  it('lists problems with where they come from, and opens the page of a rule', async () => {
    const editor = await openExample(MODEL);
    await replace(editor, 'in: encoder.features', 'in: words.tokens');
    const found = await findings(editor.document.uri, (all) => all.length > 0, 'the finding');
    const [error] = found.filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
    assert.ok(error?.relatedInformation?.length, JSON.stringify(found));
    await vscode.commands.executeCommand('workbench.actions.view.problems');
    await control('waitFor', { selector: '.markers-panel .monaco-list-row:has-text("does not fit")' });
    await control('screenshot', { name: 'problems' });
    await control('click', { selector: '.markers-panel a:has-text("dtype-mismatch")' });
    await control('waitFor', { frame: 'dtype-mismatch', selector: 'h1', timeout: 30_000 });
    await control('screenshot', { name: 'rule-page' });
  });

  it('counts who uses a brick, and peeks at them', async () => {
    await openExample(BRICK);
    await control('waitFor', { selector: '.codelens-decoration a:has-text("used by 3")' });
    await control('click', { selector: '.codelens-decoration a:has-text("used by 3")' });
    await control('waitFor', { selector: '.peekview-widget .monaco-list-row:has-text("product-sentiment")' });
    await control('screenshot', { name: 'used-by' });
    await vscode.commands.executeCommand('closeReferenceSearch');
  });

  it('shows users and what is used as calls', async () => {
    const editor = await openExample(BRICK);
    await putCursor(editor, 'name: text-encoder', 8);
    await vscode.commands.executeCommand('references-view.showCallHierarchy');
    const row = (name: string) => `.monaco-list-row:has-text("${name}")`;
    await control('waitFor', { selector: row('product-sentiment') });
    await control('waitFor', { selector: row('restaurant-sentiment') });
    await control('screenshot', { name: 'calls' });
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
  });

  it('helps with params while they are written', async () => {
    const editor = await openExample(MODEL);
    await putCursor(editor, 'params: { vocab: 2000, length', 'params: { vocab: 20'.length);
    await vscode.commands.executeCommand('editor.action.triggerParameterHints');
    await control('waitFor', { selector: '.parameter-hints-widget:has-text("vocab")' });
    await control('screenshot', { name: 'signature' });
    await vscode.commands.executeCommand('closeParameterHints');
  });

  it('links names to their files', async () => {
    const { document } = await openExample(MODEL);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
    );
    const target = (text: string) =>
      links.find(({ range }) => document.getText(range).includes(text))?.target?.toString();
    assert.equal(target('text-encoder'), file(BRICK).toString());
    assert.match(target('std/classifier') ?? '', /modules\/classifier\.brique\.yaml$/);
  });

  it('lays a file out when it is saved, and leaves comments alone', async () => {
    const editor = await openExample(BRICK);
    const before = editor.document.getText();
    await replace(editor, 'license: MIT', '# why it may be used\nlicense:    MIT   # said so');
    await replace(editor, 'vocab: { type: int, default', 'vocab: {type: int,   default');
    try {
      await vscode.commands.executeCommand('workbench.action.files.save');
      const after = editor.document.getText();
      assert.match(after, /^# why it may be used\nlicense: MIT {1,3}# said so$/m);
      assert.match(after, /vocab: \{ type: int, default/);
    } finally {
      await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, editor.document.lineCount, 0), before));
      await editor.document.save();
    }
    assert.equal(editor.document.getText(), before);
  });

  it('stays itself where people say that YAML is something else', async () => {
    const files = vscode.workspace.getConfiguration('files');
    await files.update('associations', { '*.yaml': 'plaintext' }, vscode.ConfigurationTarget.Global);
    try {
      const extra = file('associated.brique.yaml');
      await vscode.workspace.fs.writeFile(extra, new TextEncoder().encode('kind: module\n'));
      const document = await vscode.workspace.openTextDocument(extra);
      assert.equal(document.languageId, 'brique');
      await vscode.workspace.fs.delete(extra);
      await when(
        vscode.languages.onDidChangeDiagnostics,
        () => vscode.languages.getDiagnostics(extra).length === 0,
        'what was said of it is gone',
      );
    } finally {
      await files.update('associations', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
