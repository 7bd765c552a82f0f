import assert from 'node:assert/strict';
import type { ModelCost } from '../../language/plan/cost';
import { encoder, model, points, scene } from './scene';

const files = { 'points.brique.yaml': points, 'encoder.brique.yaml': encoder };

function costOf(change: (text: string) => string = (text) => text): ModelCost {
  const text = model((before) =>
    change(before.replace('train: { epochs: 2 }', 'train: { epochs: 2, batch: 10 }')),
  );
  const { workspace, file } = scene({ ...files, 'demo.brique.yaml': `<|>${text}` });
  assert.deepEqual(
    workspace.check(file).filter(({ severity }) => severity === 'error'),
    [],
  );
  return workspace.cost(file)!;
}

/** An embedding of 100 × 16, a mean over 12 words, dropout, and a dense layer of 16 × 2 with a bias. */
const table = 100 * 16;
const dense = 16 * 2 + 2;
const rows = 10;
const bytes = {
  tokens: rows * 12 * 4,
  embedded: rows * 12 * 16 * 4,
  features: rows * 16 * 4,
  logits: rows * 2 * 4,
};

describe('the cost of a composition', () => {
  it('counts parameters and what learns', () => {
    const { parameters, trainable, parts, flops } = costOf();
    assert.deepEqual([parameters, trainable], [table + dense, table + dense]);
    // A dense layer multiplies and adds; dropout draws and scales.
    assert.deepEqual(parts.get('head'), { parameters: dense, trainable: dense, flops: 2 * 16 * 2 + 2 * 16 });
    assert.ok(flops! >= 2 * 16 * 2);
  });

  it('adds up the memory of training', () => {
    const { memory, batch, optimizer } = costOf();
    assert.deepEqual([batch, optimizer], [rows, 'adam']);
    // The mean and dropout keep their results too.
    const activations = bytes.tokens + bytes.embedded + 2 * bytes.features + bytes.logits;
    const weights = 4 * (table + dense);
    assert.deepEqual(memory, {
      weights,
      gradients: weights,
      optimizer: 2 * weights,
      activations,
      total: 4 * weights + activations,
    });
  });

  it('keeps nothing of what lies below the first weight that learns', () => {
    const frozen = costOf((text) => text.replace('in: words.tokens }', 'in: words.tokens, train: frozen }'));
    assert.deepEqual([frozen.parameters, frozen.trainable], [table + dense, dense]);
    assert.deepEqual(frozen.memory, {
      weights: 4 * (table + dense),
      gradients: 4 * dense,
      optimizer: 8 * dense,
      activations: bytes.features + bytes.logits,
      total: 4 * (table + dense) + 12 * dense + bytes.features + bytes.logits,
    });
  });

  it('counts the phase of a schedule that needs most', () => {
    const schedule = costOf((text) =>
      text.replace('in: words.tokens }', 'in: words.tokens, train: [{ frozen: 1 }, full] }'),
    );
    assert.deepEqual(schedule.memory, costOf().memory);
    assert.equal(schedule.trainable, table + dense);
  });

  it('knows optimizers that remember less', () => {
    const plain = costOf((text) => text.replace('batch: 10', 'batch: 10, optimizer: sgd'));
    assert.equal(plain.memory!.optimizer, 0);
    const momentum = costOf((text) =>
      text.replace('batch: 10', 'batch: 10, optimizer: { sgd: { momentum: 0.9 } }'),
    );
    assert.equal(momentum.memory!.optimizer, momentum.memory!.gradients);
  });
});
