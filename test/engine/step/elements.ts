import type { HostTensor } from '../../../engine/step/program';
import type { PlanAttribute } from '../../../language/plan/format';
import { tensor } from '../graph/tensors';
import { distinct, random } from './cases';
import type { Example } from './examples';
import { build, dot, mean, range, sigmoid, sum } from './nested';

/** Without a place at 0, ±1, ±3 or 6 near enough to spoil a finite difference. */
const bent = tensor([3, 4], (i) => [-3.6, -2.4, -1.3, -0.7, -0.4, -0.1, 0.2, 0.6, 1.4, 2.2, 3.5, 6.7][i]!);

const erf = (x: number): number => {
  let term = x;
  let total = x;
  for (let n = 1; n < 120; n++) {
    term *= (-x * x) / n;
    total += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * total;
};
const gelu = (x: number): number => 0.5 * x * (1 + erf(x / Math.SQRT2));
const softplus = (x: number): number => Math.log1p(Math.exp(x));
const clip = (x: number, least: number, greatest: number): number => Math.min(Math.max(x, least), greatest);
const elu = (x: number, alpha: number): number => (x > 0 ? x : alpha * (Math.exp(x) - 1));

const curves: Record<string, (x: number) => number> = {
  relu: (x) => Math.max(x, 0),
  relu6: (x) => clip(x, 0, 6),
  leaky_relu: (x) => (x > 0 ? x : 0.01 * x),
  elu: (x) => elu(x, 1),
  selu: (x) => 1.0507009873554805 * elu(x, 1.6732632423543772),
  gelu,
  gelu_tanh: (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
  silu: (x) => x * sigmoid(x),
  mish: (x) => x * Math.tanh(softplus(x)),
  softplus,
  softsign: (x) => x / (1 + Math.abs(x)),
  tanh: Math.tanh,
  hard_tanh: (x) => clip(x, -1, 1),
  sigmoid,
  hard_sigmoid: (x) => clip(x / 6 + 0.5, 0, 1),
  hard_swish: (x) => x * clip(x / 6 + 0.5, 0, 1),
  square: (x) => x * x,
  abs: Math.abs,
  sin: Math.sin,
  cos: Math.cos,
};
const positiveCurves: Record<string, (x: number) => number> = {
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
};

const curve = (
  op: string,
  of: (x: number) => number,
  input: HostTensor,
  attributes: Record<string, PlanAttribute> = {},
): Example => ({
  name: `${op} ${JSON.stringify(attributes)}`,
  op,
  attributes,
  inputs: { in: input },
  expected: ({ in: x }) => build(input.shape, (...at) => of(x!(...at))),
});

const activations: Example[] = [
  ...Object.entries(curves).map(([op, of]) => curve(op, of, bent)),
  ...Object.entries(positiveCurves).map(([op, of]) => curve(op, of, random([2, 3], 0.3, 2))),
  curve('leaky_relu', (x) => (x > 0 ? x : 0.2 * x), bent, { slope: 0.2 }),
  curve('elu', (x) => elu(x, 0.5), bent, { alpha: 0.5 }),
  curve('clip', (x) => clip(x, -1, 2), bent, { least: -1, greatest: 2 }),
  curve('clip', (x) => Math.max(x, -1), bent, { least: -1 }),
  curve('scale', (x) => 3 * x - 2, bent, { factor: 3, offset: -2 }),
  {
    name: 'prelu',
    op: 'prelu',
    inputs: { in: bent },
    weights: { slope: random([4], 0.1, 0.5) },
    expected: ({ in: x, slope }) =>
      build([3, 4], (n, d) => (x!(n!, d!) > 0 ? x!(n!, d!) : slope!(d!) * x!(n!, d!))),
  },
  {
    name: 'log_softmax',
    op: 'log_softmax',
    inputs: { in: random([2, 3]) },
    expected: ({ in: x }) =>
      build([2, 3], (n, d) => x!(n!, d!) - Math.log(dot(3, (k) => Math.exp(x!(n!, k))))),
  },
  {
    name: 'softmax',
    op: 'softmax',
    inputs: { in: random([2, 3]) },
    expected: ({ in: x }) =>
      build([2, 3], (n, d) => Math.exp(x!(n!, d!)) / dot(3, (k) => Math.exp(x!(n!, k)))),
  },
  ...(
    [
      ['glu', (a, b) => a * sigmoid(b)],
      ['swiglu', (a, b) => a * sigmoid(a) * b],
      ['geglu', (a, b) => gelu(a) * b],
    ] as [string, (a: number, b: number) => number][]
  ).map(
    ([op, of]): Example => ({
      name: op,
      op,
      inputs: { in: random([2, 3, 4]) },
      expected: ({ in: x }) => build([2, 3, 2], (n, t, d) => of(x!(n!, t!, d!), x!(n!, t!, d! + 2))),
    }),
  ),
];

const pairs: Example[] = (
  [
    ['subtract', (a, b) => a - b],
    ['divide', (a, b) => a / b],
    ['power', (a, b) => a ** b],
  ] as [string, (a: number, b: number) => number][]
).map(([op, of]) => ({
  name: `${op}, the right side repeated`,
  op,
  inputs: { left: random([2, 3], 0.5, 2), right: random([3], 0.5, 2) },
  expected: ({ left, right }) => build([2, 3], (n, d) => of(left!(n!, d!), right!(d!))),
}));

const chains: Example[] = (
  [
    ['add', (values) => sum(values)],
    ['multiply', (values) => values.reduce((a, b) => a * b)],
    ['maximum', (values) => Math.max(...values)],
    ['minimum', (values) => Math.min(...values)],
  ] as [string, (values: number[]) => number][]
).map(([op, of]) => ({
  name: `${op} of three`,
  op,
  inputs: { in1: distinct([2, 3]), in2: random([2, 3], 4, 5), in3: random([2, 1], -8, -7) },
  expected: ({ in1, in2, in3 }) => build([2, 3], (n, d) => of([in1!(n!, d!), in2!(n!, d!), in3!(n!, 0)])),
}));

const [few, others] = [
  tensor([2, 3], (i) => [1, 2, 3, 1, 2, 3][i]!, 'int32'),
  tensor([2, 3], (i) => [3, 2, 1, 1, 1, 5][i]!, 'int32'),
];
const comparisons: Example[] = (
  [
    ['equal', (a, b) => a === b],
    ['not_equal', (a, b) => a !== b],
    ['less', (a, b) => a < b],
    ['less_equal', (a, b) => a <= b],
    ['greater', (a, b) => a > b],
    ['greater_equal', (a, b) => a >= b],
  ] as [string, (a: number, b: number) => boolean][]
).flatMap(([op, of]): Example[] =>
  (['int32', 'float32'] as const).map((dtype) => ({
    name: `${op} of ${dtype}`,
    op,
    inputs: {
      left: tensor([2, 3], (i) => few!.data[i]!, dtype),
      right: tensor([2, 3], (i) => others!.data[i]!, dtype),
    },
    expected: ({ left, right }) => build([2, 3], (n, d) => Number(of(left!(n!, d!), right!(n!, d!))), 'bool'),
  })),
);

const truth = tensor([2, 2], (i) => [0, 1, 0, 1][i]!, 'bool');
const choices: Example[] = [
  ...(
    [
      ['logical_and', (a, b) => a * b],
      ['logical_or', (a, b) => Math.max(a, b)],
    ] as [string, (a: number, b: number) => number][]
  ).map(
    ([op, of]): Example => ({
      name: op,
      op,
      inputs: { left: truth, right: tensor([2, 2], (i) => i >> 1, 'bool') },
      expected: ({ left, right }) => build([2, 2], (n, d) => of(left!(n!, d!), right!(n!, d!)), 'bool'),
    }),
  ),
  {
    name: 'logical_not',
    op: 'logical_not',
    inputs: { in: truth },
    expected: ({ in: x }) => build([2, 2], (n, d) => 1 - x!(n!, d!), 'bool'),
  },
  {
    name: 'where, one side repeated',
    op: 'where',
    inputs: { condition: truth, left: random([2, 2]), right: random([2]) },
    expected: ({ condition, left, right }) =>
      build([2, 2], (n, d) => (condition!(n!, d!) ? left!(n!, d!) : right!(d!))),
  },
];

const reductions: Example[] = (
  [
    ['mean', mean],
    ['sum', sum],
    ['max', (values) => Math.max(...values)],
    ['min', (values) => Math.min(...values)],
    ['variance', (values) => mean(values.map((x) => (x - mean(values)) ** 2))],
    ['norm', (values) => Math.sqrt(sum(values.map((x) => x * x)))],
    ['logsumexp', (values) => Math.log(sum(values.map(Math.exp)))],
  ] as [string, (values: number[]) => number][]
).flatMap(([op, of]): Example[] => [
  {
    name: `${op} over the middle`,
    op,
    attributes: { axis: [1] },
    inputs: { in: distinct([2, 3, 2]) },
    expected: ({ in: x }) => build([2, 2], (n, d) => of(range(3).map((t) => x!(n!, t, d!)))),
  },
  {
    name: `${op} over the last two, which stay`,
    op,
    attributes: { axis: [-1, 1], keep_dims: true },
    inputs: { in: distinct([2, 3, 2]) },
    expected: ({ in: x }) =>
      build([2, 1, 1], (n) => of(range(6).map((k) => x!(n!, Math.floor(k / 2), k % 2)))),
  },
]);

const more: Example[] = [
  ...(['argmax', 'argmin'] as const).map(
    (op): Example => ({
      name: op,
      op,
      attributes: { axis: 1 },
      inputs: { in: distinct([2, 4, 3]) },
      expected: ({ in: x }) =>
        build(
          [2, 3],
          (n, d) => {
            const column = range(4).map((t) => x!(n!, t, d!));
            return column.indexOf(op === 'argmax' ? Math.max(...column) : Math.min(...column));
          },
          'int32',
        ),
    }),
  ),
  {
    name: 'masked_mean, one row without a step that counts',
    op: 'masked_mean',
    inputs: { in: random([2, 3, 2]), mask: tensor([2, 3], (i) => [1, 0, 1, 0, 0, 0][i]!, 'bool') },
    expected: ({ in: x }) => build([2, 2], (n, d) => (n === 0 ? (x!(0, 0, d!) + x!(0, 2, d!)) / 2 : 0)),
  },
  {
    name: 'cumsum along the middle',
    op: 'cumsum',
    attributes: { axis: 1 },
    inputs: { in: random([2, 4, 3]) },
    expected: ({ in: x }) => build([2, 4, 3], (n, t, d) => sum(range(t! + 1).map((k) => x!(n!, k, d!)))),
  },
  {
    name: 'l2_normalize',
    op: 'l2_normalize',
    inputs: { in: random([2, 3]) },
    expected: ({ in: x }) => build([2, 3], (n, d) => x!(n!, d!) / Math.sqrt(dot(3, (k) => x!(n!, k) ** 2))),
  },
];

const norm = (x: (k: number) => number): number => Math.sqrt(dot(3, (k) => x(k) ** 2));
const similarities: Example[] = [
  {
    name: 'dot',
    op: 'dot',
    inputs: { left: random([2, 3]), right: random([2, 3]) },
    expected: ({ left, right }) => build([2], (n) => dot(3, (k) => left!(n!, k) * right!(n!, k))),
  },
  {
    name: 'cosine_similarity',
    op: 'cosine_similarity',
    inputs: { left: random([2, 3]), right: random([2, 3]) },
    expected: ({ left, right }) =>
      build(
        [2],
        (n) =>
          dot(3, (k) => left!(n!, k) * right!(n!, k)) /
          (norm((k) => left!(n!, k)) * norm((k) => right!(n!, k))),
      ),
  },
  {
    name: 'euclidean_distance',
    op: 'euclidean_distance',
    inputs: { left: random([2, 3]), right: random([2, 3]) },
    expected: ({ left, right }) => build([2], (n) => norm((k) => left!(n!, k) - right!(n!, k))),
  },
  ...(
    [
      ['dot', (p) => p],
      ['cosine', (p, a, b) => p / (a * b)],
      ['euclidean', (p, a, b) => 2 * p - a * a - b * b],
    ] as [string, (product: number, left: number, right: number) => number][]
  ).map(
    ([by, of]): Example => ({
      name: `pairwise by ${by}`,
      op: 'pairwise',
      attributes: { by },
      inputs: { left: random([2, 3]), right: random([4, 3]) },
      expected: ({ left, right }) =>
        build([2, 4], (i, j) =>
          of(
            dot(3, (k) => left!(i!, k) * right!(j!, k)),
            norm((k) => left!(i!, k)),
            norm((k) => right!(j!, k)),
          ),
        ),
    }),
  ),
];

/** Number by number, reductions and similarity. */
export const elements: Example[] = [
  ...activations,
  ...pairs,
  ...chains,
  ...comparisons,
  ...choices,
  ...reductions,
  ...more,
  ...similarities,
];
