import { tensor } from '../graph/tensors';
import { random } from './cases';
import type { Example } from './examples';
import { build, dot, mean, range } from './nested';

/** Convolutions beside the plain ones, and what makes pictures and sequences smaller and larger. */
export const pictures: Example[] = [
  {
    name: 'conv1d, causal, dilated',
    op: 'conv1d',
    attributes: { padding: 'causal', dilation: 2 },
    inputs: { in: random([2, 6, 2]) },
    weights: { kernel: random([3, 2, 2]) },
    expected: ({ in: x, kernel }) =>
      build([2, 6, 2], (n, t, f) =>
        dot(3, (k) => {
          const from = t! - 2 * (2 - k);
          return from < 0 ? 0 : dot(2, (c) => x!(n!, from, c) * kernel!(k, c, f!));
        }),
      ),
  },
  {
    // Each of 3 steps spreads over 4 places, 2 apart: 8 in all.
    name: 'conv1d_transpose, valid',
    op: 'conv1d_transpose',
    attributes: { stride: 2 },
    inputs: { in: random([2, 3, 2]) },
    weights: { kernel: random([4, 2, 3]), bias: random([3]) },
    expected: ({ in: x, kernel, bias }) =>
      build(
        [2, 8, 3],
        (n, t, f) =>
          bias!(f!) +
          dot(3, (s) => {
            const k = t! - 2 * s;
            return k < 0 || k > 3 ? 0 : dot(2, (c) => x!(n!, s, c) * kernel!(k, c, f!));
          }),
      ),
  },
  {
    // Same: 6 of those places; 3 - 2 = 1 too many, at the end.
    name: 'conv1d_transpose, same, with an activation',
    op: 'conv1d_transpose',
    attributes: { stride: 2, padding: 'same', activation: 'tanh' },
    inputs: { in: random([1, 3, 2]) },
    weights: { kernel: random([3, 2, 2]) },
    expected: ({ in: x, kernel }) =>
      build([1, 6, 2], (n, t, f) =>
        Math.tanh(
          dot(3, (s) => {
            const k = t! - 2 * s;
            return k < 0 || k > 2 ? 0 : dot(2, (c) => x!(n!, s, c) * kernel!(k, c, f!));
          }),
        ),
      ),
  },
  {
    name: 'conv2d_transpose, strides of their own',
    op: 'conv2d_transpose',
    attributes: { stride: [2, 1] },
    inputs: { in: random([2, 2, 3, 2]) },
    weights: { kernel: random([3, 2, 2, 3]), bias: random([3]) },
    expected: ({ in: x, kernel, bias }) =>
      build(
        [2, 5, 4, 3],
        (n, y, z, f) =>
          bias!(f!) +
          dot(2, (i) =>
            dot(3, (j) => {
              const [ky, kz] = [y! - 2 * i, z! - j];
              if (ky < 0 || ky > 2 || kz < 0 || kz > 1) return 0;
              return dot(2, (c) => x!(n!, i, j, c) * kernel!(ky, kz, c, f!));
            }),
          ),
      ),
  },
  {
    name: 'depthwise_conv1d, same',
    op: 'depthwise_conv1d',
    attributes: { padding: 'same', multiplier: 2 },
    inputs: { in: random([2, 5, 2]) },
    weights: { kernel: random([3, 2, 2]), bias: random([4]) },
    expected: ({ in: x, kernel, bias }) =>
      build([2, 5, 4], (n, t, f) => {
        const [c, m] = [Math.floor(f! / 2), f! % 2];
        return (
          bias!(f!) +
          dot(3, (k) => {
            const from = t! + k - 1;
            return from < 0 || from > 4 ? 0 : x!(n!, from, c) * kernel!(k, c, m);
          })
        );
      }),
  },
  {
    name: 'separable_conv1d',
    op: 'separable_conv1d',
    inputs: { in: random([2, 4, 2]) },
    weights: {
      depthwise_kernel: random([2, 2, 1]),
      pointwise_kernel: random([2, 3]),
      bias: random([3]),
    },
    expected: ({ in: x, depthwise_kernel, pointwise_kernel, bias }) =>
      build(
        [2, 3, 3],
        (n, t, f) =>
          bias!(f!) +
          dot(
            2,
            (c) => dot(2, (k) => x!(n!, t! + k, c) * depthwise_kernel!(k, c, 0)) * pointwise_kernel!(c, f!),
          ),
      ),
  },
  {
    name: 'separable_conv2d, stride 2, with tanh',
    op: 'separable_conv2d',
    attributes: { stride: [2], activation: 'tanh' },
    inputs: { in: random([1, 4, 5, 2]) },
    weights: { depthwise_kernel: random([2, 3, 2, 2]), pointwise_kernel: random([4, 2]) },
    expected: ({ in: x, depthwise_kernel, pointwise_kernel }) =>
      build([1, 2, 2, 2], (n, y, z, f) =>
        Math.tanh(
          dot(4, (spread) => {
            const [c, m] = [Math.floor(spread / 2), spread % 2];
            const sum = dot(2, (i) =>
              dot(3, (j) => x!(n!, 2 * y! + i, 2 * z! + j, c) * depthwise_kernel!(i, j, c, m)),
            );
            return sum * pointwise_kernel!(spread, f!);
          }),
        ),
      ),
  },
  {
    // Of 5 steps: 0…1, 1…3, 3…4.
    name: 'adaptive_avg_pool1d, parts that overlap',
    op: 'adaptive_avg_pool1d',
    attributes: { size: 3 },
    inputs: { in: random([2, 5, 2]) },
    expected: ({ in: x }) =>
      build([2, 3, 2], (n, t, c) =>
        mean(
          [
            [0, 1],
            [1, 2, 3],
            [3, 4],
          ][t!]!.map((k) => x!(n!, k, c!)),
        ),
      ),
  },
  {
    name: 'adaptive_avg_pool2d',
    op: 'adaptive_avg_pool2d',
    attributes: { size: [2, 1] },
    inputs: { in: random([2, 4, 3, 2]) },
    expected: ({ in: x }) =>
      build([2, 2, 1, 2], (n, y, _, c) =>
        mean(range(6).map((k) => x!(n!, 2 * y! + Math.floor(k / 3), k % 3, c!))),
      ),
  },
  {
    name: 'upsample1d',
    op: 'upsample1d',
    attributes: { factor: 2 },
    inputs: { in: random([2, 3, 2]) },
    expected: ({ in: x }) => build([2, 6, 2], (n, t, c) => x!(n!, t! >> 1, c!)),
  },
  {
    name: 'upsample2d, factors of their own',
    op: 'upsample2d',
    attributes: { factor: [1, 3] },
    inputs: { in: random([2, 2, 2, 1]) },
    expected: ({ in: x }) => build([2, 2, 6, 1], (n, y, z, c) => x!(n!, y!, Math.floor(z! / 3), c!)),
  },
  {
    name: 'group_norm of a picture, two groups',
    op: 'group_norm',
    attributes: { groups: 2, epsilon: 0.01 },
    inputs: { in: random([2, 2, 2, 4]) },
    weights: { gamma: random([4]), beta: random([4]) },
    expected: ({ in: x, gamma, beta }) =>
      build([2, 2, 2, 4], (n, y, z, c) => {
        const first = c! < 2 ? 0 : 2;
        const group = range(8).map((k) => x!(n!, k >> 2, (k >> 1) & 1, first + (k & 1)));
        const variance = mean(group.map((value) => (value - mean(group)) ** 2));
        return (gamma!(c!) * (x!(n!, y!, z!, c!) - mean(group))) / Math.sqrt(variance + 0.01) + beta!(c!);
      }),
  },
  {
    name: 'spatial_dropout in evaluation',
    op: 'spatial_dropout',
    attributes: { rate: 0.5 },
    inputs: { in: random([2, 3, 2]) },
    expected: ({ in: x }) => build([2, 3, 2], (n, t, c) => x!(n!, t!, c!)),
  },
  {
    name: 'gaussian_noise in evaluation',
    op: 'gaussian_noise',
    attributes: { stddev: 1 },
    inputs: { in: tensor([2, 2], (i) => i) },
    expected: ({ in: x }) => build([2, 2], (n, d) => x!(n!, d!)),
  },
];
