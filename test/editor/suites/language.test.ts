import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { control } from '../host/control';
import { brique, file, findings, openExample, placeOf, replace, revert, root, useTheme } from './support';

describe('the language in the editor', () => {
  afterEach(revert);

  it('starts fast and knows the models', async () => {
    const { activationMs, language } = await brique();
    console.log(`      activated in ${activationMs.toFixed(0)} ms`);
    assert.ok(activationMs < 100, `${activationMs} ms`);
    const models = await language.request<{ name: string }[]>('brique/models');
    assert.ok(models?.some((model) => model.name === 'product-sentiment'));
  });

  it('finds nothing wrong with the example', async () => {
    const { document } = await openExample('product-sentiment.brique.yaml');
    assert.equal(document.languageId, 'brique');
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    assert.deepEqual(
      // How many use it is counted when the lens is seen.
      lenses.flatMap((lens) => lens.command?.command ?? []),
      ['brique.train', 'brique.evaluate'],
    );
    await findings(document.uri, (found) => found.length === 0, 'no findings');
    assert.equal(root().name, 'reviews');
  });

  it('shows a shape error while it is typed, and no longer than it is there', async () => {
    const editor = await openExample('text-encoder.brique.yaml');
    const { uri } = editor.document;
    const right = 'features: float32[batch, hidden]';
    await useTheme('dark');
    await findings(uri, (found) => found.length === 0, 'no findings at first');
    await replace(editor, right, 'features: float32[batch, seq, hidden]');
    const [error] = await findings(uri, (found) => found.length > 0, 'the shape error');
    assert.equal(error!.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(error!.source, 'brique');
    console.log(`      ${JSON.stringify(error!.code)} ${error!.message}`);
    editor.selection = new vscode.Selection(error!.range.start, error!.range.start);
    await vscode.commands.executeCommand('editor.action.showHover');
    await control('waitFor', { selector: '.monaco-hover:has-text("hidden")' });
    await control('screenshot', { name: 'shape-error' });
    await vscode.commands.executeCommand('editor.action.hideHover');
    await replace(editor, 'features: float32[batch, seq, hidden]', right);
    await findings(uri, (found) => found.length === 0, 'the error is gone');
  });

  it('applies a quick fix', async () => {
    const editor = await openExample('text-encoder.brique.yaml');
    const { uri } = editor.document;
    await replace(editor, 'op: dropout', 'op: dropuot');
    const [error] = await findings(uri, (found) => found.length > 0, 'the unknown op');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      error!.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find((action) => action.edit);
    assert.ok(fix?.edit, `a fix among ${actions.map((action) => action.title).join(', ')}`);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.match(editor.document.getText(), /op: dropout/);
    await findings(uri, (found) => found.length === 0, 'nothing is wrong after the fix');
  });

  it('goes on after its server was restarted', async () => {
    const editor = await openExample('text-encoder.brique.yaml');
    const { uri } = editor.document;
    await vscode.commands.executeCommand('brique.restartServer');
    await replace(editor, 'op: dropout', 'op: dropuot');
    await findings(uri, (found) => found.length > 0, 'the unknown op');
  });

  it('completes, explains and leads to definitions', async () => {
    const editor = await openExample('product-sentiment.brique.yaml');
    const { document } = editor;
    const at = placeOf(document, 'encoder.features', 'encoder.'.length);
    const completions = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      at,
    );
    const labels = completions.items.map((item) =>
      typeof item.label === 'string' ? item.label : item.label.label,
    );
    assert.ok(labels.includes('encoder.features'), labels.join(', '));

    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      at.translate(0, 2),
    );
    const text = hover!.contents.map((part) => (typeof part === 'string' ? part : part.value)).join('\n');
    assert.match(text, /float32\[/);

    const targets = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      placeOf(document, 'text-encoder@', 2),
    );
    const uris = targets.map((target) => ('targetUri' in target ? target.targetUri : target.uri).path);
    assert.ok(uris.includes(file('text-encoder.brique.yaml').path), uris.join(', '));
  });

  it('colours types, ops, versions and wires', async () => {
    const scopesAt = async (name: string, text: string, offset = 0) => {
      const editor = await openExample(name);
      const at = placeOf(editor.document, text, offset);
      editor.selection = new vscode.Selection(at, at);
      await vscode.commands.executeCommand('editor.action.inspectTMScopes');
      await control('waitFor', { selector: '.token-inspect-widget .tiw-metadata-table' });
      const [shown] = await control('texts', { selector: '.token-inspect-widget' });
      await vscode.commands.executeCommand('editor.action.inspectTMScopes');
      await control('waitFor', { selector: '.token-inspect-widget', state: 'hidden' });
      return shown!;
    };
    const brick = 'text-encoder.brique.yaml';
    assert.match(await scopesAt(brick, 'module'), /keyword\.control\.kind\.brique/);
    assert.match(await scopesAt(brick, 'int32[', 1), /storage\.type\.brique/);
    assert.match(await scopesAt(brick, 'hidden]', 1), /variable\.parameter\.dimension\.brique/);
    assert.match(await scopesAt(brick, 'embedding, in', 1), /support\.function\.operation\.brique/);
    assert.match(await scopesAt(brick, '$vocab', 2), /variable\.other\.param\.brique/);
    const model = 'product-sentiment.brique.yaml';
    assert.match(await scopesAt(model, 'text-encoder@', 2), /entity\.name\.type\.module\.brique/);
    assert.match(await scopesAt(model, '@^1, in: words', 2), /constant\.numeric\.version\.brique/);
    assert.match(await scopesAt(model, 'encoder.features', 2), /variable\.other\.object\.brique/);
  });
});
