import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../data/fixture';
import { forEachExecutor } from '../executors';
import { MODEL, planFor, runHere, writeWorkspace } from '../train/workspace';

const TRAIN = '  optimizer: { adam: { learning_rate: 3e-2 } }\n  seed: 5\n';

forEachExecutor('the receipt of a run', (executor) => {
  const root = temporaryFolder();

  async function receipt(train: string, parts: [from: string, to: string][] = []) {
    const model = parts.reduce((text, [from, to]) => text.replace(from, to), MODEL.replace(TRAIN, train));
    writeWorkspace(root(), { 'plain.brique.yaml': model });
    const { folder, state } = await runHere(executor(), root(), { plan: planFor(root()) });
    assert.equal(state.failure, undefined);
    const lines = state.report!.receipt!;
    assert.deepEqual(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')).receipt, lines);
    const told = state.messages.filter(({ code }) => code === 'setting-without-effect');
    assert.equal(told.length, lines.filter((line) => line.state === 'without effect').length);
    return Object.fromEntries(lines.map(({ setting, ...rest }) => [setting, rest]));
  }

  it('tells what was used and what was there by default', async () => {
    const lines = await receipt(`${TRAIN}  schedule: cosine\n  clip_norm: 1e-3\n`);
    assert.deepEqual(lines, {
      'train.epochs': { value: '6', state: 'used' },
      'train.batch': { value: '16', state: 'used' },
      'train.optimizer.adam.learning_rate': { value: '0.03', state: 'used' },
      'train.optimizer.adam.beta1': { value: '0.9', state: 'default' },
      'train.optimizer.adam.beta2': { value: '0.999', state: 'default' },
      'train.optimizer.adam.epsilon': { value: '1e-8', state: 'default' },
      'train.optimizer.adam.weight_decay': { value: '0', state: 'default' },
      'train.seed': { value: '5', state: 'used' },
      'train.clip_norm': { value: '0.001', state: 'used' },
      'train.schedule.warmup': { value: '0', state: 'used' },
      'train.schedule.decay': { value: 'cosine', state: 'used' },
      'train.schedule.end': { value: '0', state: 'used' },
      'evaluate.on': { value: 'test', state: 'used' },
      'evaluate.slices': { value: 'reviews.class', state: 'used' },
      'evaluate.require.mood.accuracy': { value: '>= 0.9', state: 'used' },
    });
  });

  it('finds what had no effect, and says why', async () => {
    const idle = await receipt(`${TRAIN}  clip_norm: 1e6\n  examples: 5000\n  layer_decay: 0.5\n`, [
      ['in: words.tokens }', 'in: words.tokens, train: frozen, learning_rate: 1e-3 }'],
      [
        'params: { classes: 2 } }',
        'params: { classes: 2 }, learning_rate: 2e-2, train: [{ full: 9 }, frozen] }',
      ],
    ]);
    const found = Object.entries(idle).flatMap(([setting, { state, why }]) =>
      state === 'without effect' ? [[setting, why]] : [],
    );
    assert.deepEqual(Object.fromEntries(found), {
      'train.clip_norm': 'no gradient was longer',
      'train.examples': 'there are no more rows',
      'train.layer_decay': 'only the last layer learns',
      'train.optimizer.adam.learning_rate': 'every part that learns has its own',
      'parts.encoder.learning_rate': 'nothing of the part learned',
      'parts.head.train': 'training ended before frozen',
    });
    assert.deepEqual(idle['parts.encoder.train'], { value: 'frozen', state: 'used' });
  });
});
