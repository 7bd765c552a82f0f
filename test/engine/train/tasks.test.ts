import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { hashFile } from '../../../engine/data/cache';
import { mixedBatches } from '../../../engine/train/mix';
import { StopSignal } from '../../../engine/train/stop-signal';
import { validateRunEvent } from '../../../protocol/generated/validate';
import { temporaryFolder } from '../data/fixture';
import { forEachExecutor } from '../executors';
import { MODEL, planFor, runHere, writeWorkspace } from './workspace';

const LETTERS = `kind: dataset
name: letters
version: 1.0.0
files: { all: letters.csv }
columns:
  body: { type: string }
  topic: { type: category, values: [post, sport, food] }
splits: { train: 0.6, validation: 0.2, test: 0.2, seed: 3, stratify: topic }
`;

/** Mood of the reviews and topic of the letters, read by one encoder. */
const BOTH = MODEL.replace('name: plain', 'name: both')
  .replace('data: { reviews: plain-reviews@^1 }', 'data: { reviews: plain-reviews@^1, letters: letters@^1 }')
  .replace(
    'tasks:\n',
    `  letter_words: { share: words, in: { text: letters.body } }
  letter_encoder: { share: encoder, in: letter_words.tokens }
  topics: { module: std/classifier@^1, in: letter_encoder.features, params: { classes: 3 } }
tasks:
  topic: { output: topics.logits, target: letters.topic, loss: cross_entropy, weight: 0.5, metrics: [accuracy] }
`,
  )
  .replace('seed: 5', 'seed: 5\n  checkpoint: last')
  .replace(
    "slices: [reviews.class], require: { mood.accuracy: '>= 0.9' }",
    "require: { topic.accuracy: '>= 0.8' }",
  )
  .replace('epochs: 6', 'epochs: 12');

function write(root: string, model = BOTH): void {
  writeWorkspace(root, { 'letters.brique.yaml': LETTERS, 'both.brique.yaml': model });
  const words = ['superb case', 'broken screen', 'sad battery'];
  const lines = Array.from(
    { length: 90 },
    (_, i) => `the ${words[i % 3]} ${i},${['post', 'sport', 'food'][i % 3]}`,
  );
  writeFileSync(join(root, 'letters.csv'), `body,topic\n${lines.join('\n')}\n`);
}

const weight = (folder: string, part: string) => hashFile(join(folder, `weights/${part}.safetensors`));

forEachExecutor('several tasks on several datasets', (executor) => {
  const root = temporaryFolder();

  it('learn in one model, each judged on its own data, in valid events', async () => {
    write(root());
    const { folder, state } = await runHere(executor(), root(), {
      plan: planFor(root(), 'both.brique.yaml'),
    });
    assert.equal(state.failure, undefined);
    const { mood, topic } = state.report!.tasks;
    assert.deepEqual([mood!.examples, topic!.examples], [40, 18]);
    assert.ok(
      Number(mood!.metrics.accuracy) > 0.9 && Number(topic!.metrics.accuracy) > 0.9,
      JSON.stringify(state.report),
    );
    assert.equal(state.report!.requirements[0]!.met, true);
    // 120 and 54 rows in batches of 16.
    assert.equal(state.step, 12 * (8 + 4));
    const last = state.epochsDone.at(-1)!;
    const own = Number(last.train['mood.loss']) + 0.5 * Number(last.train['topic.loss']);
    assert.ok(Math.abs(Number(last.train.loss) - own) < 1e-9);
    assert.deepEqual(Object.keys(last.validation!).sort(), Object.keys(last.train).concat('mood.f1').sort());
    for (const line of readFileSync(join(folder, 'events.jsonl'), 'utf8').trimEnd().split('\n')) {
      assert.ok(validateRunEvent(JSON.parse(line)), line);
    }
    const again = await runHere(executor(), root(), {
      kind: 'evaluate',
      plan: planFor(root(), 'both.brique.yaml'),
      run: basename(folder),
    });
    assert.deepEqual(again.state.report!.tasks, state.report!.tasks);
  });

  it('go on to the bit within an epoch, with gradients that add up', async () => {
    write(
      root(),
      BOTH.replace('checkpoint: last', 'checkpoint: last\n  accumulate: 3').replace(
        'epochs: 12',
        'epochs: 4',
      ),
    );
    const plan = planFor(root(), 'both.brique.yaml');
    const whole = await runHere(executor(), root(), { plan });
    assert.equal(whole.state.failure, undefined);
    for (const looks of [14, 17, 20]) {
      let seen = 0;
      const stop = new StopSignal();
      Object.defineProperty(stop, 'asked', { get: () => ++seen > looks });
      const { folder, state } = await runHere(executor(), root(), { plan }, stop);
      assert.equal(state.status, 'cancelled');
      const resumed = await runHere(executor(), root(), { plan, resume: basename(folder) });
      assert.equal(weight(folder, 'encoder'), weight(whole.folder, 'encoder'));
      assert.deepEqual(resumed.state.report, whole.state.report);
      assert.deepEqual(
        resumed.state.epochsDone.map(({ train }) => train),
        whole.state.epochsDone.map(({ train }) => train),
      );
    }
  });

  for (const balance of ['uncertainty', 'gradnorm']) {
    it(`are weighed by ${balance}, as curves tell, and to the bit by a run that goes on`, async () => {
      const model = BOTH.replace('seed: 5', `seed: 5\n  balance: ${balance}`).replace(
        'epochs: 12',
        'epochs: 4',
      );
      write(root(), model);
      const plan = planFor(root(), 'both.brique.yaml');
      const whole = await runHere(executor(), root(), { plan });
      assert.equal(whole.state.failure, undefined);
      const weights = whole.state.epochsDone.map(({ train }) => [
        train['mood.weight'],
        train['topic.weight'],
      ]);
      assert.equal(new Set(weights.flat()).size, 8, JSON.stringify(weights));
      // Each as it was in the last batch of its own dataset.
      if (balance === 'gradnorm')
        for (const [mood, topic] of weights) assert.ok(Math.abs(Number(mood) + Number(topic) - 1.5) < 0.05);
      assert.ok(whole.state.curves['mood.weight']!.steps.values.length > 0);
      assert.equal(whole.state.headline!.name, 'topic.accuracy');
      assert.deepEqual(
        whole.state.report!.receipt!.find(({ setting }) => setting === 'train.balance'),
        { setting: 'train.balance', value: balance, state: 'used' },
      );
      let seen = 0;
      const stop = new StopSignal();
      Object.defineProperty(stop, 'asked', { get: () => ++seen > 17 });
      const { folder } = await runHere(executor(), root(), { plan }, stop);
      const resumed = await runHere(executor(), root(), { plan, resume: basename(folder) });
      assert.equal(weight(folder, 'encoder'), weight(whole.folder, 'encoder'));
      assert.deepEqual(
        resumed.state.epochsDone.map(({ train }) => train),
        whole.state.epochsDone.map(({ train }) => train),
      );
    });
  }

  it('are weighed by gradnorm with an alpha of their own', async () => {
    write(
      root(),
      BOTH.replace('seed: 5', 'seed: 5\n  balance: { gradnorm: { alpha: 0.5 } }').replace(
        'epochs: 12',
        'epochs: 1',
      ),
    );
    const plan = planFor(root(), 'both.brique.yaml');
    assert.deepEqual([plan.train.balance, plan.train.balance_alpha], ['gradnorm', 0.5]);
    const { state } = await runHere(executor(), root(), { plan });
    assert.deepEqual(
      state.report!.receipt!.filter(({ setting }) => setting.startsWith('train.balance')),
      [{ setting: 'train.balance.gradnorm.alpha', value: '0.5', state: 'used' }],
    );
  });

  it('may be added to a trained model without touching what it has learned', async () => {
    write(root());
    const plain = await runHere(executor(), root(), { plan: planFor(root()) });
    const added = BOTH.replace(
      'params: { vocab: 60, length: 8 } }',
      'params: { vocab: 60, length: 8 }, weights: run:plain }',
    )
      .replace(
        'encoder@^1, in: words.tokens }',
        'encoder@^1, in: words.tokens, weights: run:plain, train: frozen }',
      )
      .replace(
        'in: encoder.features, params: { classes: 2 } }',
        'in: encoder.features, params: { classes: 2 }, weights: run:plain, train: frozen }',
      );
    write(root(), added);
    const { folder, state } = await runHere(executor(), root(), {
      plan: planFor(root(), 'both.brique.yaml'),
    });
    assert.equal(state.failure, undefined);
    for (const part of ['encoder', 'head']) assert.equal(weight(folder, part), weight(plain.folder, part));
    assert.deepEqual(state.report!.tasks.mood!.metrics, plain.state.report!.tasks.mood!.metrics);
    assert.ok(Number(state.report!.tasks.topic!.metrics.accuracy) > 0.6);
    const [first, newest] = [state.epochsDone[0]!, state.epochsDone.at(-1)!];
    assert.ok(Number(newest.train['topic.loss']) < Number(first.train['topic.loss']));
  });
});

describe('batches of several datasets', () => {
  it('hold every row once, evenly mixed, groups together', () => {
    const batches = mixedBatches([100, 30], { batch: 8, accumulate: 2, seed: 4 }, 2);
    for (const [lane, count] of [100, 30].entries()) {
      const rows = batches.filter((each) => each.lane === lane).flatMap((each) => [...each.rows]);
      assert.deepEqual(
        rows.sort((a, b) => a - b),
        Array.from({ length: count }, (_, i) => i),
      );
    }
    assert.equal(batches.length, 13 + 4);
    assert.equal(batches.filter(({ last }) => last).length, 7 + 2);
    for (const [i, { lane, last }] of batches.entries()) if (!last) assert.equal(batches[i + 1]!.lane, lane);
    const places = batches.flatMap(({ lane, last }, i) => (lane === 1 && last ? [i] : []));
    assert.ok(places[0]! < 8 && places[1]! > 8, String(places));
    assert.deepEqual(batches, mixedBatches([100, 30], { batch: 8, accumulate: 2, seed: 4 }, 2));
    assert.notDeepEqual(batches, mixedBatches([100, 30], { batch: 8, accumulate: 2, seed: 4 }, 3));
  });
});
