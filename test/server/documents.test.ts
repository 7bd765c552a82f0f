import assert from 'node:assert/strict';
import type { ClientCapabilities, CodeAction, Hover, SymbolInformation } from 'vscode-languageserver';
import { type Client, connect, covered, said } from './client';
import { ExampleFolder } from './folder';

/** An editor that knows little: no pull, no snippets, no versioned edits. */
const plain: ClientCapabilities = {
  textDocument: { publishDiagnostics: {}, hover: { contentFormat: ['plaintext'] } },
};

describe('the language server and texts', () => {
  let folder: ExampleFolder;
  let client: Client;

  beforeEach(() => {
    folder = new ExampleFolder('reviews');
    client = connect();
  });

  afterEach(async () => {
    await client.stop();
    folder.remove();
  });

  const newest = (uri: string) => client.published.findLast((params) => params.uri === uri);

  it('sends findings, with versions, to an editor that cannot ask', async () => {
    const { capabilities } = await client.start([folder.path], plain);
    assert.equal(capabilities.diagnosticProvider, undefined);
    const uri = folder.uri('product-sentiment');
    await client.open(uri, folder.read('product-sentiment').replace('epochs:', 'epoch:'), 5);
    await client.until(() => newest(uri)?.version === 5 && newest(uri)!.diagnostics.length === 1);
    await client.type(uri, 'epoch:', 'epochs:');
    await client.until(() => newest(uri)?.version === 6 && newest(uri)!.diagnostics.length === 0);
  });

  it('sends findings of files that are not open', async () => {
    const uri = folder.write('broken', 'kind: model\nname: broken\nversion: 0.1.0\npart: {}\n');
    await client.start([folder.path], plain);
    await client.until(() => newest(uri)?.diagnostics.some(({ code }) => code === 'unknown-key'));
  });

  it('ends on the newest of many keystrokes', async () => {
    await client.start([folder.path], plain);
    const uri = folder.uri('product-sentiment');
    await client.open(uri, folder.read('product-sentiment'));
    for (let keystroke = 0; keystroke < 50; keystroke++)
      void client.type(uri, 'epochs:', 'xepochs:'.slice(keystroke % 2));
    await client.type(uri, 'epochs:', 'epochz:');
    const { diagnostics } = await client.until(() => newest(uri)?.version === 52 && newest(uri)!);
    assert.ok(diagnostics.some((found) => said(found).includes('epochz')));
  });

  it('gives plain edits and flat symbols to such an editor', async () => {
    await client.start([folder.path], plain);
    const uri = folder.uri('product-sentiment');
    await client.open(uri, folder.read('product-sentiment').replace('epochs:', 'epoch:'));
    const { diagnostics } = await client.until(() =>
      newest(uri)?.diagnostics.length ? newest(uri) : undefined,
    );
    const context = { diagnostics };
    const [action] = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: diagnostics[0]!.range,
      context,
    });
    assert.ok(action!.edit!.changes);
    assert.ok(client.applied(uri, action!.edit!).includes('epochs:'));
    const symbols = await client.request<SymbolInformation[]>('textDocument/documentSymbol', {
      textDocument: { uri },
    });
    assert.ok(symbols.some(({ name, location }) => name === 'encoder' && location.uri === uri));
  });

  it('counts lines and UTF-16 units as editors do, with CRLF', async () => {
    await client.start([folder.path]);
    const uri = folder.uri('product-sentiment');
    const text = folder
      .read('product-sentiment')
      .replace('summary: ', 'summary: 🧱 𝒳 日本 — ')
      .replace('in: words.tokens', "in: 'words.tokens', x-note: '🧱🧱', weigths: fresh")
      .replaceAll('\n', '\r\n');
    await client.open(uri, text);
    const { items } = await client.pull(uri);
    assert.deepEqual(
      items.map(({ range, code }) => [code, covered(text, range)]),
      [['unknown-key', 'weigths']],
    );
    await client.type(uri, 'weigths', 'weights');
    assert.deepEqual((await client.pull(uri)).items, []);
    const hover = await client.request<Hover>('textDocument/hover', client.after(uri, 'output: head.log'));
    assert.equal(covered(client.text(uri), hover.range!), 'logits');
  });

  it('answers about a file outside of all folders, and about none', async () => {
    await client.start([]);
    const uri = 'untitled:Untitled-1';
    await client.open(uri, 'kind: modul\n');
    const { items } = await client.pull(uri);
    assert.deepEqual(
      items.map(({ code }) => code),
      ['unknown-kind'],
    );
    assert.equal(
      await client.request('textDocument/hover', {
        textDocument: { uri: 'file:///no/such.brique.yaml' },
        position: { line: 0, character: 0 },
      }),
      null,
    );
  });

  it('follows folders that come and go', async () => {
    await client.start([]);
    const count = async () =>
      (await client.request<{ items: unknown[] }>('workspace/diagnostic', { previousResultIds: [] })).items
        .length;
    assert.equal(await count(), 0);
    const folders = [{ uri: new URL('.', folder.uri('x')).href.replace(/\/$/, ''), name: 'reviews' }];
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: folders, removed: [] },
    });
    assert.ok((await count()) >= 4);
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [], removed: folders },
    });
    assert.equal(await count(), 0);
  });

  it('survives text that is no YAML at all', async () => {
    await client.start([folder.path]);
    const uri = folder.uri('product-sentiment');
    const text = folder.read('product-sentiment');
    await client.open(uri, text);
    for (const broken of ['{{{{[', '\t\0\u0001', '- '.repeat(500), 'a: &a [*a]', '"', '%', '? '.repeat(50)]) {
      await client.type(uri, client.text(uri), broken);
      for (const method of ['hover', 'completion', 'definition', 'documentSymbol', 'codeLens']) {
        await client.request(`textDocument/${method}`, {
          textDocument: { uri },
          position: { line: 0, character: 1 },
        });
      }
      assert.ok((await client.pull(uri)).items.length > 0);
    }
  });
});
