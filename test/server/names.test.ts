import assert from 'node:assert/strict';
import type {
  FoldingRange,
  InlayHint,
  SelectionRange,
  SemanticTokens,
  SymbolInformation,
  TextDocumentEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { type Client, connect, placeIn } from './client';
import { ExampleFolder } from './folder';

describe('names in the language server', () => {
  let folder: ExampleFolder;
  let client: Client;
  let model: string;
  let encoder: string;

  beforeEach(async () => {
    folder = new ExampleFolder('reviews');
    client = connect();
    await client.start([folder.path]);
    model = folder.uri('product-sentiment');
    encoder = folder.uri('text-encoder');
    await client.open(model, folder.read('product-sentiment'));
    await client.open(encoder, folder.read('text-encoder'));
  });

  afterEach(async () => {
    await client.stop();
    folder.remove();
  });

  const placeOf = (uri: string, text: string) =>
    placeIn(client.text(uri), client.text(uri).indexOf(text) + 1);
  const at = (uri: string, text: string) => ({
    textDocument: { uri },
    position: placeOf(uri, text),
  });

  /** How many edits each file gets. */
  function shape(edit: WorkspaceEdit): Map<string, number> {
    const changes = (edit.documentChanges ?? []) as TextDocumentEdit[];
    const listed = changes.map(({ textDocument, edits }): [string, number] => [
      textDocument.uri,
      edits.length,
    ]);
    return new Map(
      listed.length > 0
        ? listed
        : Object.entries(edit.changes ?? {}).map(([uri, edits]) => [uri, edits.length]),
    );
  }

  it('renames a port in its brick and in every composition', async () => {
    const edit = await client.request<WorkspaceEdit>('textDocument/rename', {
      ...at(encoder, 'features: float32'),
      newName: 'summary',
    });
    const files = shape(edit);
    assert.ok(files.get(encoder)! >= 2, 'the port and the node that makes it');
    assert.ok(files.get(model)! >= 1, 'the wire in the composition');
  });

  it('renames a part with its wires', async () => {
    const edit = await client.request<WorkspaceEdit>('textDocument/rename', {
      ...at(model, 'head: {'),
      newName: 'reader',
    });
    assert.deepEqual([...shape(edit)], [[model, 2]]);
  });

  it('refuses a name that is taken, and to rename the library', async () => {
    await assert.rejects(
      client.request('textDocument/rename', { ...at(model, 'head: {'), newName: 'words' }),
      /given twice/,
    );
    await assert.rejects(
      client.request('textDocument/prepareRename', at(model, 'std/classifier')),
      /standard library/,
    );
    await assert.rejects(client.request('textDocument/prepareRename', at(encoder, 'conv1d')), /built in/);
  });

  it('shows types and versions between the lines', async () => {
    const end = { line: client.text(model).split('\n').length, character: 0 };
    const hints = await client.request<InlayHint[]>('textDocument/inlayHint', {
      textDocument: { uri: model },
      range: { start: { line: 0, character: 0 }, end },
    });
    const labels = hints.map(({ label }) => String(label).trim());
    assert.ok(labels.includes('float32[batch, 2]'), labels.join('; '));
    assert.ok(
      labels.some((label) => /^= \d+\.\d+\.\d+$/.test(label)),
      labels.join('; '),
    );
  });

  it('colours names by what they mean', async () => {
    const { data } = await client.request<SemanticTokens>('textDocument/semanticTokens/full', {
      textDocument: { uri: encoder },
    });
    assert.ok(data.length > 50 && data.length % 5 === 0);
    for (let i = 0; i < data.length; i += 5)
      assert.ok(data[i]! >= 0 && data[i + 2]! > 0, 'in order and not empty');
  });

  it('folds sections and widens a selection', async () => {
    const folds = await client.request<FoldingRange[]>('textDocument/foldingRange', {
      textDocument: { uri: encoder },
    });
    const graph = client.text(encoder).split('\n').indexOf('graph:');
    assert.ok(folds.some((fold) => fold.startLine === graph && fold.endLine > graph));
    const [first] = await client.request<SelectionRange[]>('textDocument/selectionRange', {
      textDocument: { uri: encoder },
      positions: [placeOf(encoder, 'op: embedding')],
    });
    let depth = 0;
    for (let range = first; range; range = range.parent as SelectionRange) depth += 1;
    assert.ok(depth >= 4, `${depth} ranges`);
  });

  it('finds bricks by name in the whole workspace', async () => {
    const found = await client.request<SymbolInformation[]>('workspace/symbol', { query: 'encoder' });
    assert.ok(found.some(({ name, location }) => name === 'text-encoder' && location.uri === encoder));
    assert.ok(found.some(({ name }) => name.startsWith('std/')));
  });
});
