import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type {
  CodeAction,
  CodeLens,
  CompletionList,
  DocumentSymbol,
  Hover,
  Location,
  MarkupContent,
  Range,
} from 'vscode-languageserver';
import { type Client, connect, covered, placeIn, said } from './client';
import { ExampleFolder } from './folder';

describe('the language server', () => {
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

  it('finds nothing wrong with the examples', async () => {
    const report = await client.request<{ items: { uri: string; items: { code: string }[] }[] }>(
      'workspace/diagnostic',
      {
        previousResultIds: [],
      },
    );
    assert.ok(report.items.length >= 4);
    for (const { uri, items } of report.items) {
      // Weights are there once the encoder is published.
      const wrong = items.filter(({ code }) => code !== 'weights-missing');
      assert.deepEqual(wrong, [], uri);
    }
  });

  it('reports a planted shape error while it is typed, and its end', async () => {
    await client.type(model, 'classes: 2', 'classes: 3');
    const { items } = await client.pull(model);
    assert.ok(items.some(({ code, source }) => source === 'brique' && typeof code === 'string'));
    await client.type(model, 'classes: 3', 'classes: 2');
    assert.deepEqual((await client.pull(model)).items, []);
  });

  it('says exactly where', async () => {
    await client.type(model, 'in: words.tokens', 'in: words.tokns');
    const { items } = await client.pull(model);
    const finding = items.find(({ code }) => code === 'unresolved-port')!;
    assert.equal(covered(client.text(model), finding.range), 'tokns');
    assert.equal(finding.severity, 1);
  });

  it('says `unchanged` when it is asked again', async () => {
    const first = await client.pull(model);
    assert.equal(first.kind, 'full');
    assert.equal((await client.pull(model, first.resultId)).kind, 'unchanged');
    await client.type(model, '\n  seed:', '\n  sed:');
    const second = await client.pull(model, first.resultId);
    assert.equal(second.kind, 'full');
    assert.equal(second.items.length, 1);
  });

  it('tells what a changed interface breaks in other files', async () => {
    await client.pull(model);
    await client.pull(encoder);
    await client.type(encoder, 'outputs:\n  features:', 'outputs:\n  vector:');
    const { relatedDocuments } = await client.pull(encoder);
    assert.ok(relatedDocuments?.[model]?.items.some((found) => said(found).includes('features')));
  });

  it('forgets a file that is deleted, and asks the editor to ask again', async () => {
    rmSync(fileURLToPath(folder.uri('product-reviews')));
    const changes = [{ uri: folder.uri('product-reviews'), type: 3 }];
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await client.until(() => client.asked.some(({ method }) => method === 'workspace/diagnostic/refresh'));
    const { items } = await client.pull(model);
    assert.ok(items.some((found) => said(found).includes('product-reviews')));
    assert.ok(client.asked.some(({ method }) => method === 'client/registerCapability'));
  });

  it('shows the type of a port on hover', async () => {
    const hover = await client.request<Hover>('textDocument/hover', client.after(model, 'encoder.fea'));
    assert.match((hover.contents as MarkupContent).value, /float32\[/);
    assert.equal(covered(client.text(model), hover.range!), 'features');
  });

  it('explains a key on hover', async () => {
    const hover = await client.request<Hover>('textDocument/hover', client.after(model, '\ntra'));
    assert.match((hover.contents as MarkupContent).value, /train/i);
  });

  it('completes ports, keys, ops and modules', async () => {
    const labels = async (uri: string, words: string, more = 0) => {
      const { items } = await client.request<CompletionList>(
        'textDocument/completion',
        client.after(uri, words, more),
      );
      return items.map(({ label }) => label);
    };
    assert.ok((await labels(model, 'output: head.')).some((label) => label.includes('logits')));
    assert.ok((await labels(model, 'head: { module: ')).some((label) => label.includes('std/classifier')));
    assert.ok((await labels(encoder, 'known: { op: ')).includes('dense'));
    await client.type(model, '\n  seed:', '\n  \n  seed:');
    assert.ok((await labels(model, '\n  \n', -1)).includes('clip_norm'));
  });

  it('completes a half-typed line', async () => {
    await client.type(model, '\n  seed:', '\n  clip\n  seed:');
    const at = client.after(model, '  clip');
    const { items } = await client.request<CompletionList>('textDocument/completion', at);
    const item = items.find(({ label }) => label === 'clip_norm')!;
    assert.ok('range' in item.textEdit!);
    assert.equal(covered(client.text(model), item.textEdit.range), 'clip');
  });

  it('goes from an import to the brick, and from a wire to the part', async () => {
    const [brick] = await client.request<Location[]>(
      'textDocument/definition',
      client.after(model, 'text-enc'),
    );
    assert.equal(brick!.uri, encoder);
    const [part] = await client.request<Location[]>(
      'textDocument/definition',
      client.after(model, 'in: encod'),
    );
    assert.equal(part!.uri, model);
    assert.match(covered(client.text(model), part!.range), /^encoder/);
  });

  it('finds references to a part', async () => {
    const request = { ...client.after(model, '  encod'), context: { includeDeclaration: true } };
    const found = await client.request<Location[]>('textDocument/references', request);
    assert.ok(found.length >= 2);
    const without = { ...request, context: { includeDeclaration: false } };
    assert.equal(
      (await client.request<Location[]>('textDocument/references', without)).length,
      found.length - 1,
    );
  });

  it('highlights what means the same', async () => {
    const found = await client.request<{ range: Range }[]>(
      'textDocument/documentHighlight',
      client.after(model, '  encod'),
    );
    assert.ok(found.length >= 2);
    for (const { range } of found) assert.equal(covered(client.text(model), range), 'encoder');
  });

  it('outlines a file', async () => {
    const symbols = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', {
      textDocument: { uri: model },
    });
    const names = (list: DocumentSymbol[]): string[] =>
      list.flatMap(({ name, children }) => [name, ...names(children ?? [])]);
    for (const name of ['encoder', 'head', 'sentiment']) assert.ok(names(symbols).includes(name), name);
  });

  it('fixes a misspelt key, with the version it is for', async () => {
    await client.type(model, 'epochs:', 'epoch:');
    const { items } = await client.pull(model);
    const params = { textDocument: { uri: model }, range: items[0]!.range, context: { diagnostics: items } };
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', params);
    const action = actions.find(({ title }) => title.includes('epochs'))!;
    assert.equal(action.diagnostics?.[0]?.code, 'unknown-key');
    const [change] = action.edit!.documentChanges!;
    assert.deepEqual('edits' in change! && change.textDocument, { uri: model, version: 2 });
    assert.ok(client.applied(model, action.edit!).includes('epochs:'));
  });

  it('offers the safe fixes at once only when asked', async () => {
    const range = {
      start: { line: 0, character: 0 },
      end: placeIn(client.text(model), client.text(model).length),
    };
    const params = {
      textDocument: { uri: model },
      range,
      context: { diagnostics: [], only: ['source.fixAll'] },
    };
    assert.deepEqual(await client.request<CodeAction[]>('textDocument/codeAction', params), []);
  });

  it('puts ▶ above a composition only', async () => {
    const lensesOf = (uri: string) =>
      client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    const lenses = await lensesOf(model);
    assert.deepEqual(
      lenses.flatMap(({ command }) => (command ? [[command.command, command.arguments]] : [])),
      [
        ['brique.train', [model, 'product-sentiment']],
        ['brique.evaluate', [model, 'product-sentiment']],
      ],
    );
    assert.ok((await lensesOf(encoder)).every(({ command }) => command?.command !== 'brique.train'));
  });

  it('lists the models', async () => {
    const models = await client.request<{ name: string; uri: string }[]>('brique/models');
    assert.ok(models.some(({ name, uri }) => name === 'product-sentiment' && uri === model));
  });
});
