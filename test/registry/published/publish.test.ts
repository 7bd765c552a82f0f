import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { thisProcess } from '../../../protocol/runs/process';
import { publish } from '../../../registry/published/publish';
import { Registry } from '../../../registry/published/registry';
import { stagingName } from '../../../registry/published/staging';
import { brick, encoder, temporaryFolder, WEIGHTS } from './made';

describe('publishing', () => {
  const folder = temporaryFolder();
  const refused = (code: string) => (error: unknown) => {
    assert.equal((error as { code?: string }).code, code, String(error));
    return true;
  };

  it('makes a folder of the manifest, its files and their hashes', async () => {
    const trained = {
      run: 'r1',
      data: [{ name: 'reviews', version: '1.0.0', hash: 'd' }],
      parents: [{ name: 'base', version: '0.1.0', hash: 'p' }],
    };
    const release = await publish(folder.path(), { ...encoder(), trained });
    const place = join(folder.path(), 'encoder/1.0.0');
    assert.deepEqual(readdirSync(place).sort(), [
      'integrity.json',
      'module.brique.yaml',
      'text',
      'weights.safetensors',
    ]);
    const integrity = JSON.parse(readFileSync(join(place, 'integrity.json'), 'utf8'));
    const sha256 = createHash('sha256').update(WEIGHTS).digest('hex');
    assert.deepEqual(integrity.files['weights.safetensors'], { sha256, size: WEIGHTS.byteLength });
    assert.equal(integrity.weights, sha256);
    assert.deepEqual(integrity.trained, trained);
    assert.equal(release.hash, integrity.hash);
    assert.equal(release.interface, integrity.interface);
    assert.deepEqual(readdirSync(join(folder.path(), '.staging')), []);
  });

  it('says of a registry that may not be written that it may not, and not where it works', async function () {
    if (process.platform === 'win32') return this.skip();
    chmodSync(folder.path(), 0o555);
    // Nothing is forbidden to the superuser.
    const isSuper = process.geteuid?.() === 0;
    if (isSuper) process.seteuid?.(65_534);
    try {
      await assert.rejects(publish(folder.path(), encoder()), (error: Error) => {
        assert.equal(error.message, `The registry ${folder.path()} cannot be written: no permission`);
        return refused('not-writable')(error);
      });
    } finally {
      if (isSuper) process.seteuid?.(0);
      chmodSync(folder.path(), 0o755);
    }
  });

  it('gives equal content equal hashes, at whatever time', async () => {
    const [a, b] = [join(folder.path(), 'a'), join(folder.path(), 'b')];
    const first = await publish(a, encoder());
    const second = await publish(b, encoder());
    assert.equal(first.hash, second.hash);
    const other = await publish(b, encoder('encoder', '1.0.1'));
    assert.notEqual(other.hash, first.hash);
    assert.equal(other.interface, first.interface);
  });

  it('answers from the index with interface, requirements and layout of parameters', async () => {
    const head = `kind: module
name: acme/head
version: 0.2.0
inputs: { x: "float32[batch, 4]" }
outputs: { y: "float32[batch, 8]" }
graph:
  h: { module: encoder@^1.0, in: x }
  y: { module: std/norm, in: h }
`;
    await publish(folder.path(), encoder());
    await publish(folder.path(), { manifest: head, files: {} });
    const registry = new Registry(folder.path());
    assert.deepEqual(registry.names(), ['acme/head', 'encoder']);
    assert.deepEqual(registry.releases('acme/head')[0]!.requires, [
      { name: 'encoder', range: '^1.0' },
      { name: 'std/norm', range: '*' },
    ]);
    const found = registry.interfaceOf(registry.release('encoder', '1.0.0')!);
    assert.ok(found.kind === 'module');
    assert.deepEqual(found.parameters, {
      'y/bias': { dtype: 'float32', shape: [8] },
      'y/kernel': { dtype: 'float32', shape: [4, 8] },
    });
    assert.equal(found.outputs.y!.type, 'float32[d1, $hidden]');
    assert.equal(registry.manifest('encoder', '1.0.0').text, encoder().manifest);
    const weights = await registry.verifiedFile('encoder', '1.0.0', 'weights.safetensors');
    assert.deepEqual(readFileSync(join(weights.folder, weights.path)), WEIGHTS);
    assert.deepEqual(registry.releases('unknown'), []);
  });

  it('never changes what is published', async () => {
    await publish(folder.path(), encoder());
    const other = { ...encoder(), manifest: brick('encoder', '1.0.0') };
    await assert.rejects(publish(folder.path(), other), refused('already-published'));
    const registry = new Registry(folder.path());
    assert.equal(registry.manifest('encoder', '1.0.0').text, encoder().manifest);
  });

  it('refuses what cannot stand in a registry, and leaves nothing', async () => {
    const { files } = encoder();
    const cases: [string, string, Record<string, Uint8Array | string>][] = [
      ['name-invalid', brick('con', '1.0.0'), {}],
      ['name-invalid', brick('acme/nul', '1.0.0'), {}],
      ['manifest-broken', brick('../evil', '1.0.0'), {}],
      ['version-invalid', brick('a', '1.0.0+1'), {}],
      ['version-invalid', brick('a', '1.0.0-01'), {}],
      ['version-invalid', brick('a', '1.0.0-..'), {}],
      ['manifest-broken', 'kind: module\nname: a\n', {}],
      ['manifest-broken', 'kind: workspace\n', {}],
      ['manifest-broken', ': [', {}],
      ['weights-missing', encoder().manifest, {}],
      ['weights-broken', encoder().manifest, { 'weights.safetensors': WEIGHTS.subarray(0, -4) }],
      ['weights-broken', encoder().manifest, { 'weights.safetensors': Buffer.from('{}') }],
      ['manifest-broken', brick('a', '1.0.0', 'weights: ../w.safetensors\n'), {}],
      ['not-there', brick('a', '1.0.0'), { 'a.txt': join(folder.path(), 'none') }],
      ['not-a-file', brick('a', '1.0.0'), { 'a.txt': folder.path() }],
    ];
    for (const path of ['../a', '/a', 'C:\\a', 'c:/a', 'a/../b', 'a//b', './a', 'a\\b', 'nul', 'sub/AUX.txt'])
      cases.push(['path-invalid', encoder().manifest, { ...files, [path]: Buffer.from('') }]);
    for (const path of ['a.', 'a ', 'a\0b', 'a?', 'integrity.json', 'Integrity.JSON', 'Weights.safetensors'])
      cases.push(['path-invalid', encoder().manifest, { ...files, [path]: Buffer.from('') }]);
    for (const path of ['text', 'text/tokenizer.json/more', 'e\u0301', '\ud800'])
      cases.push(['path-invalid', encoder().manifest, { ...files, [path]: Buffer.from('') }]);
    for (const [code, manifest, given] of cases) {
      await assert.rejects(publish(join(folder.path(), 'r'), { manifest, files: given }), refused(code));
    }
    assert.deepEqual(new Registry(join(folder.path(), 'r')).names(), []);
    const staging = join(folder.path(), 'r/.staging');
    assert.deepEqual(existsSync(staging) ? readdirSync(staging) : [], []);
    assert.deepEqual(readdirSync(folder.path()), ['r']);
  });

  it('refuses a version that differs only in case', async () => {
    await publish(folder.path(), { manifest: brick('a', '1.0.0-rc.1'), files: {} });
    const other = { manifest: brick('a', '1.0.0-RC.1'), files: {} };
    await assert.rejects(publish(folder.path(), other), refused('version-invalid'));
  });

  it('does not follow links out of the registry', async function () {
    if (process.platform === 'win32') return this.skip();
    const registry = join(folder.path(), 'registry');
    const outside = join(folder.path(), 'outside');
    mkdirSync(registry);
    mkdirSync(outside);
    symlinkSync(outside, join(registry, 'acme'));
    const publication = { manifest: brick('acme/a', '1.0.0'), files: {} };
    await assert.rejects(publish(registry, publication), refused('is-link'));
    symlinkSync(outside, join(registry, 'a'));
    await assert.rejects(
      publish(registry, { ...publication, manifest: brick('a', '1.0.0') }),
      refused('is-link'),
    );
    assert.deepEqual(readdirSync(outside), []);
  });

  it('clears away what dead publishers left, and nothing of living ones', async () => {
    const staging = join(folder.path(), '.staging');
    await publish(folder.path(), encoder());
    const living = stagingName(thisProcess());
    const foreign = stagingName({ ...thisProcess(), host: 'another machine', pid: 2 ** 22 + 1 });
    const dead = [
      stagingName({ ...thisProcess(), pid: 2 ** 22 + 1 }),
      stagingName({ ...thisProcess(), started: 'at another time' }),
    ];
    for (const name of [living, foreign, ...dead])
      mkdirSync(join(staging, name, 'content'), { recursive: true });
    writeFileSync(join(staging, dead[0]!, 'content', 'file'), 'x');
    await publish(folder.path(), encoder('encoder', '1.0.1'));
    assert.deepEqual(readdirSync(staging).sort(), [living, foreign].sort());
    utimesSync(join(staging, foreign), 1, 1);
    await publish(folder.path(), encoder('encoder', '1.0.2'));
    assert.deepEqual(readdirSync(staging), [living]);
  });
});
