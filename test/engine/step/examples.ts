import type { HostTensor } from '../../../engine/step/program';
import type { PlanAttribute } from '../../../language/plan/format';
import { tensor } from '../graph/tensors';
import { distinct, random } from './cases';
import { build, dot, mean, type Reader, range } from './nested';

/** An op on some numbers, and what it gives by its formula. */
export interface Example {
  name: string;
  op: string;
  attributes?: Record<string, PlanAttribute>;
  inputs: Record<string, HostTensor>;
  weights?: Record<string, HostTensor>;
  /** The output that is looked at; `out` when left out. */
  port?: string;
  /** What the op should give, from readers of inputs and weights. */
  expected(at: Record<string, Reader>): HostTensor;
}

const linear: Example[] = [
  {
    name: 'dense over the last axis, with relu',
    op: 'dense',
    attributes: { units: 3, activation: 'relu' },
    inputs: { in: random([2, 5, 4]) },
    weights: { kernel: random([4, 3]), bias: random([3]) },
    expected: ({ in: x, kernel, bias }) =>
      build([2, 5, 3], (n, t, u) => Math.max(0, bias!(u!) + dot(4, (k) => x!(n!, t!, k) * kernel!(k, u!)))),
  },
  {
    name: 'embedding',
    op: 'embedding',
    inputs: { in: tensor([2, 3], (i) => (i * 2) % 5, 'int32') },
    weights: { table: random([5, 4]) },
    expected: ({ in: ids, table }) => build([2, 3, 4], (n, t, d) => table!(ids!(n!, t!), d!)),
  },
  {
    name: 'positional_embedding, shorter than its table',
    op: 'positional_embedding',
    inputs: { in: random([2, 3, 4]) },
    weights: { table: random([5, 4]) },
    expected: ({ in: x, table }) => build([2, 3, 4], (n, t, d) => x!(n!, t!, d!) + table!(t!, d!)),
  },
  {
    name: 'matmul of groups with one matrix, both sides transposed',
    op: 'matmul',
    attributes: { transpose_left: true, transpose_right: true },
    inputs: { left: random([2, 4, 3]) },
    weights: { right: random([5, 4]) },
    expected: ({ left, right }) =>
      build([2, 3, 5], (n, i, j) => dot(4, (k) => left!(n!, k, i!) * right!(j!, k))),
  },
];

/** Zero outside the sequence. */
const padded =
  (x: Reader, length: number): Reader =>
  (n, t, c) =>
    t! < 0 || t! >= length ? 0 : x(n!, t!, c!);

const windows: Example[] = [
  {
    // 7 steps, stride 2: 4 windows of 3 need 2 more, one on each side.
    name: 'conv1d, same, stride 2',
    op: 'conv1d',
    attributes: { padding: 'same', stride: 2, activation: 'tanh' },
    inputs: { in: random([2, 7, 3]) },
    weights: { kernel: random([3, 3, 4]), bias: random([4]) },
    expected: ({ in: x, kernel, bias }) =>
      build([2, 4, 4], (n, t, f) =>
        Math.tanh(
          bias!(f!) + dot(3, (k) => dot(3, (c) => padded(x!, 7)(n!, 2 * t! + k - 1, c) * kernel!(k, c, f!))),
        ),
      ),
  },
  {
    // Reach 3, so an even padding would need 2; of width 2 with dilation 3, reach 4: 1 before, 2 after.
    name: 'conv1d, same, dilated, an odd pad goes to the end',
    op: 'conv1d',
    attributes: { padding: 'same', dilation: 3 },
    inputs: { in: random([1, 6, 2]) },
    weights: { kernel: random([2, 2, 3]) },
    expected: ({ in: x, kernel }) =>
      build([1, 6, 3], (n, t, f) =>
        dot(2, (k) => dot(2, (c) => padded(x!, 6)(n!, t! + 3 * k - 1, c) * kernel!(k, c, f!))),
      ),
  },
  {
    name: 'conv2d, valid, strides of their own',
    op: 'conv2d',
    attributes: { padding: 'valid', stride: [2, 1] },
    inputs: { in: random([2, 5, 4, 2]) },
    weights: { kernel: random([3, 2, 2, 3]), bias: random([3]) },
    expected: ({ in: x, kernel, bias }) =>
      build(
        [2, 2, 3, 3],
        (n, y, z, f) =>
          bias!(f!) +
          dot(3, (i) => dot(2, (j) => dot(2, (c) => x!(n!, 2 * y! + i, z! + j, c) * kernel!(i, j, c, f!)))),
      ),
  },
  {
    name: 'depthwise_conv2d, two filters per channel, stride 2',
    op: 'depthwise_conv2d',
    attributes: { padding: 'valid', stride: [2], multiplier: 2 },
    inputs: { in: random([1, 5, 6, 3]) },
    weights: { kernel: random([2, 3, 3, 2]), bias: random([6]) },
    expected: ({ in: x, kernel, bias }) =>
      build([1, 2, 2, 6], (n, y, z, f) => {
        const [c, m] = [Math.floor(f! / 2), f! % 2];
        return (
          bias!(f!) + dot(2, (i) => dot(3, (j) => x!(n!, 2 * y! + i, 2 * z! + j, c) * kernel!(i, j, c, m)))
        );
      }),
  },
  {
    name: 'max_pool1d, same',
    op: 'max_pool1d',
    attributes: { window: 3, stride: 2, padding: 'same' },
    inputs: { in: distinct([2, 6, 2]) },
    // 3 windows of 3 over 6 need 1 more, at the end.
    expected: ({ in: x }) =>
      build([2, 3, 2], (n, t, c) =>
        Math.max(
          ...[0, 1, 2]
            .map((k) => 2 * t! + k)
            .filter((s) => s < 6)
            .map((s) => x!(n!, s, c!)),
        ),
      ),
  },
  {
    name: 'avg_pool1d, same: padding does not count',
    op: 'avg_pool1d',
    attributes: { window: 3, stride: 2, padding: 'same' },
    inputs: { in: random([2, 6, 2]) },
    expected: ({ in: x }) =>
      build([2, 3, 2], (n, t, c) =>
        mean(
          [0, 1, 2]
            .map((k) => 2 * t! + k)
            .filter((s) => s < 6)
            .map((s) => x!(n!, s, c!)),
        ),
      ),
  },
  {
    name: 'avg_pool2d',
    op: 'avg_pool2d',
    attributes: { window: [2, 3] },
    inputs: { in: random([2, 4, 6, 2]) },
    expected: ({ in: x }) =>
      build([2, 2, 2, 2], (n, y, z, c) =>
        mean(range(6).map((k) => x!(n!, 2 * y! + Math.floor(k / 3), 3 * z! + (k % 3), c!))),
      ),
  },
];

// Row 0 counts two steps, row 1 none.
const mask = tensor([2, 3], (i) => [1, 1, 0, 0, 0, 0][i]!);
const globals: Example[] = [
  {
    name: 'global_max_pool of a picture',
    op: 'global_max_pool',
    inputs: { in: random([2, 2, 3, 2]) },
    expected: ({ in: x }) =>
      build([2, 2], (n, c) => Math.max(...range(6).map((k) => x!(n!, Math.floor(k / 3), k % 3, c!)))),
  },
  {
    name: 'global_max_pool with a mask',
    op: 'global_max_pool',
    inputs: { in: random([2, 3, 2], -3, -1), mask },
    expected: ({ in: x }) => build([2, 2], (n, c) => (n === 0 ? Math.max(x!(0, 0, c!), x!(0, 1, c!)) : 0)),
  },
  {
    name: 'global_avg_pool with a mask',
    op: 'global_avg_pool',
    inputs: { in: random([2, 3, 2]), mask },
    expected: ({ in: x }) => build([2, 2], (n, c) => (n === 0 ? (x!(0, 0, c!) + x!(0, 1, c!)) / 2 : 0)),
  },
  {
    name: 'mask_of',
    op: 'mask_of',
    attributes: { pad: 2 },
    inputs: { in: tensor([2, 3], (i) => i, 'int32') },
    expected: ({ in: ids }) => build([2, 3], (n, t) => Number(ids!(n!, t!) !== 2)),
  },
];

const norms: Example[] = [
  {
    name: 'layer_norm',
    op: 'layer_norm',
    attributes: { epsilon: 0.01 },
    inputs: { in: random([2, 3, 4]) },
    weights: { gamma: random([4]), beta: random([4]) },
    expected: ({ in: x, gamma, beta }) =>
      build([2, 3, 4], (n, t, d) => {
        const row = range(4).map((k) => x!(n!, t!, k));
        const variance = mean(row.map((value) => (value - mean(row)) ** 2));
        return (gamma!(d!) * (row[d!]! - mean(row))) / Math.sqrt(variance + 0.01) + beta!(d!);
      }),
  },
  {
    name: 'rms_norm',
    op: 'rms_norm',
    attributes: { epsilon: 0.01 },
    inputs: { in: random([3, 4]) },
    weights: { gamma: random([4]) },
    expected: ({ in: x, gamma }) =>
      build([3, 4], (n, d) => {
        const square = mean(range(4).map((k) => x!(n!, k) ** 2));
        return (gamma!(d!) * x!(n!, d!)) / Math.sqrt(square + 0.01);
      }),
  },
  {
    name: 'batch_norm in evaluation',
    op: 'batch_norm',
    attributes: { epsilon: 0.01, momentum: 0.9 },
    inputs: { in: random([3, 4]) },
    weights: {
      gamma: random([4]),
      beta: random([4]),
      moving_mean: random([4]),
      moving_variance: random([4], 0.5, 2),
    },
    expected: ({ in: x, gamma, beta, moving_mean, moving_variance }) =>
      build(
        [3, 4],
        (n, d) =>
          (gamma!(d!) * (x!(n!, d!) - moving_mean!(d!))) / Math.sqrt(moving_variance!(d!) + 0.01) + beta!(d!),
      ),
  },
  {
    name: 'dropout in evaluation',
    op: 'dropout',
    attributes: { rate: 0.5 },
    inputs: { in: random([3, 4]) },
    expected: ({ in: x }) => build([3, 4], (n, d) => x!(n!, d!)),
  },
];

/** Layers, pools and norms. */
export const layers: Example[] = [...linear, ...windows, ...globals, ...norms];
