import assert from 'node:assert/strict';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  CodeLens,
  DocumentLink,
} from 'vscode-languageserver';
import { type Client, connect, covered, pulls } from './client';
import { ExampleFolder } from './folder';

describe('who uses what, in the language server', () => {
  let folder: ExampleFolder;
  let client: Client;
  let model: string;
  let encoder: string;

  beforeEach(async () => {
    folder = new ExampleFolder('reviews');
    folder.write(
      'longer-sentiment',
      'kind: model\nname: longer-sentiment\nversion: 0.1.0\nextends: product-sentiment@^0.1.0\ntrain: { epochs: 50 }\n',
    );
    client = connect();
    await client.start([folder.path], pulls, { showReferences: 'show.references' });
    model = folder.uri('product-sentiment');
    encoder = folder.uri('text-encoder');
    await client.open(model, folder.read('product-sentiment'));
    await client.open(encoder, folder.read('text-encoder'));
  });

  afterEach(async () => {
    await client.stop();
    folder.remove();
  });

  const prepare = async (uri: string, words: string) => {
    const [item] = await client.request<CallHierarchyItem[]>(
      'textDocument/prepareCallHierarchy',
      client.after(uri, words, -1),
    );
    return item!;
  };
  const incoming = (item: CallHierarchyItem) =>
    client.request<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', { item });
  const outgoing = (item: CallHierarchyItem) =>
    client.request<CallHierarchyOutgoingCall[]>('callHierarchy/outgoingCalls', { item });

  it('names the users of a brick with the places, and theirs through `extends`', async () => {
    const item = await prepare(model, 'module: text-encoder');
    assert.deepEqual([item.name, item.uri], ['text-encoder', encoder]);
    const users = await incoming(item);
    const own = users.find(({ from }) => from.uri === model)!;
    assert.deepEqual(
      own.fromRanges.map((range) => covered(client.text(model), range)),
      ['text-encoder'],
    );
    assert.ok(users.some(({ from }) => from.name === 'restaurant-sentiment'));
    const next = await incoming(own.from);
    assert.deepEqual(
      next.map(({ from }) => from.name),
      ['longer-sentiment'],
    );
  });

  it('names what a composition uses', async () => {
    const used = await outgoing(await prepare(model, 'name: product-sentiment'));
    assert.deepEqual(
      used.map(({ to }) => to.name),
      ['product-reviews', 'std/text-vectorizer', 'text-encoder', 'std/classifier'],
    );
    for (const { to, fromRanges } of used)
      for (const range of fromRanges) assert.equal(covered(client.text(model), range), to.name);
  });

  it('counts users only for lenses that are seen', async () => {
    const lenses = await client.request<CodeLens[]>('textDocument/codeLens', {
      textDocument: { uri: encoder },
    });
    assert.deepEqual(
      lenses.map(({ command }) => command?.command),
      ['brique.test', undefined],
    );
    assert.deepEqual(lenses[0]!.command!.arguments, [encoder, 'text-encoder']);
    const resolved = await client.request<CodeLens>('codeLens/resolve', lenses[1]);
    assert.equal(resolved.command!.title, 'used by 3');
    assert.equal(resolved.command!.command, 'show.references');
    const [uri, , places] = resolved.command!.arguments as [string, unknown, { uri: string }[]];
    assert.equal(uri, encoder);
    assert.ok(places.some((place) => place.uri === model));
  });

  it('links what a file names', async () => {
    const uri = folder.write(
      'kept',
      'kind: module\nname: kept\nversion: 0.1.0\nlicense: MIT\ninputs: { x: "float32[batch, 4]" }\noutputs: { y: "float32[batch, 4]" }\ngraph: { y: { module: std/projection@^1, in: x, params: { units: 4 } } }\nweights: kept.safetensors\n',
    );
    await client.open(uri, folder.read('kept'));
    const links = await client.request<DocumentLink[]>('textDocument/documentLink', {
      textDocument: { uri },
    });
    assert.deepEqual(
      links.map(({ range }) => covered(client.text(uri), range)),
      ['std/projection', 'kept.safetensors'],
    );
    assert.match(links[0]!.target!, /modules\/projection\.brique\.yaml$/);
    assert.equal(links[1]!.target, new URL('kept.safetensors', uri).href);
  });

  it('stops a search that the editor no longer waits for', async () => {
    const request = { ...client.after(encoder, 'features: float'), context: { includeDeclaration: true } };
    const { CancellationTokenSource } = await import('vscode-jsonrpc');
    const source = new CancellationTokenSource();
    const answer = client.connection.sendRequest('textDocument/references', request, source.token);
    source.cancel();
    // Either it was called off in time, or it was answered already.
    await answer.then(
      (found) => assert.ok(Array.isArray(found)),
      (error: Error) => assert.match(error.message, /cancel|no longer/i),
    );
  });
});
