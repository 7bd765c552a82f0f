import assert from 'node:assert/strict';
import type { TextEdit } from 'vscode-languageserver';
import { apply, type Client, connect } from './client';
import { ExampleFolder } from './folder';

describe('formatting in the language server', () => {
  let folder: ExampleFolder;
  let client: Client;

  beforeEach(async () => {
    folder = new ExampleFolder('reviews');
    client = connect();
    await client.start([folder.path]);
  });

  afterEach(async () => {
    await client.stop();
    folder.remove();
  });

  const options = { tabSize: 2, insertSpaces: true };
  const formatted = async (uri: string) => {
    const params = { textDocument: { uri }, options };
    return apply(client.text(uri), await client.request<TextEdit[]>('textDocument/formatting', params));
  };

  it('lays a file out and keeps comments', async () => {
    const uri = folder.uri('product-sentiment');
    const tidy = folder.read('product-sentiment').replace('parts:', '# 🧱 the parts\nparts:');
    const untidy = tidy
      .replace('\ntrain:\n  epochs: 25', '\ntrain:\n  epochs:    25   ')
      .replace('{ output: head.logits,', '{   output:   head.logits  ,')
      .replace('{ reviews:', '{ reviews:   ');
    await client.open(uri, untidy);
    assert.notEqual(untidy, tidy);
    assert.equal(await formatted(uri), tidy);
  });

  it('formats the lines that are chosen', async () => {
    const uri = folder.uri('product-sentiment');
    const text = folder
      .read('product-sentiment')
      .replace('batch: 32', 'batch:   32')
      .replace('seed: 7', 'seed:   7');
    await client.open(uri, text);
    const line = text.split('\n').findIndex((each) => each.includes('batch'));
    const range = { start: { line, character: 0 }, end: { line, character: 3 } };
    const params = { textDocument: { uri }, range, options };
    const edits = await client.request<TextEdit[]>('textDocument/rangeFormatting', params);
    assert.equal(apply(text, edits), text.replace('batch:   32', 'batch: 32'));
  });

  it('leaves a broken file alone', async () => {
    const uri = folder.uri('product-sentiment');
    await client.open(uri, folder.read('product-sentiment').replace('{ reviews:', '{   reviews: ['));
    assert.equal(await formatted(uri), client.text(uri));
  });
});
