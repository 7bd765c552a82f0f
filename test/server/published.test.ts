import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hover, Location } from 'vscode-languageserver';
import { lockText } from '../../language/versions/lock/write';
import { publish } from '../../registry/published/publish';
import { Registry } from '../../registry/published/registry';
import { uriOf } from '../../server/paths';
import { type Client, connect, pulls } from './client';

const brick = (version: string, width: number) => `kind: module
name: shared
version: ${version}
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

describe('a registry beside the folder that is open', () => {
  let root: string;
  let client: Client;
  const registry = () => join(root, '.brique/registry');
  const uri = () => uriOf(join(root, 'user.brique.yaml'));

  beforeEach(async () => {
    const out = join(__dirname, '../../out');
    mkdirSync(out, { recursive: true });
    root = mkdtempSync(join(out, 'server-test-'));
    writeFileSync(join(root, 'user.brique.yaml'), user);
    await publish(registry(), { manifest: brick('1.0.0', 4), files: {} });
    client = connect();
    await client.start([root], pulls);
    await client.open(uri(), user);
  });

  afterEach(async () => {
    await client.stop();
    rmSync(root, { recursive: true });
  });

  const errors = async (of = uri()) =>
    (await client.pull(of)).items.filter(({ severity }) => severity === 1).map(({ code }) => code);
  const changed = (path: string) =>
    client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf(join(registry(), path)), type: 1 }],
    });

  it('is looked into for names, and its files can be read and are not reported on', async () => {
    assert.deepEqual(await errors(), []);
    const at = client.after(uri(), 'module: s');
    const [target] = await client.request<Location[]>('textDocument/definition', at);
    assert.equal(target?.uri, uriOf(join(registry(), 'shared/1.0.0/module.brique.yaml')));
    await client.open(target.uri, brick('1.0.0', 4));
    assert.deepEqual((await client.pull(target.uri)).items, []);
    const refused = await client
      .request('textDocument/rename', { ...at, newName: 'other' })
      .then(String, (error: Error) => error.message);
    assert.match(refused, /published version, which does not change/);
  });

  const version = async () => {
    const hover = await client.request<Hover>('textDocument/hover', client.after(uri(), 'module: s'));
    return /\d\.\d\.\d/.exec(JSON.stringify(hover.contents))?.[0];
  };

  it('is looked into again when the editor says that something was published, withdrawn or locked', async () => {
    assert.equal(await version(), '1.0.0');
    await publish(registry(), { manifest: brick('1.1.0', 4), files: {} });
    await changed('shared/1.1.0');
    assert.equal(await version(), '1.1.0');
    writeFileSync(join(root, 'brique.lock'), lockOf('1.0.0'));
    await changed('../../brique.lock');
    assert.equal(await version(), '1.0.0');
    rmSync(join(root, 'brique.lock'));
    await changed('../../brique.lock');
    assert.equal(await version(), '1.1.0');
    new Registry(registry()).yank('shared', '1.1.0', 'too slow');
    await changed('.index/flags/shared/1.1.0.yanked.json');
    assert.equal(await version(), '1.0.0');
    rmSync(join(registry(), 'shared'), { recursive: true });
    await changed('shared');
    assert.deepEqual(await errors(), ['unresolved-module']);
  });

  it('gives an older version where the newest does not fit', async () => {
    await publish(registry(), { manifest: brick('1.1.0', 5), files: {} });
    await changed('shared/1.1.0');
    assert.deepEqual(await errors(), []);
    assert.equal(await version(), '1.0.0');
  });

  function lockOf(locked: string): string {
    const { name, hash } = new Registry(registry()).release('shared', locked)!;
    const asked = new Map([['user', '^1']]);
    return lockText({ entries: [{ name, version: locked, hash, asked, trainedAgainst: new Map() }] });
  }
});
