import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publish } from '../../registry/published/publish';
import { temporaryFolder } from '../engine/data/fixture';
import { brick, encoder, publishAll } from '../registry/published/made';
import { brique, needsBundle } from './brique';

describe('brique registry', () => {
  needsBundle();
  const root = temporaryFolder();
  const folder = () => join(root(), '.brique/registry');
  const registry = (...args: string[]) => brique(root(), 'registry', ...args);
  const json = async (...args: string[]) => {
    const { code, stdout } = await registry(...args, '--json');
    return { code, document: JSON.parse(stdout) };
  };

  beforeEach(async () => {
    await publish(folder(), {
      ...encoder(),
      trained: {
        run: 'plain-20261123-120000',
        model: 'plain@0.1.0',
        part: 'encoder',
        data: [{ name: 'reviews', version: '1.0.0', hash: 'ab'.repeat(32) }],
        parents: [],
      },
    });
    await publishAll(folder(), ['acme/head', '1.0.0'], ['acme/head', '1.1.0']);
  });

  it('lists bricks with their newest versions, and all versions of one', async () => {
    const all = await registry();
    assert.equal(all.code, 0);
    assert.match(all.stdout, /^brick +version +state +hash +weights +published$/m);
    assert.match(all.stdout, /^acme\/head +1\.1\.0 \(of 2\) +[0-9a-f]{12} +– +now$/m);
    assert.match(all.stdout, /^encoder +1\.0\.0 +[0-9a-f]{12} +[0-9a-f]{12} +now$/m);
    const { document } = await json('list', 'acme/head');
    assert.deepEqual(
      document[0].releases.map(({ version }: { version: string }) => version),
      ['1.1.0', '1.0.0'],
    );
    const other = await registry('list', 'encodr');
    assert.equal(other.code, 2);
    assert.match(other.stderr, /Nothing called encodr is published; did you mean encoder\?/);
  });

  it('shows one version: what it promises, holds and comes from', async () => {
    const { code, stdout } = await registry('show', 'encoder@1.0.0');
    assert.equal(code, 0);
    assert.match(stdout, /^ {2}in +x: float32\[batch, 4\]$/m);
    assert.match(stdout, /^ {2}out +y: float32\[batch, hidden\]$/m);
    assert.match(stdout, /^ {2}y\/kernel +float32\[4, 8\]$/m);
    assert.match(stdout, /^ {2}run +plain-20261123-120000$/m);
    assert.match(stdout, /^ {2}weights\.safetensors +[\d,]+ bytes {2}[0-9a-f]{12}$/m);
    const { document } = await json('show', 'encoder@1.0.0');
    assert.equal(document.trained.part, 'encoder');
    assert.match((await registry('show', 'encoder@2.0.0')).stderr, /no version 2\.0\.0; it has 1\.0\.0/);
    assert.match((await registry('show', 'encoder')).stderr, /encoder is not name@version/);
  });

  it('says which folders it passes over, and why', async () => {
    assert.equal((await registry('list')).stderr, '');
    for (const path of ['Text_Encoder/1.0.0', 'encoder/v2', '.git/Objects', 'acme/head/latest'])
      mkdirSync(join(folder(), path), { recursive: true });
    writeFileSync(join(folder(), 'encoder/v2/module.brique.yaml'), 'kind: module');
    const { stderr, code } = await registry('list');
    assert.equal(code, 0);
    assert.match(stderr, /^Passed over/);
    assert.match(stderr, /Text_Encoder\n +The folder `Text_Encoder` is no name: a name is lower-case words/);
    assert.match(stderr, /encoder[/\\]v2\n +The folder `v2` is no version: a version is three numbers/);
    assert.match(stderr, /head[/\\]latest\n +The folder `latest` is no version/);
    assert.doesNotMatch(stderr, /git/);
    assert.equal(stderr.split('The folder').length, 4, 'each is said once');
    const ofOne = (await registry('list', 'encoder')).stderr;
    assert.match(ofOne, /`v2` is no version/);
    assert.doesNotMatch(ofOne, /Text_Encoder|latest/);
    assert.equal((await registry('list', '--quiet')).stderr, '');
    assert.match((await registry('verify', 'acme/head')).stdout, /`latest` is no version/);
  });

  it('withdraws and advises against versions, and takes it back', async () => {
    assert.equal((await registry('yank', 'encoder@1.0.0', 'wrong labels')).code, 0);
    assert.match((await registry('list', 'encoder')).stdout, /withdrawn: wrong labels/);
    await registry('unyank', 'encoder@1.0.0');
    assert.doesNotMatch((await registry('list', 'encoder')).stdout, /withdrawn/);
    const { document } = await json('deprecate', 'encoder@1.0.0', 'too slow', '--use', 'encoder-2@^1');
    assert.deepEqual(
      [document.deprecated.message, document.deprecated.replacement],
      ['too slow', 'encoder-2@^1'],
    );
    await registry('undeprecate', 'encoder@1.0.0');
    assert.doesNotMatch((await registry('list', 'encoder')).stdout, /deprecated/);
    const wrong = await registry('deprecate', 'encoder@1.0.0', 'old', '--use', 'Not A Name');
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /replacement `Not A Name` is no name/);
    assert.equal((await registry('yank', 'encoder@9.0.0', 'none')).code, 2);
  });

  it('shares versions through one file', async () => {
    await publishAll(folder(), [
      'acme/model',
      '1.0.0',
      '  z: { module: acme/head@^1, in: y, params: { hidden: 8 } }\n',
    ]);
    const file = join(root(), 'shared.brick');
    const { document } = await json('export', 'encoder@1.0.0', 'acme/model@1.0.0', file);
    assert.deepEqual(document.versions, ['acme/head@1.1.0', 'acme/model@1.0.0', 'encoder@1.0.0']);
    const target = join(root(), 'elsewhere');
    const first = await json('import', file, '--registry', target);
    assert.deepEqual(first.document.added.length, 3);
    const again = await json('import', file, '--registry', target);
    assert.deepEqual([again.document.added, again.document.present.length], [[], 3]);
    assert.equal((await registry('verify', '--registry', target)).code, 0);
    writeFileSync(file, 'no archive');
    const broken = await registry('import', file);
    assert.equal(broken.code, 2);
    assert.match(broken.stderr, /shared\.brick is no sound archive/);
    assert.match((await registry('export', 'encoder@1.0.0')).stderr, /Which versions, into which file/);
    assert.match((await registry('import', 'nothing.brick')).stderr, /There is no file nothing\.brick/);
  });

  it('finds what was done to it by hand, and goes on with the rest', async () => {
    const of = (path: string) => join(folder(), path);
    assert.equal((await registry('verify')).code, 0);
    appendFileSync(of('encoder/1.0.0/weights.safetensors'), 'more');
    writeFileSync(of('acme/head/1.0.0/integrity.json'), '{');
    rmSync(of('acme/head/1.1.0/module.brique.yaml'));
    writeFileSync(of('acme/notes.txt'), 'not a version');
    mkdirSync(of('encoder/1.x'));
    const { code, document } = await json('verify');
    assert.equal(code, 1);
    assert.deepEqual(
      document.findings
        .map(({ code: word, path }: { code: string; path: string }) => `${word} ${path}`)
        .sort(),
      [
        'file-changed encoder/1.0.0/weights.safetensors',
        'file-missing acme/head/1.1.0/module.brique.yaml',
        'integrity-broken acme/head/1.0.0/integrity.json',
        'stray acme/notes.txt',
        'stray encoder/1.x',
      ],
    );
    const text = await registry('verify', 'encoder@1.0.0');
    assert.match(
      text.stdout,
      /weights\.safetensors file-changed\n {2}encoder 1\.0\.0: .* bytes; .* were published/,
    );
    rmSync(of('.index'), { recursive: true });
    const listed = await registry('list', 'acme/head');
    assert.equal(listed.code, 0);
    assert.match(listed.stdout, /1\.0\.0 +cannot be used: integrity\.json is not JSON/);
    assert.match(listed.stdout, /1\.1\.0 +cannot be used/);
    const shown = await registry('show', 'acme/head@1.0.0');
    assert.equal(shown.code, 1);
    assert.match(shown.stderr, /is there and cannot be used: integrity\.json is not JSON/);
    assert.doesNotMatch(shown.stderr, /\n {4}at /, 'no stack trace');
    const exported = await registry('export', 'encoder@1.0.0', 'out.brick');
    assert.equal(exported.code, 1);
    assert.match(
      exported.stderr,
      /encoder 1\.0\.0 is there and cannot be used: `weights\.safetensors` is no sound/,
    );
    assert.equal(existsSync(join(root(), 'out.brick')), false);
  });

  it('is not taken for empty where a file stands in its place', async () => {
    rmSync(folder(), { recursive: true });
    writeFileSync(folder(), '');
    for (const args of [['list'], ['verify'], ['show', 'encoder@1.0.0']]) {
      const { code, stdout, stderr } = await registry(...args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /registry is a file, and a registry is a folder/);
    }
    writeFileSync(join(root(), 'workspace.brique.yaml'), 'kind: workspace\nregistries: []\n');
    assert.equal((await registry()).stdout, 'The workspace file names no registry\n');
  });

  it('follows no link, and publishes nothing over a version that is broken', async function () {
    if (process.platform === 'win32') this.skip();
    rmSync(join(folder(), 'encoder'), { recursive: true });
    symlinkSync(root(), join(folder(), 'encoder'));
    const { document } = await json('verify');
    assert.deepEqual(
      document.findings.map(({ code, path }: { code: string; path: string }) => [code, path]),
      [['link', 'encoder']],
    );
    writeFileSync(join(folder(), 'acme/head/1.1.0/integrity.json'), '{}');
    const text = `${brick('acme/head', '1.1.0')}tests:
  - name: keeps rows
    given: { x: 'zeros[2, 4]' }
    expect: { y: 'float32[2, 8]' }
card: { intended_use: Tests., training_data: None., limitations: Many. }
`;
    writeFileSync(join(root(), 'head.brique.yaml'), text);
    const { code, stderr } = await brique(root(), 'publish', 'acme/head');
    assert.equal(code, 1, stderr);
    assert.match(stderr, /acme\/head 1\.1\.0 is already published, and cannot be read/);
    mkdirSync(join(folder(), 'acme/head/1.2.0'));
    writeFileSync(join(root(), 'head.brique.yaml'), text.replace('1.1.0', '1.2.0'));
    const taken = await brique(root(), 'publish', 'acme/head');
    assert.match(
      taken.stderr,
      /acme\/head 1\.2\.0 is already published, and cannot be read: `integrity\.json` is not there/,
    );
  });
});
