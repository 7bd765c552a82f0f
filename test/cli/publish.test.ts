import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSafetensors } from '../../engine/data/safetensors';
import { Registry } from '../../registry/published/registry';
import { verify } from '../../registry/published/verify';
import { run as runFacts } from '../../registry/run-facts';
import { temporaryFolder } from '../engine/data/fixture';
import { writeWorkspace } from '../engine/train/workspace';
import { start as begin, brique, needsBundle } from './brique';

const BRICK = 'encoder.brique.yaml';

/** Another composition that takes the encoder as it was published, with the vocabulary that came with it. */
const REUSING = `kind: model
name: reusing
version: 0.1.0
data: { reviews: plain-reviews@^1 }
parts:
  words:
    module: std/text-vectorizer@^1
    in: { text: reviews.text }
    params: { vocab: 60, length: 8 }
    weights: pretrained
  encoder: { module: encoder@^1, in: words.tokens, weights: pretrained, train: frozen }
  head: { module: std/classifier@^1, in: encoder.features, params: { classes: 2 } }
tasks:
  mood: { output: head.logits, target: reviews.class, loss: cross_entropy, metrics: [accuracy] }
train: { epochs: 2, batch: 16, seed: 11, examples: 40 }
`;

describe('brique publish', function () {
  this.timeout(60_000);
  needsBundle();
  const root = temporaryFolder();
  const registry = () => join(root(), '.brique/registry');
  const brick = () => readFileSync(join(root(), BRICK), 'utf8');
  const change = (from: string | RegExp, to: string) => {
    const text = brick();
    const changed = text.replace(from, to);
    assert.notEqual(changed, text);
    writeFileSync(join(root(), BRICK), changed);
  };

  beforeEach(() => writeWorkspace(root(), { 'reusing.brique.yaml': REUSING }));

  const train = async (model: string) => {
    const { stdout, stderr, code } = await brique(
      root(),
      'train',
      model,
      '--json',
      '--set',
      'train.epochs=2',
    );
    return { code, stderr, ...(JSON.parse(stdout) as { run: string; folder: string }) };
  };
  const publish = async (...options: string[]) => {
    const { code, stdout, stderr } = await brique(root(), 'publish', 'encoder', '--json', ...options);
    return { code, stderr, document: JSON.parse(stdout) };
  };
  const tensors = (file: string) => readSafetensors(readFileSync(file), file);

  it('takes the weights of a run, under the names of the brick, with where they come from', async () => {
    const { run, folder } = await train('plain');
    const { code, document } = await publish('--run', 'latest');
    assert.deepEqual([code, document.published, document.version], [0, true, '1.0.0']);
    const release = new Registry(registry()).release('encoder', '1.0.0')!;
    const { trained, files } = new Registry(registry()).integrityOf(release);
    assert.deepEqual([trained?.run, trained?.model, trained?.part], [run, 'plain@0.1.0', 'encoder']);
    assert.deepEqual(
      trained?.data.map(({ name, hash }) => [name, hash.length]),
      [['plain-reviews', 64]],
    );
    assert.deepEqual(Object.keys(files), ['card.md', 'module.brique.yaml', 'weights.safetensors']);
    const place = join(registry(), 'encoder/1.0.0');
    const published = tensors(join(place, 'weights.safetensors'));
    const kept = tensors(join(root(), folder, 'weights/encoder.safetensors'));
    assert.deepEqual([...published.tensors.keys()], ['embedded.table']);
    assert.deepEqual(published.tensors.get('embedded.table'), kept.tensors.get('embedded/table'));
    assert.match(readFileSync(join(place, 'module.brique.yaml'), 'utf8'), /^weights: weights\.safetensors$/m);
    assert.match(readFileSync(join(place, 'card.md'), 'utf8'), /## Limitations\n\nMany\./);
    assert.deepEqual(await verify(registry()), []);
  });

  it('keeps what the run measured, and publishes nothing that is promised and not kept', async () => {
    const reasons = async (...options: string[]) => {
      const { code, document } = await publish(...options);
      return [code, (document.reasons ?? []).map(({ code: why }: { code: string }) => why)];
    };
    change('card:', "guarantees: { mood.accuracy: '>= 0.01' }\ncard:");
    assert.deepEqual(await reasons(), [1, ['guarantee-unmeasured']]);
    const { folder } = await train('plain');
    assert.deepEqual(await reasons('--run', 'latest'), [0, []]);
    const release = new Registry(registry()).release('encoder', '1.0.0')!;
    const { measured } = new Registry(registry()).integrityOf(release).trained!;
    const report = JSON.parse(readFileSync(join(root(), folder, 'report.json'), 'utf8'));
    assert.equal(measured?.split, 'test');
    assert.deepEqual(
      measured.values.find(({ metric }) => metric === 'mood.accuracy'),
      {
        metric: 'mood.accuracy',
        value: report.tasks.mood.metrics.accuracy,
        rows: report.tasks.mood.examples,
      },
    );
    change('0.01', '0.005');
    assert.deepEqual(await reasons('--run', 'latest', '--version', '1.0.1'), [1, ['bump-too-small']]);
    change('>= 0.005', '> 1');
    const broken = await publish('--run', 'latest', '--version', '2.0.0');
    assert.deepEqual(
      broken.document.reasons.map(({ code }: { code: string }) => code),
      ['guarantee-broken'],
    );
    assert.match(broken.document.reasons[0].message, /`mood.accuracy` > 1, and in plain-\S+ it is [\d.]+/);
    change('mood.accuracy', 'mood.recall');
    const unmeasured = await publish('--run', 'latest', '--version', '2.0.0');
    assert.match(unmeasured.document.reasons[0].help, /It measured mood.accuracy/);
  });

  it('closes the loop: what is taken frozen is, to the bit, what was published', async () => {
    const before = await train('reusing');
    assert.equal(before.code, 1, 'nothing that ships no weights is trained as if it did');
    await train('plain');
    assert.equal((await publish('--run', 'plain')).code, 0);
    const { code, folder, run } = await train('reusing');
    assert.equal(code, 0);
    const published = tensors(join(registry(), 'encoder/1.0.0/weights.safetensors'));
    const used = tensors(join(root(), folder, 'weights/encoder.safetensors'));
    assert.deepEqual(used.tensors.get('embedded/table'), published.tensors.get('embedded.table'));
    assert.equal(used.metadata.lineage, published.metadata.lineage, 'words have the numbers that they had');
    const record = JSON.parse(readFileSync(join(root(), folder, 'run.json'), 'utf8'));
    assert.deepEqual(
      record.bricks.map(({ weights }: { weights: string }) => weights),
      ['encoder@1.0.0', 'encoder@1.0.0', 'fresh'],
    );
    const facts = runFacts(join(root(), 'reusing.brique.yaml'), 'reusing');
    assert.ok(facts !== 'unknown');
    const left = Object.fromEntries(facts.parts.map((part) => [part.name, part]));
    assert.deepEqual([facts.id, left.encoder?.isFrozen, left.head?.isFrozen], [run, true, false]);
    assert.deepEqual(left.head?.above.toSorted(), ['encoder', 'words']);
    assert.match(JSON.stringify(left.encoder?.from), /"name":"encoder","version":"1\.0\.0"/);
    assert.match(left.head?.weights ?? '', /^[0-9a-f]{64}$/);
    assert.equal(left.words?.weights, undefined, 'a vocabulary is no weights');
    // The header of what was published is read before anything is trained.
    const smaller = REUSING.replace('name: reusing', 'name: smaller').replace(
      'encoder@^1,',
      'encoder@^1, params: { vocab: 50 },',
    );
    writeFileSync(join(root(), 'smaller.brique.yaml'), smaller);
    const found = (await brique(root(), 'check', 'smaller.brique.yaml', '--no-cache')).stdout;
    assert.match(
      found,
      /pretrained-mismatch\n {2}`embedded.table` of `encoder` 1.0.0 is \[60, 8\], and \[50, 8\]/,
    );
    // What goes on learning is not what the head was trained on.
    writeFileSync(
      join(root(), 'other.brique.yaml'),
      REUSING.replace('name: reusing', 'name: other')
        .replace('train: frozen', 'train: full')
        .replace('classes: 2 } }', 'classes: 2 }, weights: run:reusing, train: frozen }'),
    );
    const check = async () => (await brique(root(), 'check', 'other.brique.yaml', '--no-cache')).stdout;
    assert.doesNotMatch(await check(), /head-stale/);
    assert.equal((await train('plain')).code, 0);
    assert.equal((await publish('--run', 'plain', '--version', '1.1.0')).code, 0);
    change('version: 1.0.0', 'version: 1.1.0');
    assert.doesNotMatch(await check(), /head-stale/, 'trained again, they are the same to the bit');
    change('version: 1.1.0', 'version: 1.0.0');
    const seed = ['--set', 'train.seed=6', '--set', 'train.epochs=2'];
    assert.equal((await brique(root(), 'train', 'plain', ...seed)).code, 0);
    assert.equal((await publish('--run', 'plain', '--version', '1.2.0')).code, 0);
    change('version: 1.0.0', 'version: 1.2.0');
    assert.match(await check(), /error head-stale\n {2}`head` was trained on `encoder` 1\.0\.0, but/);
    change('version: 1.2.0', 'version: 1.0.0');
    // Its frozen encoder is what 1.0.0 ships, so there is nothing new to publish; its parents say so.
    const again = await publish('--run', run);
    assert.deepEqual([again.code, again.document.reasons[0].code], [1, 'already-published']);
    const { document } = await publish('--run', run, '--version', '1.0.1');
    assert.deepEqual(
      document.weights.parents.map(
        ({ name, version }: { name: string; version: string }) => `${name}@${version}`,
      ),
      ['encoder@1.0.0'],
    );
    change('version: 1.0.0', 'version: 1.0.1');
    const file = join(registry(), 'encoder/1.0.1/weights.safetensors');
    const bytes = readFileSync(file);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(file, bytes);
    const damaged = await brique(root(), 'train', 'reusing');
    assert.equal(damaged.code, 2);
    assert.match(damaged.stderr, /are not what was published as encoder 1\.0\.1/);
  });

  it('finds the version itself, or says what it must be', async () => {
    await train('plain');
    await publish('--run', 'latest');
    change('global_avg_pool', 'global_max_pool');
    change('batch, 8]', 'batch, 8]\n  count: int32[batch, seq]');
    change('  features: { op', '  count: { op: cast, in: tokens, to: int32 }\n  features: { op');
    const small = await publish();
    const [reason] = small.document.reasons;
    assert.equal(small.code, 1);
    assert.equal(reason.code, 'already-published');
    assert.match(reason.message, /it must be at least 2\.0\.0/, 'it ships no weights any more');
    await train('plain');
    const minor = await publish('--run', 'latest');
    assert.match(minor.document.reasons[0].message, /minor .*it must be at least 1\.1\.0/);
    const held = brick();
    const aside = await publish('--run', 'latest', '--version', '1.3.0');
    assert.deepEqual([aside.code, aside.document.version, brick()], [0, '1.3.0', held]);
    change('batch, 8]\n', 'batch, 8]\n  more: int32[batch, seq]\n');
    change('  features: { op', '  more: { op: cast, in: tokens, to: int32 }\n  features: { op');
    await train('plain');
    const bumped = await publish('--run', 'latest', '--bump');
    assert.deepEqual([bumped.code, bumped.document.version], [0, '1.4.0']);
    assert.match(brick(), /^version: 1\.4\.0$/m);
    assert.deepEqual(
      new Registry(registry()).releases('encoder').map(({ version }) => version),
      ['1.4.0', '1.3.0', '1.0.0'],
    );
  });

  it('gives every reason against it at once, and writes nothing', async () => {
    await train('plain');
    change('default: 60', 'default: 90');
    change(', limitations: Many.', '');
    const { code, document } = await publish('--run', 'latest', '--version', '1.0');
    assert.equal(code, 1);
    assert.deepEqual(
      document.reasons.map((reason: { code: string }) => reason.code),
      ['card-incomplete', 'weights-mismatch', 'version-invalid'],
    );
    const [, misfit] = document.reasons;
    assert.match(
      misfit.message,
      /`embedded\.table` is \[90, 8\] by the brick's defaults, and \[60, 8\] in the run/,
    );
    assert.match(misfit.help, /`vocab: 60`/);
    assert.equal(existsSync(registry()), false);
  });

  it('publishes no brick whose tests fail', async () => {
    change("features: 'float32[2, 8]'", "features: { type: 'float32[2, 8]', range: [5, 6] }");
    const { code, document } = await publish();
    assert.equal(code, 1);
    assert.equal(document.reasons.length, 1);
    assert.equal(document.reasons[0].code, 'test-failed');
    assert.match(document.reasons[0].message, /keeps the batch/);
    assert.equal(existsSync(registry()), false);
  });

  it('refuses weights of another computation, and tells of another text', async () => {
    await train('plain');
    change('global_avg_pool', 'global_max_pool');
    const other = await publish('--run', 'latest');
    assert.match(
      other.document.reasons[0].message,
      /`features` is `global_max_pool`, and was `global_avg_pool` in the run; the brick has changed since/,
    );
    change('global_max_pool', 'global_avg_pool');
    change('name: encoder\n', 'name: encoder\nsummary: Words as one vector.\n');
    const text = await publish('--run', 'latest', '--dry-run');
    assert.deepEqual([text.code, text.document.published], [0, false]);
    assert.match(text.document.notes[0], /not the one that plain-.* trained; its weights fit all the same/);
    assert.equal(existsSync(registry()), false, 'a dry run writes nothing');
  });

  it('says what it needs where it is used wrongly', async () => {
    const ask = async (...args: string[]) => {
      const { code, stderr } = await brique(root(), 'publish', ...args);
      return `${code} ${stderr}`;
    };
    assert.match(await ask('encodr'), /^2 .*no brick encodr in this workspace; did you mean encoder\?/);
    assert.match(await ask('plain.brique.yaml'), /^2 .*is no brick/);
    assert.match(await ask('encoder', '--run', 'latest'), /^1 [\s\S]*No run has trained encoder to its end/);
    assert.match(await ask('encoder', '--bump', '--version', '2.0.0'), /^2 .*leave --version out/);
    assert.match(await ask('encoder', '--version', '1.2'), /^1 [\s\S]*a version is three numbers/);
    change(': encoder\n', ': encoder\nweights: weights.safetensors\n');
    assert.match(
      await ask('encoder'),
      /^1 [\s\S]*names its weights `weights\.safetensors`, which are not beside it/,
    );
  });

  it('lets one of two win that publish at once', async () => {
    await train('plain');
    const once = () => brique(root(), 'publish', 'encoder', '--run', 'latest');
    const ended = await Promise.all([once(), once()]);
    const [lost, ...others] = ended.filter(({ code }) => code !== 0);
    assert.deepEqual(others, []);
    assert.match(lost?.stderr ?? 'both won', /encoder 1\.0\.0 is already published/);
    assert.deepEqual(await verify(registry()), []);
  });

  it('leaves all or nothing, whenever it is killed', async () => {
    await train('plain');
    const start = performance.now();
    assert.equal((await publish('--run', 'latest', '--dry-run')).code, 0);
    const whole = performance.now() - start;
    for (let attempt = 0; attempt < 6; attempt++) {
      const { child, ended } = begin(
        root(),
        'publish',
        'encoder',
        '--run',
        'latest',
        '--version',
        `1.${attempt}.0`,
      );
      const killed = setTimeout(() => child.kill('SIGKILL'), whole * (0.6 + 0.5 * Math.random()));
      const { code } = await ended;
      clearTimeout(killed);
      assert.deepEqual(await verify(registry()), [], 'what is there is whole');
      const versions = new Registry(registry()).releases('encoder').map(({ version }) => version);
      if (code === 0) assert.ok(versions.includes(`1.${attempt}.0`));
    }
    assert.equal((await publish('--run', 'latest', '--version', '2.0.0')).code, 0);
    const staging = join(registry(), '.staging');
    assert.deepEqual(existsSync(staging) ? readdirSync(staging) : [], [], 'the next one clears up');
  });
});
