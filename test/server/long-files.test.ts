import assert from 'node:assert/strict';
import { longBrick } from '../language/long-brick';
import { type Client, connect } from './client';
import { ExampleFolder } from './folder';

/** Long enough that nothing about it is done within one slice. */
const LINES = 12_000;

describe('the language server and long files', () => {
  let folder: ExampleFolder;
  let client: Client;
  let uri: string;
  let small: string;
  const text = longBrick(LINES);

  beforeEach(async () => {
    folder = new ExampleFolder('reviews');
    client = connect();
    await client.start([folder.path]);
    small = folder.uri('product-sentiment');
    await client.open(small, folder.read('product-sentiment'));
    await client.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: small } });
    uri = folder.uri('large');
    await client.open(uri, text);
  });

  afterEach(async () => {
    await client.stop();
    folder.remove();
  });

  const textDocument = () => ({ textDocument: { uri } });
  const name = { line: 1, character: 8 };

  const questions: [string, string, object][] = [
    ['tokens', 'textDocument/semanticTokens/full', {}],
    ['folds', 'textDocument/foldingRange', {}],
    ['the outline', 'textDocument/documentSymbol', {}],
    ['a hover on the name', 'textDocument/hover', { position: name }],
    ['fixes', 'textDocument/codeAction', { range: { start: name, end: name }, context: { diagnostics: [] } }],
    ['layout', 'textDocument/formatting', { options: { tabSize: 2, insertSpaces: true } }],
  ];

  for (const [what, method, params] of questions) {
    it(`answers about other files before ${what}`, async () => {
      const order: string[] = [];
      const asked = client.connection
        .sendRequest(method, { ...textDocument(), ...params })
        .then(() => order.push('long'));
      const other = client.connection
        .sendRequest('textDocument/hover', {
          textDocument: { uri: small },
          position: { line: 1, character: 8 },
        })
        .then(() => order.push('other'));
      await Promise.all([asked, other]);
      assert.deepEqual(order, ['other', 'long']);
    });
  }

  it('gives the findings of the newest text', async () => {
    const request = () => client.connection.sendRequest('textDocument/diagnostic', textDocument());
    const first = request();
    await client.type(uri, 'in: states', 'in: state');
    const [, newest] = (await Promise.all([first, request()])) as { items: { message: string }[] }[];
    assert.ok(newest!.items.some(({ message }) => message.includes('There is no `state`')));
    await client.type(uri, 'in: state\n', 'in: states\n');
    const after = (await request()) as { items: { message: string }[] };
    assert.ok(!after.items.some(({ message }) => message.includes('There is no')));
  });
});
