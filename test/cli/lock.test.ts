import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publish } from '../../registry/published/publish';
import { Registry } from '../../registry/published/registry';
import { temporaryFolder } from '../engine/data/fixture';
import { safetensors } from '../registry/published/made';
import { brique, needsBundle } from './brique';

const part = (name: string, version: string, from: number, to: number) => `kind: module
name: ${name}
version: ${version}
inputs: { x: 'float32[batch, ${from}]' }
outputs: { y: 'float32[batch, ${to}]' }
graph:
  y: { op: dense, in: x, units: ${to} }
`;
const user = (range: string) => `kind: module
name: user
version: 1.0.0
inputs: { x: 'float32[batch, 4]' }
outputs: { y: 'float32[batch, 2]' }
graph:
  seen: { module: encoder@${range}, in: x }
  y: { module: head@^1, in: seen }
`;

const POINTS = `kind: dataset
name: points
version: 1.0.0
files: { all: a.json }
columns: { x: { type: tensor, shape: [4] } }
`;

describe('brique lock', () => {
  needsBundle();
  const root = temporaryFolder();
  const registry = () => join(root(), '.brique/registry');
  const put = (manifest: string) => publish(registry(), { manifest, files: {} });
  const lock = (...options: string[]) => brique(root(), 'lock', ...options);
  const text = () => readFileSync(join(root(), 'brique.lock'), 'utf8');

  beforeEach(async () => {
    writeFileSync(join(root(), 'user.brique.yaml'), user('^1'));
    await put(part('encoder', '1.0.0', 4, 8));
    await put(part('head', '1.0.0', 8, 2));
  });

  it('pins what is used, keeps it when something newer is published, and takes that when told to', async () => {
    assert.equal((await lock('--frozen')).code, 1);
    assert.equal((await brique(root(), 'check')).code, 0);
    const unlocked = await brique(root(), 'check', '--frozen', '--json');
    assert.equal(unlocked.code, 1);
    assert.match(unlocked.stderr, /brique\.lock is not there; run brique lock/);
    assert.ok(!existsSync(join(root(), 'brique.lock')));
    const first = await lock();
    assert.equal(first.code, 0, first.stderr);
    assert.equal(first.stdout, '+ encoder 1.0.0\n+ head 1.0.0\n');
    const release = new Registry(registry()).release('encoder', '1.0.0')!;
    assert.ok(
      text().includes(`  encoder@1.0.0:\n    from: ".brique/registry"\n    hash: ${release.hash}\n`),
      text(),
    );
    await put(part('encoder', '1.1.0', 4, 8));
    assert.equal((await lock('--frozen')).code, 0);
    assert.equal((await brique(root(), 'check', '--frozen')).code, 0);
    const before = text();
    assert.equal((await lock()).code, 0);
    assert.equal(text(), before);
    assert.equal((await lock('--update', 'head')).stdout, '');
    assert.equal((await lock('--update', 'encoder')).stdout, '- encoder 1.0.0\n+ encoder 1.1.0\n');
    assert.match((await lock('--update', 'encodr')).stderr, /encodr is not in brique\.lock/);
  });

  it('says why something is not the newest, and goes on when a range no longer holds', async () => {
    await put(part('encoder', '1.2.0', 4, 16));
    const { stdout } = await lock();
    assert.match(
      stdout,
      /^\+ encoder 1\.0\.0 {2}\(not 1\.2\.0: with encoder 1\.2\.0, `seen\.y` is .*16\] where/m,
    );
    await put(part('encoder', '2.0.0', 4, 8));
    writeFileSync(join(root(), 'user.brique.yaml'), user('^2'));
    const frozen = await lock('--frozen', '--json');
    assert.equal(frozen.code, 1);
    assert.deepEqual(JSON.parse(frozen.stdout).changes, [
      {
        change: 'removed',
        name: 'encoder',
        version: '1.0.0',
        passedOver:
          /passed_over: (".*")/.exec(text())?.[1] && JSON.parse(/passed_over: (".*")/.exec(text())![1]!),
      },
      { change: 'added', name: 'encoder', version: '2.0.0' },
    ]);
    const checked = await brique(root(), 'check', '--fail-on', 'warning');
    assert.match(checked.stdout, /lock-stale/);
    assert.equal((await lock()).code, 0);
    assert.equal((await lock('--frozen')).code, 0);
  });

  it('refuses what is not what was locked, and a conflict, with findings', async () => {
    await lock();
    rmSync(join(registry(), 'encoder'), { recursive: true });
    rmSync(join(registry(), '.index'), { recursive: true });
    await put(part('encoder', '1.0.0', 4, 8).replace('graph:', 'summary: Another one.\ngraph:'));
    for (const options of [[], ['--frozen']]) {
      const { code, stderr } = await lock(...options);
      assert.equal(code, 1);
      assert.match(stderr, /hash-mismatch.*encoder 1\.0\.0.*is not what `brique\.lock` has/s);
    }
    assert.equal((await lock('--update', 'encoder')).code, 0);
    writeFileSync(join(root(), 'user.brique.yaml'), user('^7'));
    const conflict = await lock();
    assert.equal(conflict.code, 1);
    assert.match(conflict.stderr, /no-matching-version/);
    const way = /help: change the range to `\^1\.0\.0` \(tried\)/;
    assert.match(conflict.stderr, way);
    assert.match((await brique(root(), 'check')).stdout, way);
    const { findings } = JSON.parse((await brique(root(), 'check', '--json')).stdout);
    const conflicting = findings.find(({ rule }: { rule: string }) => rule === 'no-matching-version');
    assert.deepEqual(conflicting.fixes, ['Change the range to `^1.0.0`']);
  });

  it('puts together what git could not merge', async () => {
    await lock();
    const own = text();
    writeFileSync(
      join(root(), 'brique.lock'),
      own.replace(/ {4}hash: .*\n/, (line) => `<<<<<<< ours\n${line}=======\n    hash: 1\n>>>>>>> theirs\n`),
    );
    const frozen = await lock('--frozen');
    assert.equal(frozen.code, 1);
    assert.match(frozen.stderr, /at line \d+, git has left both sides of a merge in it/);
    assert.match((await brique(root(), 'check')).stdout, /lock-stale.*both sides of a merge/s);
    assert.equal((await lock()).code, 0);
    assert.equal(text(), own);
  });

  it('leaves what a later Brique has written alone', async () => {
    await lock();
    const later = text().replace('lock: 1', 'lock: 2');
    writeFileSync(join(root(), 'brique.lock'), later);
    const refused = await lock();
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /not of format 1.*\n.*Update Brique/);
    assert.equal(text(), later);
    const { stdout } = await brique(root(), 'check');
    assert.match(stdout, /lock-stale\n.*not of format 1[\s\S]*help: update Brique/);
  });

  it('pins the composition that another extends, and keeps to it', async () => {
    const base = (version: string, range: string) => `kind: model
name: base
version: ${version}
data: { points: points@^1 }
parts: { encoder: { module: encoder@${range}, in: points.x } }
tasks: { y: { output: encoder.y, target: points.x, loss: mse } }
`;
    writeFileSync(join(root(), 'points.brique.yaml'), POINTS);
    writeFileSync(
      join(root(), 'top.brique.yaml'),
      'kind: model\nname: top\nversion: 0.1.0\nextends: base@^1\n',
    );
    await put(part('encoder', '1.1.0', 4, 4));
    await put(base('1.0.0', '~1.1'));
    assert.equal(
      (await lock()).stdout,
      '+ base 1.0.0\n+ encoder 1.1.0\n+ head 1.0.0\n'.replace(
        '+ encoder 1.1.0',
        '+ encoder 1.0.0  (not 1.1.0: with encoder 1.1.0, `seen.y` is float32[batch, 4] where `y.x` takes float32[batch, 8])\n+ encoder 1.1.0',
      ),
    );
    assert.match(text(), /base@1\.0\.0:[\s\S]*asked:\n {6}top: "\^1"/);
    // What it says decides what there is to choose.
    await put(base('1.1.0', '~1.2'));
    const before = text();
    assert.equal((await lock('--frozen')).code, 0);
    assert.equal((await lock()).code, 0);
    assert.equal(text(), before);
    assert.equal((await lock('--update', 'base')).code, 0);
    assert.match(
      text(),
      /base@1\.0\.0:[\s\S]*passed_over: "1\.1\.0: base 1\.1\.0 requires encoder ~1\.2, and no version/,
    );
    await put(part('encoder', '1.2.0', 4, 4));
    assert.match(
      (await lock('--update', 'base')).stdout,
      /- base 1\.0\.0\n- encoder 1\.1\.0\n\+ base 1\.1\.0/,
    );
  });

  it('pins the weights that a source takes from what was published of it', async () => {
    const trained = `${part('trained', '1.0.0', 4, 4)}weights: weights.safetensors\n`;
    writeFileSync(join(root(), 'trained.brique.yaml'), trained);
    const { hash } = await publish(registry(), {
      manifest: trained,
      files: { 'weights.safetensors': safetensors({ 'y.kernel': [4, 4], 'y.bias': [4] }) },
    });
    writeFileSync(join(root(), 'points.brique.yaml'), POINTS);
    writeFileSync(
      join(root(), 'top.brique.yaml'),
      `kind: model
name: top
version: 0.1.0
data: { points: points@^1 }
parts: { trained: { module: trained@^1, in: points.x, weights: pretrained } }
tasks: { y: { output: trained.y, target: points.x, loss: mse } }
`,
    );
    assert.match((await lock()).stdout, /\+ trained 1\.0\.0/);
    assert.ok(text().includes(`trained@1.0.0:\n    from: ".brique/registry"\n    hash: ${hash}\n`), text());
    assert.equal((await lock('--frozen')).code, 0);
    rmSync(join(registry(), 'trained/1.0.0/weights.safetensors'));
    const gone = /version-broken\n.*`trained 1\.0\.0` ships weights that are gone: there is no .*trained/;
    assert.match((await brique(root(), 'check')).stdout, gone);
    const refused = await lock('--frozen');
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, gone);
  });

  it('says that a folder stands in its place', async () => {
    mkdirSync(join(root(), 'brique.lock'));
    const { code, stderr } = await lock();
    assert.deepEqual([code, stderr.trim()], [2, 'error: brique.lock is a folder, and must be a file']);
    assert.equal((await brique(root(), 'check')).code, 0);
  });

  it('has nothing to do where nothing is published', async () => {
    writeFileSync(join(root(), 'user.brique.yaml'), part('alone', '1.0.0', 4, 4));
    const { code, stderr } = await lock();
    assert.equal(code, 0);
    assert.match(stderr, /nothing to lock/);
    assert.equal((await lock('--frozen')).code, 0);
  });
});
