import assert from 'node:assert/strict';
import type { CodeAction, CreateFile, TextDocumentEdit } from 'vscode-languageserver';
import { type Client, connect, placeIn, pulls, said } from './client';
import { ExampleFolder } from './folder';

describe('refactoring in the language server', () => {
  let folder: ExampleFolder;
  let client: Client;
  let model: string;
  let encoder: string;

  beforeEach(async () => {
    folder = new ExampleFolder('reviews');
    client = connect();
    const workspace = {
      ...pulls.workspace,
      workspaceEdit: { documentChanges: true, resourceOperations: ['create' as const] },
    };
    await client.start([folder.path], { ...pulls, workspace });
    model = folder.uri('product-sentiment');
    encoder = folder.uri('text-encoder');
    await client.open(model, folder.read('product-sentiment'));
    await client.open(encoder, folder.read('text-encoder'));
  });

  afterEach(async () => {
    await client.stop();
    folder.remove();
  });

  const actions = (uri: string, from: string, to = from, only = 'refactor') => {
    const text = client.text(uri);
    const range = {
      start: placeIn(text, text.indexOf(from) + 1),
      end: placeIn(text, text.indexOf(to) + (to === from ? 1 : to.length)),
    };
    return client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics: [], only: [only] },
    });
  };
  const errors = async (uri: string) =>
    (await client.pull(uri)).items.filter(({ severity }) => severity === 1);

  it('writes a map on several lines, and back', async () => {
    const [split] = await actions(model, 'head: {');
    assert.equal(split!.title, 'Write on several lines');
    const block = client.applied(model, split!.edit!);
    assert.ok(
      block.includes(
        '  head:\n    module: std/classifier@^1\n    in: encoder.features\n    params: { classes: 2 }\n',
      ),
      block,
    );
    const before = client.text(model);
    await client.type(model, before, block);
    const [join] = await actions(model, 'head:');
    assert.equal(join!.title, 'Write on one line');
    assert.equal(client.applied(model, join!.edit!), before);
  });

  it('quotes types that come to stand between brackets', async () => {
    const [join] = await actions(encoder, 'inputs:');
    assert.ok(client.applied(encoder, join!.edit!).includes("inputs: { tokens: 'int32[batch, seq]' }"));
  });

  it('leaves comments where they are', async () => {
    await client.type(model, 'epochs: 25', 'epochs: 25 # enough');
    assert.deepEqual(await actions(model, 'train:'), []);
  });

  it('makes selected nodes a brick of their own', async () => {
    const found = await actions(encoder, '  embedded:', 'activation: relu }', 'refactor.extract');
    assert.deepEqual(
      found.map(({ title }) => title),
      // `before_pool` is at `windows`, which must stay where it is.
      [],
    );
    const [extract] = await actions(encoder, '  embedded:', 'rate: $dropout }', 'refactor.extract');
    assert.equal(extract!.title, 'Make these 2 nodes a brick');
    const [create, content, change] = extract!.edit!.documentChanges as [
      CreateFile,
      TextDocumentEdit,
      TextDocumentEdit,
    ];
    assert.equal(create.uri, folder.uri('thinned-block'));
    assert.equal(change.textDocument.uri, encoder);
    await client.open(
      create.uri,
      content.edits.map((edit) => ('newText' in edit ? edit.newText : '')).join(''),
    );
    const before = client.text(encoder);
    await client.type(encoder, before, client.applied(encoder, extract!.edit!));
    assert.match(
      client.text(encoder),
      /\n {2}thinned: \{ module: thinned-block@\^0\.1\.0, in: tokens, params: \{ vocab: \$vocab, dim: \$dim, dropout: \$dropout \} \}\n/,
    );
    assert.deepEqual((await errors(encoder)).map(said), []);
    assert.deepEqual((await errors(create.uri)).map(said), []);
    assert.deepEqual((await errors(model)).map(said), []);
    assert.match(client.text(create.uri), /outputs:\n {2}thinned: float32\[batch, seq, dim\]\n/);
  });

  it('puts a default in place of a param that nobody sets', async () => {
    const [inline] = await actions(encoder, 'dropout: { type', undefined, 'refactor.inline');
    const text = client.applied(encoder, inline!.edit!);
    assert.ok(text.includes('rate: 0.3') && !text.includes('  dropout: {'), text);
    assert.deepEqual(await actions(encoder, 'vocab: { type', undefined, 'refactor.inline'), []);
    // A size in a port too.
    await client.type(encoder, ', hidden: 16 }', ' }');
    await client.type(encoder, 'features: float32[4, 16]', 'features: float32[4, 64]');
    const [size] = await actions(encoder, 'hidden: { type', undefined, 'refactor.inline');
    assert.match(client.applied(encoder, size!.edit!), /outputs:\n {2}features: float32\[batch, 64\]\n/);
  });
});
