import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CodeAction, CodeLens, CompletionItem, Location, WorkspaceEdit } from 'vscode-languageserver';
import { uriOf } from '../../server/paths';
import { type Client, connect, pulls, said } from './client';

const brick = (name: string, width: number) => `kind: module
name: ${name}
version: 1.0.0
inputs: { x: 'float32[batch, ${width}]' }
outputs: { y: 'float32[batch, ${width}]' }
graph:
  y: { op: relu, in: x }
`;

const user = `kind: module
name: user
version: 1.0.0
inputs: { x: 'float32[batch, 4]' }
outputs: { y: 'float32[batch, 4]' }
graph:
  y: { module: shared@^1, in: x }
`;

const capable = {
  ...pulls,
  workspace: {
    ...pulls.workspace,
    configuration: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create' as const] },
  },
};

describe('two folders in one window', () => {
  let path: string;
  let client: Client;
  let texts: Record<string, string>;
  const uri = (name: string) => uriOf(join(path, name));
  const folders = () => ['a', 'b'].map((name) => join(path, name));

  beforeEach(() => {
    const out = join(__dirname, '../../out');
    mkdirSync(out, { recursive: true });
    path = mkdtempSync(join(out, 'server-test-'));
    texts = {
      // The brick of `b` does not fit its user; that of `a` does.
      'a/shared.brique.yaml': brick('shared', 4),
      'a/only-a.brique.yaml': brick('only-a', 4),
      'a/user.brique.yaml': user,
      'b/shared.brique.yaml': brick('shared', 5),
      'b/user.brique.yaml': user,
    };
    for (const name of Object.keys(texts)) put(name, texts[name]!);
    client = connect();
  });

  afterEach(async () => {
    await client.stop();
    rmSync(path, { recursive: true });
  });

  function put(name: string, text: string): void {
    mkdirSync(join(path, name, '..'), { recursive: true });
    writeFileSync(join(path, name), text);
    texts[name] = text;
  }

  const open = (name: string) => client.open(uri(name), texts[name]!);
  const errors = async (name: string) =>
    (await client.pull(uri(name))).items.filter(({ severity }) => severity === 1).map(({ code }) => code);

  it('hold bricks of the same name that do not see each other', async () => {
    await client.start(folders());
    assert.deepEqual(await errors('a/user.brique.yaml'), []);
    assert.deepEqual(await errors('a/shared.brique.yaml'), []);
    assert.deepEqual(await errors('b/shared.brique.yaml'), []);
    assert.deepEqual(await errors('b/user.brique.yaml'), ['dim-mismatch']);
    await open('b/user.brique.yaml');
    const at = client.after(uri('b/user.brique.yaml'), 'shared', -1);
    const [target] = await client.request<Location[]>('textDocument/definition', at);
    assert.equal(target?.uri, uri('b/shared.brique.yaml'));
    const references = await client.request<Location[]>('textDocument/references', {
      ...at,
      context: { includeDeclaration: true },
    });
    assert.deepEqual([...new Set(references.map((place) => place.uri))].sort(), [
      uri('b/shared.brique.yaml'),
      uri('b/user.brique.yaml'),
    ]);
  });

  it('offer and count only what is theirs', async () => {
    await client.start(folders());
    await open('b/user.brique.yaml');
    const at = client.after(uri('b/user.brique.yaml'), 'module: ');
    const { items } = await client.request<{ items: CompletionItem[] }>('textDocument/completion', at);
    const labels = items.map(({ label }) => label);
    assert.ok(labels.includes('shared') && labels.includes('std/classifier'), labels.join(', '));
    assert.ok(!labels.includes('only-a'), labels.join(', '));
    const lenses = await client.request<CodeLens[]>('textDocument/codeLens', {
      textDocument: { uri: uri('a/shared.brique.yaml') },
    });
    const counted = await client.request<CodeLens>('codeLens/resolve', lenses.at(-1));
    assert.equal(counted.command?.title, 'used by 1');
  });

  it('are renamed in one at a time', async () => {
    await client.start(folders());
    await open('a/user.brique.yaml');
    const at = client.after(uri('a/user.brique.yaml'), 'shared', -1);
    const edit = await client.request<WorkspaceEdit>('textDocument/rename', { ...at, newName: 'common' });
    assert.deepEqual(
      edit.documentChanges!.map((change) => 'textDocument' in change && change.textDocument.uri).sort(),
      [uri('a/shared.brique.yaml'), uri('a/user.brique.yaml')],
    );
  });

  it('have settings of their own, from the editor and from their workspace files', async () => {
    put('b/workspace.brique.yaml', 'kind: workspace\nrules: { card-missing: error }\n');
    client.answer('workspace/configuration', ({ items }: { items: { scopeUri?: string }[] }) =>
      items.map(({ scopeUri }) =>
        scopeUri?.endsWith('/a') ? { 'card-missing': 'warning' } : { 'card-missing': 'off' },
      ),
    );
    await client.start(folders(), capable);
    await client.until(() => client.asked.some(({ method }) => method === 'workspace/configuration'));
    const severities = async (name: string) =>
      (await client.pull(uri(name))).items
        .filter(({ code }) => code === 'card-missing')
        .map(({ severity }) => severity);
    assert.deepEqual(await severities('a/shared.brique.yaml'), [2]);
    assert.deepEqual(await severities('b/shared.brique.yaml'), [1]);
  });

  it('become one when one of them is opened alone, and roots again by a workspace file', async () => {
    await client.start([path]);
    assert.ok((await errors('b/shared.brique.yaml')).includes('duplicate-name'));
    await client.open(uri('b/workspace.brique.yaml'), 'kind: workspace\n');
    assert.deepEqual(await errors('b/shared.brique.yaml'), []);
    assert.deepEqual(await errors('b/user.brique.yaml'), ['dim-mismatch']);
  });

  it('come and go', async () => {
    await client.start([join(path, 'a')]);
    const folder = { uri: uriOf(join(path, 'b')), name: 'b' };
    const change = (event: object) =>
      client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event });
    await change({ added: [folder], removed: [] });
    assert.deepEqual(await errors('b/user.brique.yaml'), ['dim-mismatch']);
    await change({ added: [], removed: [folder] });
    assert.deepEqual(await errors('b/user.brique.yaml'), []);
    assert.deepEqual(await errors('a/user.brique.yaml'), []);
  });

  it('are left alone by a file from elsewhere, which is checked with its neighbours', async () => {
    await client.start([join(path, 'a')]);
    await open('b/user.brique.yaml');
    assert.deepEqual(await errors('b/user.brique.yaml'), ['dim-mismatch']);
    assert.deepEqual(await errors('a/user.brique.yaml'), []);
  });

  it('are not needed to check one file', async () => {
    await client.start([]);
    await open('b/user.brique.yaml');
    assert.deepEqual(await errors('b/user.brique.yaml'), ['dim-mismatch']);
  });

  it('know what was never saved as part of the first one', async () => {
    await client.start(folders());
    await client.open('untitled:Untitled-1', user.replace('name: user', 'name: new-user'));
    const { items } = await client.pull('untitled:Untitled-1');
    assert.deepEqual(items.filter(({ severity }) => severity === 1).map(said), []);
  });

  it('get a workspace file of their own where a rule is turned off', async () => {
    put('a/deep/inside.brique.yaml', brick('inside', 4).replace('kind', 'knd: 1\nkind'));
    await client.start(folders(), capable);
    const [finding] = (await client.pull(uri('a/deep/inside.brique.yaml'))).items;
    assert.equal(finding?.code, 'unknown-key');
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: uri('a/deep/inside.brique.yaml') },
      range: finding.range,
      context: { diagnostics: [finding] },
    });
    const off = actions.find(({ title }) => title.startsWith('Turn off'));
    const [create] = off!.edit!.documentChanges!;
    assert.ok('kind' in create! && create.kind === 'create');
    assert.equal(create.uri, uri('a/workspace.brique.yaml'));
    assert.ok(!existsSync(fileURLToPath(create.uri)));
  });
});
