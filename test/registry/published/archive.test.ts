import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { packTar, type TarHeader, unpackTar } from 'modern-tar';
import { exportArchive, withRequired } from '../../../registry/published/archive/pack';
import { importArchive } from '../../../registry/published/archive/unpack';
import { publish } from '../../../registry/published/publish';
import { Registries } from '../../../registry/published/registries';
import { Registry } from '../../../registry/published/registry';
import { verify } from '../../../registry/published/verify';
import { brick, encoder, publishAll, temporaryFolder } from './made';

const MODEL = `kind: module
name: acme/head
version: 1.0.0
inputs: { x: "float32[batch, 4]" }
outputs: { y: "float32[batch, 8]" }
graph:
  h: { module: encoder@^1.0, in: x }
  y: { module: std/norm@^1, in: h }
`;

describe('an archive', () => {
  const folder = temporaryFolder();
  const from = () => join(folder.path(), 'from');
  const to = () => join(folder.path(), 'to');
  const file = () => join(folder.path(), 'shared.brick');
  const refused = (code: string) => (error: unknown) => {
    assert.equal((error as { code?: string }).code, code, String(error));
    return true;
  };

  async function exported(): Promise<string> {
    await publish(from(), encoder());
    await publish(from(), encoder('encoder', '1.1.0'));
    await publishAll(from(), ['encoder', '2.0.0']);
    await publish(from(), { manifest: MODEL, files: {} });
    const registries = new Registries('/', [from()]);
    const releases = withRequired(registries, registries.release('acme/head', '1.0.0')!);
    assert.deepEqual(releases.map(({ name, version }) => `${name} ${version}`).sort(), [
      'acme/head 1.0.0',
      'encoder 1.1.0',
    ]);
    await exportArchive(registries, releases, file());
    return file();
  }

  /** The archive with entries of its own choice, as somebody else may have made it. */
  async function remade(change: (entries: Entry[]) => Entry[]): Promise<string> {
    const entries = await unpackTar(gunzipSync(readFileSync(await exported())));
    const changed = change(entries.map(({ header, data }) => ({ header, data: Buffer.from(data ?? []) })));
    const tar = await packTar(changed.map(({ header, data }) => ({ header, body: data })));
    writeFileSync(file(), gzipSync(tar));
    return file();
  }

  interface Entry {
    header: TarHeader;
    data: Buffer;
  }

  const entry = (name: string, text: string): Entry => ({
    header: { name, size: Buffer.byteLength(text), type: 'file' },
    data: Buffer.from(text),
  });

  it('brings versions and what they require into another registry, unchanged', async () => {
    const { added, present } = await importArchive(to(), await exported());
    assert.equal(added.length, 2);
    assert.deepEqual(present, []);
    assert.deepEqual(await verify(to()), []);
    const [here, there] = [new Registry(from()), new Registry(to())];
    for (const { name, version, hash } of added) assert.equal(here.release(name, version)?.hash, hash);
    const read = (root: string) => readFileSync(join(root, 'encoder/1.1.0/integrity.json'), 'utf8');
    assert.equal(read(to()), read(from()));
    assert.deepEqual(there.names(), ['acme/head', 'encoder']);
    const again = await importArchive(to(), file());
    assert.equal(again.present.length, 2);
    assert.deepEqual(readdirSync(join(to(), '.staging')), []);
  });

  it('has the same bytes each time', async () => {
    const first = readFileSync(await exported());
    const registries = new Registries('/', [from()]);
    const releases = ['encoder', 'acme/head'].map((name) =>
      registries.release(name, name === 'encoder' ? '1.1.0' : '1.0.0'),
    );
    const { sha256 } = await exportArchive(
      registries,
      releases.map((release) => release!),
      file(),
    );
    assert.equal(sha256, createHash('sha256').update(first).digest('hex'));
    assert.equal(first[9], 255);
  });

  it('is not made of versions that are damaged, and leaves no file', async () => {
    await publish(from(), encoder());
    const registries = new Registries('/', [from()]);
    const release = registries.release('encoder', '1.0.0')!;
    writeFileSync(join(from(), 'encoder/1.0.0/text/tokenizer.json'), 'other');
    await assert.rejects(exportArchive(registries, [release], file()), refused('hash-mismatch'));
    assert.deepEqual(readdirSync(folder.path()), ['from']);
  });

  it('does not replace what is published with other content', async () => {
    await exported();
    await publishAll(to(), ['encoder', '1.1.0']);
    await assert.rejects(importArchive(to(), file()), refused('already-published'));
    assert.deepEqual(new Registry(to()).names(), ['encoder']);
  });

  const hostile: Record<string, (entries: Entry[]) => Entry[]> = {
    'a file outside': (all) => [...all, entry('../../evil.txt', 'x')],
    'an absolute path': (all) => [...all, entry('/evil.txt', 'x')],
    'a file that is not declared': (all) => [...all, entry('encoder/1.1.0/more.txt', 'x')],
    'a file that comes twice': (all) => [...all, all.at(-1)!],
    'a missing file': (all) => all.slice(0, -1),
    'a link': (all) => [
      ...all.slice(0, -1),
      {
        header: { ...all.at(-1)!.header, type: 'symlink', linkname: '/etc/passwd', size: 0 },
        data: Buffer.alloc(0),
      },
    ],
    'a hard link': (all) => [
      ...all,
      { header: { name: 'b', type: 'link', linkname: 'brick.json', size: 0 }, data: Buffer.alloc(0) },
    ],
    'a folder': (all) => [
      ...all,
      { header: { name: 'x/', type: 'directory', size: 0 }, data: Buffer.alloc(0) },
    ],
    'other content': (all) =>
      all.map((each, index) =>
        index === 2 ? { ...each, data: Buffer.alloc(each.data.byteLength, 0x20) } : each,
      ),
    'no contents in front': (all) => [...all.slice(1), all[0]!],
    nothing: () => [],
  };
  for (const [what, change] of Object.entries(hostile)) {
    it(`is refused with ${what}, and nothing is visible`, async () => {
      await assert.rejects(importArchive(to(), await remade(change)), refused('archive-broken'));
      assert.deepEqual(new Registry(to()).names(), []);
      assert.deepEqual(readdirSync(to()), ['.staging']);
      assert.deepEqual(readdirSync(join(to(), '.staging')), []);
      assert.ok(!existsSync(join(folder.path(), 'evil.txt')));
    });
  }

  const contents = (change: (version: Record<string, unknown>) => void) => (all: Entry[]) => {
    const json = JSON.parse(all[0]!.data.toString()) as { versions: Record<string, unknown>[] };
    for (const version of json.versions) change(version);
    return [entry('brick.json', JSON.stringify(json)), ...all.slice(1)];
  };

  it('is refused when its contents are changed', async () => {
    const changes: ((version: Record<string, unknown>) => void)[] = [
      (version) => Object.assign(version, { name: '../../evil' }),
      (version) => Object.assign(version, { version: '9.9.9' }),
      (version) => Object.assign(version, { files: {} }),
      (version) => Object.assign(version, { more: 1 }),
    ];
    for (const change of changes) {
      await assert.rejects(importArchive(to(), await remade(contents(change))), refused('integrity-broken'));
      rmSync(from(), { recursive: true });
    }
    assert.deepEqual(new Registry(to()).names(), []);
  });

  it('is refused when it is cut off, or none at all', async () => {
    const bytes = readFileSync(await exported());
    for (const length of [0, 5, 100, bytes.byteLength >> 1, bytes.byteLength - 9]) {
      writeFileSync(file(), bytes.subarray(0, length));
      await assert.rejects(importArchive(to(), file()), refused('archive-broken'), `cut at ${length}`);
    }
    writeFileSync(file(), 'no archive');
    await assert.rejects(importArchive(to(), file()), refused('archive-broken'));
    await assert.rejects(importArchive(to(), join(folder.path(), 'none')), refused('not-there'));
    assert.deepEqual(new Registry(to()).names(), []);
  });

  it('is refused when it unpacks to too much', async () => {
    const zeros = join(folder.path(), 'zeros');
    writeFileSync(zeros, Buffer.alloc(65 * 2 ** 20));
    await publish(from(), { manifest: brick('big', '1.0.0'), files: { 'zeros.bin': zeros } });
    const registries = new Registries('/', [from()]);
    await exportArchive(registries, [registries.release('big', '1.0.0')!], file());
    await assert.rejects(importArchive(to(), file()), refused('archive-too-large'));
    await assert.rejects(
      importArchive(to(), file(), { bytes: 2 ** 20, ratio: 1e9 }),
      refused('archive-too-large'),
    );
    const { added } = await importArchive(to(), file(), { bytes: 2 ** 30, ratio: 1e9 });
    assert.equal(added.length, 1);
    // Behind the last entry, where nothing is declared.
    const tar = gunzipSync(readFileSync(await exported()));
    writeFileSync(file(), gzipSync(Buffer.concat([tar, Buffer.alloc(34 * 2 ** 20)])));
    await assert.rejects(importArchive(join(folder.path(), 'other'), file()), refused('archive-too-large'));
  });
});
