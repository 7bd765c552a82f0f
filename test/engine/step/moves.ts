import { tensor } from '../graph/tensors';
import { random } from './cases';
import type { Example } from './examples';
import { build } from './nested';

/** Ops that move numbers. */
export const moves: Example[] = [
  {
    name: 'stack in the middle',
    op: 'stack',
    attributes: { axis: 1 },
    inputs: { in1: random([2, 3]), in2: random([2, 3]) },
    expected: ({ in1, in2 }) => build([2, 2, 3], (n, side, d) => (side === 0 ? in1! : in2!)(n!, d!)),
  },
  {
    name: 'concat along the middle',
    op: 'concat',
    attributes: { axis: 1 },
    inputs: { in1: random([2, 1, 2]), in2: random([2, 3, 2]) },
    expected: ({ in1, in2 }) =>
      build([2, 4, 2], (n, t, d) => (t === 0 ? in1!(n!, 0, d!) : in2!(n!, t! - 1, d!))),
  },
  ...(['first', 'second'] as const).map(
    (port): Example => ({
      name: `split, the ${port} part`,
      op: 'split',
      attributes: { axis: -1, size: 1 },
      inputs: { in: random([2, 4]) },
      port,
      expected: ({ in: x }) =>
        port === 'first' ? build([2, 1], (n) => x!(n!, 0)) : build([2, 3], (n, d) => x!(n!, d! + 1)),
    }),
  ),
  {
    name: 'split in halves, the second',
    op: 'split',
    attributes: { axis: 1 },
    inputs: { in: random([2, 4, 2]) },
    port: 'second',
    expected: ({ in: x }) => build([2, 2, 2], (n, t, d) => x!(n!, t! + 2, d!)),
  },
  {
    name: 'pad on both sides',
    op: 'pad',
    attributes: { axis: 1, before: 1, after: 2, value: 7 },
    inputs: { in: random([2, 3]) },
    expected: ({ in: x }) => build([2, 6], (n, d) => (d! < 1 || d! > 3 ? 7 : x!(n!, d! - 1))),
  },
  {
    name: 'pad of whole numbers',
    op: 'pad',
    attributes: { axis: 1, before: 1, value: 2 },
    inputs: { in: tensor([2, 3], (i) => i, 'int32') },
    expected: ({ in: x }) => build([2, 4], (n, d) => (d! < 1 ? 2 : x!(n!, d! - 1)), 'int32'),
  },
  {
    name: 'repeat, entry by entry',
    op: 'repeat',
    attributes: { axis: 1, times: 3 },
    inputs: { in: random([2, 2, 2]) },
    expected: ({ in: x }) => build([2, 6, 2], (n, t, d) => x!(n!, Math.floor(t! / 3), d!)),
  },
  {
    name: 'repeat as a whole',
    op: 'repeat',
    attributes: { axis: -1, times: 2, whole: true },
    inputs: { in: random([2, 3]) },
    expected: ({ in: x }) => build([2, 6], (n, d) => x!(n!, d! % 3)),
  },
  {
    name: 'flip',
    op: 'flip',
    attributes: { axis: 1 },
    inputs: { in: random([2, 3, 2]) },
    expected: ({ in: x }) => build([2, 3, 2], (n, t, d) => x!(n!, 2 - t!, d!)),
  },
  {
    name: 'shift of whole numbers forwards',
    op: 'shift',
    attributes: { axis: 1, by: 1, value: 9 },
    inputs: { in: tensor([2, 4], (i) => i, 'int32') },
    expected: ({ in: x }) => build([2, 4], (n, t) => (t === 0 ? 9 : x!(n!, t! - 1)), 'int32'),
  },
  {
    name: 'shift backwards by two',
    op: 'shift',
    attributes: { axis: 1, by: -2 },
    inputs: { in: random([2, 4, 2]) },
    expected: ({ in: x }) => build([2, 4, 2], (n, t, d) => (t! > 1 ? 0 : x!(n!, t! + 2, d!))),
  },
  {
    name: 'class_token',
    op: 'class_token',
    inputs: { in: random([2, 3, 2]) },
    weights: { token: random([2]) },
    expected: ({ in: x, token }) =>
      build([2, 4, 2], (n, t, d) => (t === 0 ? token!(d!) : x!(n!, t! - 1, d!))),
  },
  {
    name: 'slice',
    op: 'slice',
    attributes: { axis: -1, begin: 1, size: 2 },
    inputs: { in: random([2, 4]) },
    expected: ({ in: x }) => build([2, 2], (n, d) => x!(n!, d! + 1)),
  },
  {
    name: 'select from the end',
    op: 'select',
    attributes: { axis: 1, index: -2 },
    inputs: { in: random([2, 4, 3]) },
    expected: ({ in: x }) => build([2, 3], (n, d) => x!(n!, 2, d!)),
  },
  {
    name: 'gather, two of each row, one outside',
    op: 'gather',
    inputs: { in: random([2, 3, 2]), index: tensor([2, 2], (i) => [2, 0, 9, 1][i]!, 'int32') },
    expected: ({ in: x }) => build([2, 2, 2], (n, k, d) => x!(n!, [2, 0, 2, 1][n! * 2 + k!]!, d!)),
  },
  {
    name: 'gather, one of each row',
    op: 'gather',
    inputs: { in: random([2, 3, 2]), index: tensor([2], (i) => 2 - i, 'int32') },
    expected: ({ in: x }) => build([2, 2], (n, d) => x!(n!, 2 - n!, d!)),
  },
  {
    name: 'last_step with a mask',
    op: 'last_step',
    inputs: { in: random([2, 4, 2]), mask: tensor([2, 4], (i) => [1, 1, 0, 0, 1, 0, 1, 0][i]!) },
    expected: ({ in: x }) => build([2, 2], (n, d) => x!(n!, n === 0 ? 1 : 2, d!)),
  },
  {
    name: 'last_step of all',
    op: 'last_step',
    inputs: { in: random([2, 4, 2]) },
    expected: ({ in: x }) => build([2, 2], (n, d) => x!(n!, 3, d!)),
  },
  {
    name: 'lookup in a table from outside',
    op: 'lookup',
    inputs: { in: tensor([2, 2], (i) => [3, 0, 3, 1][i]!, 'int32'), table: random([4, 3]) },
    expected: ({ in: ids, table }) => build([2, 2, 3], (n, t, d) => table!(ids!(n!, t!), d!)),
  },
  {
    name: 'parameter',
    op: 'parameter',
    inputs: {},
    weights: { value: random([2, 3]) },
    expected: ({ value }) => build([2, 3], (i, j) => value!(i!, j!)),
  },
  ...(['tokens', 'labels'] as const).map(
    (port): Example => ({
      // Every second step, padding excepted.
      name: `mask_tokens in evaluation: ${port}`,
      op: 'mask_tokens',
      attributes: { mask: 9, rate: 0.5, pad: 0 },
      inputs: { in: tensor([2, 4], (i) => [5, 6, 7, 8, 3, 2, 1, 0][i]!, 'int32') },
      port,
      expected: () =>
        build(
          [2, 4],
          (n, t) =>
            (port === 'tokens' ? [5, 9, 7, 9, 3, 9, 1, 0] : [-1, 6, -1, 8, -1, 2, -1, -1])[4 * n! + t!]!,
          'int32',
        ),
    }),
  ),
  {
    name: 'cast towards 0',
    op: 'cast',
    attributes: { to: 'int32' },
    inputs: { in: tensor([4], (i) => [-1.7, -0.2, 0.9, 2.5][i]!) },
    expected: ({ in: x }) => build([4], (i) => Math.trunc(x!(i!)), 'int32'),
  },
];
