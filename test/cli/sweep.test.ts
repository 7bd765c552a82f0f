import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { grid, random, rounds } from '../../cli/sweep/candidates';
import { declaredRanges, type Tried, writtenRanges } from '../../cli/sweep/ranges';
import { Workspace } from '../../language/workspace';
import { readRun } from '../../protocol/runs/read';
import { temporaryFolder } from '../engine/data/fixture';
import { MODEL, writeWorkspace } from '../engine/train/workspace';
import { brique, needsBundle, start } from './brique';

const rate: Tried = { path: ['train', 'rate'], min: 1e-4, max: 1e-2, scale: 'log', int: false };
const size: Tried = { path: ['head', 'size'], min: 1, max: 8, scale: 'linear', int: true };
const word = { path: ['head', 'activation'], values: ['relu', 'tanh'] };
const texts = (candidates: { value: string }[][]) =>
  candidates.map((each) => each.map(({ value }) => value).join(' '));

describe('what a sweep tries', () => {
  it('is every combination in a grid, with ranges from end to end', () => {
    assert.deepEqual(texts(grid([word, rate], 3)), [
      ...['relu 0.0001', 'relu 0.001', 'relu 0.01'],
      ...['tanh 0.0001', 'tanh 0.001', 'tanh 0.01'],
    ]);
    assert.deepEqual(texts(grid([size], 3)), ['1', '5', '8']);
  });

  it('is drawn at random, each once, within the ranges, and the same for the same seed', () => {
    const drawn = random([rate, size, word], 40, 3);
    assert.equal(new Set(texts(drawn)).size, 40);
    assert.deepEqual(drawn, random([rate, size, word], 40, 3));
    assert.notDeepEqual(drawn, random([rate, size, word], 40, 4));
    const rates = drawn.map(([each]) => Number(each!.value));
    assert.ok(rates.every((value) => value >= 1e-4 && value <= 1e-2));
    const low = rates.filter((value) => value < 1e-3).length;
    assert.ok(low > 10 && low < 30, `${low} of 40 in the lower half of the logarithm`);
    assert.equal(random([word], 9, 0).length, 2);
  });

  it('is never outside a range, where whole numbers are asked for and its ends are none', () => {
    const odd: Tried = { path: ['a', 'b'], min: 4.6, max: 6.4, scale: 'linear', int: true };
    assert.deepEqual(texts(grid([odd], 3)), ['5', '6']);
    assert.deepEqual([...new Set(texts(random([odd], 9, 1)))].sort(), ['5', '6']);
  });

  it('is a third of the candidates for three times as long, round by round', () => {
    assert.deepEqual(rounds(9, 18), [
      { candidates: 9, epochs: 2 },
      { candidates: 3, epochs: 6 },
      { candidates: 1, epochs: 18 },
    ]);
    assert.deepEqual(rounds(9, 2), [{ candidates: 9, epochs: 2 }]);
    assert.deepEqual(rounds(1, 50), [{ candidates: 1, epochs: 50 }]);
  });

  it('is read from the composition and from the command line', () => {
    const text = MODEL.replace(
      '  seed: 5',
      '  seed: 5\n  sweep: { head.dropout: [0.1, 0.2], train.batch: { min: 8, max: 32, int: true } }',
    );
    const workspace = new Workspace();
    workspace.setFile('plain.brique.yaml', text);
    const declaration = workspace.source('plain.brique.yaml')?.declaration;
    assert.ok(declaration?.kind === 'model');
    assert.deepEqual(declaredRanges(declaration.train), [
      { path: ['head', 'dropout'], values: ['0.1', '0.2'] },
      { path: ['train', 'batch'], min: 8, max: 32, scale: 'linear', int: true },
    ]);
    const { tried, fixed } = writtenRanges([
      { path: ['a', 'b'], value: '1, 2, 1' },
      { path: ['a', 'c'], value: '[1, 2]' },
    ]);
    assert.deepEqual(
      [tried, fixed],
      [[{ path: ['a', 'b'], values: ['1', '2'] }], [{ path: ['a', 'c'], value: '[1, 2]' }]],
    );
  });
});

describe('brique sweep', () => {
  needsBundle();
  const root = temporaryFolder();
  const eager = ['--engine', 'eager'];
  const states = () => {
    const runs = join(root(), '.brique', 'runs');
    return readdirSync(runs).map((id) => readRun(join(runs, id))!);
  };

  it('makes ordinary runs, several at a time; one that fails or is refused ends no other', async () => {
    writeWorkspace(root());
    const ended = await brique(
      root(),
      ...['sweep', 'plain', '--jobs', '2', '--json', '--set', 'train.epochs=2', ...eager],
      ...['--set', 'train.optimizer.adam.learning_rate=3e-2,1e30', '--set', 'head.classes=2,3'],
    );
    const { metric, best, runs } = JSON.parse(ended.stdout);
    assert.equal(ended.code, 1, ended.stderr);
    assert.equal(metric, 'validation.mood.accuracy');
    assert.deepEqual(runs.map((run: { status?: string }) => run.status ?? 'refused').sort(), [
      'completed',
      'failed',
      'refused',
      'refused',
    ]);
    assert.equal(runs[0].run, best);
    assert.equal(runs[0].status, 'completed');
    assert.ok(runs[0].value > 0.5);
    assert.equal(states().length, 2);
    const won = states().find(({ record }) => record.id === best)!;
    assert.deepEqual(won.record.settings, {
      'train.epochs': '2',
      'train.optimizer.adam.learning_rate': '3e-2',
      'head.classes': '2',
    });
  });

  it('halves what the composition declares, and ends with a table, best first', async function () {
    // Six processes, one after the other.
    this.timeout(180_000);
    const sweep = 'sweep: { head.dropout: [0, 0.5], train.optimizer.adam.learning_rate: [3e-2, 1e-6] }';
    writeWorkspace(root(), {
      'plain.brique.yaml': MODEL.replace('  seed: 5', `  seed: 5\n  ${sweep}`).replace(
        'epochs: 6',
        'epochs: 3',
      ),
    });
    const ended = await brique(root(), 'sweep', 'plain', '--method', 'halving', '--trials', '3', ...eager);
    assert.equal(ended.code, 0, ended.stderr);
    assert.match(ended.stderr, /^round 2 of 2: 1 for 3 epochs$/m);
    const [heading, first, ...others] = ended.stdout.split('\n');
    assert.match(
      heading!,
      /^head\.dropout +train\.optimizer\.adam\.learning_rate +train\.epochs +validation\.mood\.accuracy/,
    );
    assert.match(first!, /0\.03 +3 +\d\.\d+ +3 +completed +plain-/);
    assert.equal(others.filter((line) => / 1 +completed /.test(line)).length, 3);
    assert.match(ended.stdout, /^Best: .*plain-/m);

    const [longest] = states().filter(({ record }) => record.settings['train.epochs'] === '3');
    assert.deepEqual(
      longest!.epochsDone.map(({ epoch }) => epoch),
      [2, 3],
      'the first epoch is that of the round before',
    );
    assert.match(
      longest!.messages.map(({ text }) => text).join('\n'),
      /^Up to epoch 1 it is what run plain-\S+ did, and goes on from there$/m,
    );
    const set = Object.entries(longest!.record.settings).flatMap(([name, value]) => [
      '--set',
      `${name}=${value}`,
    ]);
    const whole = JSON.parse((await brique(root(), 'train', 'plain', '--json', ...set, ...eager)).stdout);
    const hashes = ({ weights }: { weights: { part: string; sha256: string }[] }) =>
      weights.map(({ part, sha256 }) => [part, sha256]);
    assert.deepEqual(hashes(longest!), hashes(whole), 'the same weights as in one go');
  });

  it('is cancelled with all of its runs, and begins no more', async () => {
    writeWorkspace(root(), { 'plain.brique.yaml': MODEL.replace('epochs: 6', 'epochs: 5000') });
    const { child, ended } = start(
      root(),
      'sweep',
      'plain',
      '--jobs',
      '2',
      '--set',
      'train.seed=1,2,3,4',
      ...eager,
    );
    const runs = join(root(), '.brique', 'runs');
    const training = () => {
      try {
        return readdirSync(runs).filter((id) => (readRun(join(runs, id))?.step ?? 0) > 0).length;
      } catch {
        return 0; // No run has begun.
      }
    };
    await new Promise<void>((resolve) => {
      const look = setInterval(() => {
        if (training() < 2) return;
        clearInterval(look);
        resolve();
      }, 50);
    });
    child.kill('SIGINT');
    assert.equal((await ended).code, 130);
    assert.deepEqual(
      states().map(({ status }) => status),
      ['cancelled', 'cancelled'],
    );
  });

  it('says what to do where there is nothing to try, and which metrics there are', async () => {
    writeWorkspace(root());
    const nothing = await brique(root(), 'sweep', 'plain', ...eager);
    assert.equal(nothing.code, 2);
    assert.match(nothing.stderr, /There is nothing to try\n {2}Name values/);
    const range = MODEL.replace('  seed: 5', '  seed: 5\n  sweep: { head.dropout: { min: a, max: 0.5 } }');
    writeWorkspace(root(), { 'plain.brique.yaml': range });
    const wrong = await brique(root(), 'sweep', 'plain', ...eager);
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /`min` must be a number, not text[\s\S]*plain\.brique\.yaml has an error/);
    writeWorkspace(root(), { 'plain.brique.yaml': range.replace('min: a', 'min: 0.7') });
    const empty = await brique(root(), 'sweep', 'plain', ...eager);
    assert.equal(empty.code, 1);
    assert.match(empty.stderr, /sweep-range-empty[\s\S]*it ends before it begins: 0\.7 to 0\.5/);
    writeWorkspace(root());
    const metric = await brique(
      root(),
      'sweep',
      'plain',
      '--set',
      'train.seed=1,2',
      '--metric',
      'test.mood.f1',
      ...eager,
    );
    assert.equal(metric.code, 2);
    assert.match(metric.stderr, /There are train\.loss, .*validation\.mood\.accuracy/);
  });
});
