import assert from 'node:assert/strict';
import type { TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver';
import { apply, type Client, connect, said } from './client';
import { ExampleFolder } from './folder';

/** Where the cursor is, the new name, and in which files how many places change. */
const cases: [what: string, file: string, words: string, name: string, changes: Record<string, number>][] = [
  [
    'a brick',
    'text-encoder',
    'name: text-enc',
    'word-encoder',
    { 'text-encoder': 1, 'product-sentiment': 1, 'restaurant-sentiment': 1 },
  ],
  [
    'a dataset',
    'product-reviews',
    'name: product',
    'shop-reviews',
    { 'product-reviews': 1, 'product-sentiment': 1 },
  ],
  [
    'a param, with `$`, tests and other files',
    'text-encoder',
    '  voc',
    'words',
    { 'text-encoder': 3, 'product-sentiment': 1, 'restaurant-sentiment': 1 },
  ],
  ['a param that is a size', 'text-encoder', '  hidden', 'width', { 'text-encoder': 4 }],
  ['a size', 'text-encoder', 'int32[batch, s', 'length', { 'text-encoder': 1 }],
  ['an input', 'text-encoder', '  tok', 'ids', { 'text-encoder': 4 }],
  [
    'an output and the node that makes it',
    'text-encoder',
    '  feat',
    'summary',
    { 'text-encoder': 3, 'product-sentiment': 1, 'restaurant-sentiment': 1 },
  ],
  ['a node', 'text-encoder', '  wind', 'convolved', { 'text-encoder': 3 }],
  [
    'an extension point',
    'text-encoder',
    '  before_',
    'inside',
    { 'text-encoder': 1, 'restaurant-sentiment': 1 },
  ],
  ['a part, with what is plugged in', 'plugged', '  enc', 'reader', { plugged: 3 }],
  ['a dataset’s alias', 'product-sentiment', '{ rev', 'rows', { 'product-sentiment': 3 }],
  [
    'a column, with splits',
    'product-reviews',
    '  cla',
    'label',
    { 'product-reviews': 2, 'product-sentiment': 1 },
  ],
  ['a task, with what is measured of it', 'product-sentiment', '  senti', 'mood', { 'product-sentiment': 3 }],
];

describe('renaming in the language server', () => {
  let folder: ExampleFolder;
  let client: Client;

  beforeEach(async () => {
    folder = new ExampleFolder('reviews');
    // As it would take its weights from runs, which hold names too.
    const restaurants = folder
      .read('restaurant-sentiment')
      .replaceAll('weights: pretrained', 'weights: run:product-sentiment');
    folder.write('restaurant-sentiment', restaurants);
    folder.write(
      'plugged',
      restaurants
        .replace('name: restaurant-sentiment', 'name: plugged')
        .replaceAll(/ *weights: run:.*\n/g, '')
        .replaceAll(/ *train: frozen\n/g, ''),
    );
    folder.write(
      'longer',
      'kind: model\nname: longer\nversion: 0.1.0\nextends: product-sentiment@^0.1.0\nparts:\n  head: { params: { dropout: 0.5 } }\ntasks:\n  again: { output: head.logits, target: reviews.class, loss: cross_entropy }\n',
    );
    client = connect();
    await client.start([folder.path]);
  });

  afterEach(async () => {
    await client.stop();
    folder.remove();
  });

  const findings = async () => {
    const report = await client.request<{ items: { uri: string; items: { message: string }[] }[] }>(
      'workspace/diagnostic',
      { previousResultIds: [] },
    );
    const found = report.items.flatMap(({ items }) => items as Parameters<typeof said>[0][]);
    // Of film-sentiment, whose encoder nobody has published.
    return found.map(said).filter((text) => !text.includes('is not published yet'));
  };

  for (const [what, file, words, newName, changes] of cases) {
    it(`renames ${what}`, async () => {
      const uri = folder.uri(file);
      await client.open(uri, folder.read(file));
      const before = await findings();
      const at = client.after(uri, words);
      const found = await client.request<{ placeholder: string }>('textDocument/prepareRename', at);
      assert.notEqual(found.placeholder, newName);
      const edit = await client.request<WorkspaceEdit>('textDocument/rename', { ...at, newName });
      const edits = edit.documentChanges as TextDocumentEdit[];
      const counts = edits.map(({ textDocument, edits: list }): [string, number] => [
        textDocument.uri.split('/').at(-1)!.replace('.brique.yaml', ''),
        list.length,
      ]);
      for (const [name, count] of Object.entries(changes))
        assert.equal(new Map(counts).get(name), count, JSON.stringify(counts));
      for (const { textDocument, edits: list } of edits) {
        const name = textDocument.uri.split('/').at(-1)!.replace('.brique.yaml', '');
        const text = apply(folder.read(name), list as Parameters<typeof apply>[1]);
        if (textDocument.uri === uri) await client.type(uri, client.text(uri), text);
        else await client.open(textDocument.uri, text);
      }
      assert.deepEqual(await findings(), before, 'nothing is broken');
    });
  }

  it('says why a name cannot be', async () => {
    const uri = folder.uri('product-sentiment');
    await client.open(uri, folder.read('product-sentiment'));
    const encoder = folder.uri('text-encoder');
    await client.open(encoder, folder.read('text-encoder'));
    const refused = (at: object, newName: string, why: RegExp) =>
      assert.rejects(client.request('textDocument/rename', { ...at, newName }), why);
    await refused(client.after(uri, '  hea'), 'words', /given twice/);
    await refused(client.after(uri, '  hea'), 'a b', /cannot be a name/);
    await refused(client.after(uri, 'module: text-enc'), 'Text Encoder', /cannot be a name/);
    await refused(client.after(uri, 'loss: cross'), 'other', /built in/);
    // A composition that extends this one has a task of that name.
    await refused(client.after(uri, '  senti'), 'again', /taken|cannot be its name/);
    // A size that takes a param's name would become that param.
    await refused(client.after(encoder, 'int32[batch, s'), 'hidden', /taken|cannot be its name/);
    await refused(
      client.after(uri, '  enc'),
      'reader',
      /`restaurant-sentiment` takes the weights of `encoder`/,
    );
    await refused(client.after(uri, 'name: product'), 'other', /takes weights from them/);
    await assert.rejects(
      client.request('textDocument/prepareRename', client.after(uri, 'summary: Whe')),
      /nothing here/,
    );
  });
});
