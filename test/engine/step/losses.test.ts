import { strict as assert } from 'node:assert';
import { Builder } from '../../../engine/step/builder';
import { gradients } from '../../../engine/step/gradient/gradient';
import type { LossOptions } from '../../../engine/step/loss/loss';
import { losses } from '../../../engine/step/loss/losses';
import type { HostTensor, Program } from '../../../engine/step/program';
import { forEachExecutor, runOnce } from '../executors';
import { tensor } from '../graph/tensors';
import { runReference } from '../reference';
import { random } from './cases';
import { dot, mean, type Reader, range, reader, sigmoid, sum } from './nested';

interface LossCase {
  name: string;
  loss: string;
  options?: LossOptions;
  predictions: HostTensor;
  targets: HostTensor;
  /** The mean, and how many it is over, by the formula. */
  expected(p: Reader, t: Reader): [mean: number, count: number];
}

const ints = (shape: number[], ...data: number[]): HostTensor => tensor(shape, (i) => data[i]!, 'int32');
const floats = (shape: number[], ...data: number[]): HostTensor => tensor(shape, (i) => data[i]!);
const softplus = (x: number): number => Math.log1p(Math.exp(x));
const logShare = (logits: number[], at: number): number =>
  logits[at]! - Math.log(sum(logits.map((x) => Math.exp(x))));
const row = (p: Reader, count: number, ...at: number[]): number[] => range(count).map((k) => p(...at, k));
const average = (values: number[]): [number, number] => [mean(values), values.length];
const unit = (x: number[]): number[] => x.map((value) => value / Math.sqrt(sum(x.map((v) => v * v)) + 1e-12));
const product = (x: number[], y: number[]): number => dot(x.length, (k) => x[k]! * y[k]!);

const [x3, y3] = [floats([3], 1.5, 0.1, 5), floats([3], 1, 2, 2)];
/** Two pairs of labels and one row alone with its own. */
const labelled = { predictions: random([5, 3]), targets: ints([5], 0, 1, 0, 1, 7) };
const relevance = ints([2, 3], 2, 0, 1, 0, 0, 0);

const cases: LossCase[] = [
  {
    name: 'cross_entropy with smoothing, weights and a row without a label',
    loss: 'cross_entropy',
    options: { label_smoothing: 0.1, class_weights: [1, 2, 0.5] },
    predictions: random([3, 3]),
    targets: ints([3], 1, -1, 2),
    expected(p, t) {
      const counted = [0, 2].map((n) => {
        const logs = row(p, 3, n).map((_, k) => logShare(row(p, 3, n), k));
        return -[1, 2, 0.5][t(n)]! * (0.9 * logs[t(n)]! + (0.1 / 3) * sum(logs));
      });
      return average(counted);
    },
  },
  {
    name: 'focal',
    loss: 'focal',
    options: { gamma: 1.5, class_weights: [1, 3] },
    predictions: random([3, 2]),
    targets: ints([3], 1, 0, 1),
    expected: (p, t) =>
      average(
        range(3).map((n) => {
          const log = logShare(row(p, 2, n), t(n));
          return -[1, 3][t(n)]! * (1 - Math.exp(log)) ** 1.5 * log;
        }),
      ),
  },
  {
    name: 'binary_cross_entropy of labels, with smoothing and a weight',
    loss: 'binary_cross_entropy',
    options: { label_smoothing: 0.2, positive_weight: 3 },
    predictions: random([2, 3]),
    targets: floats([2, 3], 1, 0, 1, 0, 0, 1),
    expected: (p, t) =>
      average(
        range(6).map((k) => {
          const [x, y] = [p(Math.floor(k / 3), k % 3), t(Math.floor(k / 3), k % 3) * 0.8 + 0.1];
          return -(3 * y * Math.log(sigmoid(x)) + (1 - y) * Math.log(1 - sigmoid(x)));
        }),
      ),
  },
  {
    name: 'hinge',
    loss: 'hinge',
    predictions: floats([4], 0.3, -0.4, 2.5, 0.7),
    targets: tensor([4], (i) => [1, 0, 1, 0][i]!, 'bool'),
    expected: () => average([0.7, 0.6, 0, 1.7]),
  },
  {
    name: 'distillation',
    loss: 'distillation',
    options: { temperature: 2 },
    predictions: random([2, 3]),
    targets: random([2, 3]),
    expected: (p, t) =>
      average(
        range(2).map((n) => {
          const [own, wanted] = [p, t].map((side) => row(side, 3, n).map((score) => score / 2));
          return (
            4 * dot(3, (k) => Math.exp(logShare(wanted!, k)) * (logShare(wanted!, k) - logShare(own!, k)))
          );
        }),
      ),
  },
  {
    name: 'huber with a delta of its own',
    loss: 'huber',
    options: { delta: 2 },
    predictions: x3,
    targets: y3,
    expected: () => average([0.125, 0.5 * 1.9 ** 2, 2 * (3 - 1)]),
  },
  {
    name: 'quantile',
    loss: 'quantile',
    options: { quantile: 0.9 },
    predictions: x3,
    targets: y3,
    expected: () => average([0.1 * 0.5, 0.9 * 1.9, 0.1 * 3]),
  },
  {
    name: 'pairwise_ranking: pairs of unequal relevance in a row',
    loss: 'pairwise_ranking',
    predictions: random([2, 3]),
    targets: relevance,
    expected: (p) =>
      average(
        [
          [0, 1],
          [0, 2],
          [2, 1],
        ].map(([better, worse]) => softplus(p(0, worse!) - p(0, better!))),
      ),
  },
  {
    name: 'listwise_softmax: a row without anything relevant does not count',
    loss: 'listwise_softmax',
    predictions: random([2, 3]),
    targets: relevance,
    expected: (p) => [-((2 / 3) * logShare(row(p, 3, 0), 0) + (1 / 3) * logShare(row(p, 3, 0), 2)), 1],
  },
  ...[true, false].map(
    (symmetric): LossCase => ({
      name: `contrastive, symmetric ${symmetric}`,
      loss: 'contrastive',
      options: { temperature: 0.5, symmetric },
      predictions: random([3, 2]),
      targets: random([3, 2]),
      expected(p, t) {
        const [left, right] = [p, t].map((side) => range(3).map((n) => unit(row(side, 2, n))));
        const asked = (from: number[][], to: number[][]): number[] =>
          from.map(
            (vector, n) =>
              -logShare(
                to.map((other) => product(vector, other) / 0.5),
                n,
              ),
          );
        const [there, back] = [mean(asked(left!, right!)), mean(asked(right!, left!))];
        return [symmetric ? (there + back) / 2 : there, 3];
      },
    }),
  ),
  {
    name: 'triplet: a row alone with its label does not count',
    loss: 'triplet',
    options: { margin: 2 },
    ...labelled,
    expected(p) {
      const distance = (i: number, j: number): number =>
        Math.sqrt(sum(range(3).map((k) => (p(i, k) - p(j, k)) ** 2)));
      const partner = [2, 3, 0, 1];
      return average(
        range(4).map((n) => {
          const others = range(5).filter((j) => j !== n && j !== partner[n]);
          const nearest = Math.min(...others.map((j) => distance(n, j)));
          return Math.max(0, distance(n, partner[n]!) - nearest + 2);
        }),
      );
    },
  },
  {
    name: 'next_token: shifted by one, without padding',
    loss: 'next_token',
    predictions: random([2, 4, 3]),
    targets: ints([2, 4], 1, 2, 1, 0, 2, 2, 0, 0),
    expected: (p) =>
      average([-logShare(row(p, 3, 0, 0), 2), -logShare(row(p, 3, 0, 1), 1), -logShare(row(p, 3, 1, 0), 2)]),
  },
  {
    name: 'masked_token: only the hidden steps, smoothed',
    loss: 'masked_token',
    options: { label_smoothing: 0.3 },
    predictions: random([1, 3, 3]),
    targets: ints([1, 3], -1, 2, 0),
    expected: (p) =>
      average(
        [
          [1, 2],
          [2, 0],
        ].map(([step, id]) => {
          const logits = row(p, 3, 0, step!);
          return -(0.7 * logShare(logits, id!) + 0.1 * sum(logits.map((_, k) => logShare(logits, k))));
        }),
      ),
  },
];

/** Loss and count of a batch of any size, and the gradients of the loss. */
function programOf({ loss, options, predictions, targets }: LossCase): Program {
  const b = new Builder();
  const [p, t] = [predictions, targets].map(({ dtype, shape }, i) =>
    b.input(`in${i}`, { dtype, shape: ['batch', ...shape.slice(1)] }),
  ) as [number, number];
  const found = losses[loss]!(b, p, t, options);
  const slopes = gradients(b, found.mean, [p, t]);
  return b.finish({
    ...found,
    ...Object.fromEntries([...slopes].map(([id, slope]) => [id === p ? 'd in0' : 'd in1', slope])),
  });
}

const inputsOf = ({ predictions, targets }: LossCase) => ({ in0: predictions, in1: targets });

forEachExecutor('losses', (executor) => {
  for (const each of cases) {
    it(`${each.name}`, async () => {
      const program = programOf(each);
      const outputs = await runOnce(executor(), program, inputsOf(each));
      const [wanted, count] = each.expected(reader(each.predictions), reader(each.targets));
      const actual = outputs.mean!.data[0]!;
      assert.ok(Math.abs(actual - wanted) < 1e-5 * Math.max(1, wanted), `${actual}, expected ${wanted}`);
      assert.equal(outputs.count!.data[0], count);
      for (const [name, exact] of Object.entries(runReference(program, inputsOf(each)))) {
        for (const [i, value] of exact.data.entries()) {
          const off = Math.abs(outputs[name]!.data[i]! - value);
          assert.ok(off < 1e-4 * Math.max(1, Math.abs(value)), `${name}[${i}]`);
        }
      }
    });
  }
});

describe('losses', () => {
  for (const each of cases) {
    it(`${each.name}: gradients agree with finite differences`, () => {
      const program = programOf(each);
      const inputs = inputsOf(each);
      const exact = runReference(program, inputs);
      const sides = (['in0', 'in1'] as const).filter((side) => `d ${side}` in exact);
      assert.ok(sides.includes('in0'));
      for (const side of sides) {
        for (const [element, slope] of exact[`d ${side}`]!.data.entries()) {
          const h = 1e-3;
          const lossAt = (offset: number): number => {
            const data = Float64Array.from(inputs[side].data) as unknown as Float32Array;
            data[element]! += offset;
            return runReference(program, { ...inputs, [side]: { ...inputs[side], data } }).mean!.data[0]!;
          };
          const numeric = (lossAt(h) - lossAt(-h)) / (2 * h);
          assert.ok(
            Math.abs(slope - numeric) < 2e-3 * Math.max(1, Math.abs(numeric)),
            `${slope}, ${numeric}`,
          );
        }
      }
    });
  }

  it('are all tried, here or with their metrics', () => {
    const elsewhere = ['mse', 'mae'];
    const tried = new Set([...cases.map(({ loss }) => loss), ...elsewhere]);
    assert.deepEqual(
      Object.keys(losses).filter((loss) => !tried.has(loss)),
      [],
    );
  });

  it('say which class weights are missing', () => {
    const b = new Builder();
    const p = b.input('p', { dtype: 'float32', shape: ['batch', 3] });
    const t = b.input('t', { dtype: 'int32', shape: ['batch'] });
    assert.throws(
      () => losses.cross_entropy!(b, p, t, { class_weights: [1, 2] }),
      /'class_weights' has 2 numbers, but there are 3 classes/,
    );
  });
});
