import assert from 'node:assert/strict';
import { measure, metricNames } from '../../../engine/evaluate/metrics/metrics';
import { type Outcome, outcomeAt, outcomeOf } from '../../../engine/evaluate/outcome';
import type { HostTensor } from '../../../engine/step/program';
import { allMetrics } from '../../../language/ops/metrics';
import type { PlanTask } from '../../../language/plan/format';
import { tensor } from '../graph/tensors';

const floats = (shape: number[], ...data: number[]): HostTensor => tensor(shape, (i) => data[i]!);
const ints = (shape: number[], ...data: number[]): HostTensor => tensor(shape, (i) => data[i]!, 'int32');

function outcome(loss: string, predictions: HostTensor, targets: HostTensor): Outcome {
  const task: PlanTask = {
    name: 'task',
    data: 'data',
    output: 'net/out.out',
    target: 'data.y',
    loss,
    weight: 1,
    metrics: [],
    at: { file: 'm', line: 1 },
  };
  return outcomeOf(task, predictions, targets);
}

const tried = new Set<string>();
function is(of: Outcome, name: string, expected: number, loss?: number): void {
  tried.add(name);
  const actual = measure(name, of, loss);
  const same = Number.isNaN(expected) ? Number.isNaN(actual) : Math.abs(actual - expected) < 1e-6;
  assert.ok(same, `${name} is ${actual}, not ${expected}`);
}

describe('metrics of one class', () => {
  /** Of class 0: 2, of 1: 3, of 2: 1; predicted 0, 1, 1, 1, 0, 1. */
  const logits = [
    [3, 1, 0, -1],
    [1, 2, 0, -1],
    [0, 2, 1, -1],
    [0, 5, 1, -1],
    [4, 1, 3, 2],
    [1, 3, 2, -1],
  ];
  const three = outcome('cross_entropy', floats([6, 4], ...logits.flat()), ints([6], 0, 0, 1, 1, 1, 2));

  it('count each class alike, or by how frequent it is', () => {
    // Hits 1 of 2, 2 of 3, 0 of 1; predicted 2, 4, 0. Class 3 does not occur.
    is(three, 'accuracy', 3 / 6);
    is(three, 'balanced_accuracy', (1 / 2 + 2 / 3 + 0) / 3);
    is(three, 'precision', (1 / 2 + 2 / 4 + 0) / 3);
    is(three, 'recall', (1 / 2 + 2 / 3 + 0) / 3);
    is(three, 'f1', (2 / 4 + 4 / 7 + 0) / 3);
    is(three, 'f1_macro', (2 / 4 + 4 / 7 + 0) / 3);
    is(three, 'f1_weighted', (2 * (2 / 4) + 3 * (4 / 7)) / 6);
  });

  it('look at more than the first choice', () => {
    // The fifth row has its class last of four.
    is(three, 'top_3', 5 / 6);
    is(three, 'top_5', 1);
  });

  it('correlate predictions with the truth', () => {
    // (3·6 - (2·2 + 4·3 + 0·1)) / √((36 - 20)·(36 - 14)).
    is(three, 'matthews', (18 - 16) / Math.sqrt(16 * 22));
    const perfect = outcome('cross_entropy', floats([2, 2], 1, 0, 0, 1), ints([2], 0, 1));
    is(perfect, 'matthews', 1);
  });

  it('rank positives above negatives, ties counting half', () => {
    // Positives score 2 and 1, negatives 1, 0 and -1: 5 and a half of 6 pairs.
    const two = outcome('binary_cross_entropy', floats([5, 1], 2, 1, 1, 0, -1), ints([5], 1, 1, 0, 0, 0));
    is(two, 'auc', 5.5 / 6);
    // Class 1: 2 of 3 called so; class 0: 2 of 3 found.
    is(two, 'f1_macro', ((2 * 2) / (3 + 2) + (2 * 2) / (2 + 3)) / 2);
    const alone = outcome('binary_cross_entropy', floats([1], 2), ints([1], 1));
    is(alone, 'auc', Number.NaN);
    // Shares of class 0 in order of rows: .5, .2, .8; of class 1: .3, .7, .1; of class 2: .2, .1, .1.
    const shares = [0.5, 0.3, 0.2, 0.2, 0.7, 0.1, 0.8, 0.1, 0.1];
    const more = outcome('cross_entropy', floats([3, 3], ...shares.map(Math.log)), ints([3], 0, 1, 1));
    is(more, 'auc', (1 / 2 + 1 / 2) / 2);
  });

  it('hold confidence against being right', () => {
    // Sure by 0.8, 0.8 and 0.6: the first two are half right, the last is right.
    const odds = (share: number) => Math.log(share / (1 - share));
    const two = outcome(
      'focal',
      floats([3, 2], 0, odds(0.8), 0, odds(0.8), odds(0.6), 0),
      ints([3], 1, 0, 0),
    );
    is(two, 'calibration_error', (Math.abs(1 - 1.6) + Math.abs(1 - 0.6)) / 3);
  });

  it('need scores where decisions do not tell', () => {
    const decided: Outcome = {
      kind: 'classes',
      count: 2,
      truth: Int32Array.of(0, 1),
      predicted: Int32Array.of(0, 1),
    };
    assert.ok(Number.isNaN(measure('auc', decided)));
  });
});

describe('metrics of labels', () => {
  const logits = floats([3, 2], 1, -1, 2, 3, -1, 0.5);
  const labels = outcome('binary_cross_entropy', logits, ints([3, 2], 1, 0, 0, 1, 0, 0));

  it('count all labels together, each label, or whole rows', () => {
    // Predicted 1 0, 1 1, 0 1 against 1 0, 0 1, 0 0.
    is(labels, 'accuracy', 4 / 6);
    is(labels, 'hamming_loss', 2 / 6);
    is(labels, 'subset_accuracy', 1 / 3);
    is(labels, 'precision', 2 / 4);
    is(labels, 'recall', 1);
    is(labels, 'f1', 4 / 6);
    is(labels, 'f1_macro', (2 / 3 + 2 / 3) / 2);
    // First label: the positive (1) above -1, below 2. Second: 3 above both.
    is(labels, 'auc', (1 / 2 + 1) / 2);
  });

  it('can be taken of some rows', () => {
    is(outcomeAt(labels, [0]), 'subset_accuracy', 1);
    is(outcomeAt(labels, [1, 2]), 'hamming_loss', 2 / 4);
  });
});

describe('metrics of numbers', () => {
  const values = outcome('mae', floats([4], 1, 2, 3, 6), floats([4], 2, 2, 4, 8));
  it('are errors, or shares of what varies', () => {
    is(values, 'mse', 6 / 4);
    is(values, 'rmse', Math.sqrt(1.5));
    is(values, 'mae', 1);
    is(values, 'r2', 1 - 6 / 24);
    // Deviations -2 -1 0 3 and -2 -2 0 4.
    is(values, 'correlation', 18 / Math.sqrt(14 * 24));
  });
});

describe('metrics of orders', () => {
  it('see how far in front relevant items come', () => {
    // Orders: relevances 0 2 1; 0 0 0; 1 0 0.
    const scores = floats([3, 3], 1, 3, 2, 1, 2, 3, 9, 1, 2);
    const order = outcome('pairwise_ranking', scores, ints([3, 3], 1, 0, 2, 0, 0, 0, 1, 0, 0));
    is(order, 'recall_at_1', 1 / 2);
    is(order, 'recall_at_5', 1);
    is(order, 'recall_at_10', 1);
    is(order, 'mrr', (1 / 2 + 1) / 2);
    const gain = 3 / Math.log2(3) + 1 / Math.log2(4);
    is(order, 'ndcg', (gain / (3 + 1 / Math.log2(3)) + 1) / 2);
    is(order, 'ndcg_at_10', (gain / (3 + 1 / Math.log2(3)) + 1) / 2);
    is(outcomeAt(order, [2]), 'mrr', 1);
  });

  it('find partners by the cosine', () => {
    // The second row is closer to the third partner than to its own.
    const left = floats([3, 2], 1, 0, 0, 2, 1, 1);
    const right = floats([3, 2], 5, 0, 1, 1, -1, 9);
    const pairs = outcome('contrastive', left, right);
    is(pairs, 'recall_at_1', 1 / 3);
    is(pairs, 'mrr', (1 + 1 / 2 + 1 / 3) / 3);
  });

  it('find neighbours with the same label', () => {
    // On a line: a b a b, and c alone, which does not count.
    const line = outcome('triplet', floats([5, 1], 0, 1, 1.8, 3, 9), ints([5], 0, 1, 0, 1, 2));
    is(line, 'recall_at_1', 0);
    is(line, 'mrr', (1 / 2 + 1 / 3 + 1 / 3 + 1 / 2) / 4);
  });
});

describe('metrics of words', () => {
  it('leave out steps without a label, and know the loss', () => {
    const words = outcome('next_token', ints([2, 2], 4, 5, 6, 7), ints([2, 2], 4, 9, -1, 7));
    is(words, 'accuracy', 2 / 3);
    is(words, 'perplexity', Math.exp(1.5), 1.5);
    is(words, 'perplexity', Number.NaN);
  });
});

describe('all metrics', () => {
  it('are those of the catalogue, and tried', () => {
    assert.deepEqual(
      [...metricNames].sort(),
      allMetrics()
        .map(({ name }) => name)
        .sort(),
    );
    assert.deepEqual(
      [...metricNames].filter((name) => !tried.has(name)),
      [],
    );
  });
});
