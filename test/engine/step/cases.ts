import type { Builder } from '../../../engine/step/builder';
import type {
  BinaryName,
  Conv2dGeometry,
  ElementType,
  HostTensor,
  Pool2dGeometry,
  TensorId,
  UnaryName,
} from '../../../engine/step/program';
import { recurrenceStates } from '../../../engine/step/recurrence';
import { numbers, tensor } from '../graph/tensors';

/** One primitive over some inputs. */
export interface Case {
  name: string;
  inputs: HostTensor[];
  build(b: Builder, ...inputs: TensorId[]): TensorId;
}

const next = numbers(11);
/** Random numbers in [low, high), the same in every run. */
export const random = (shape: number[], low = -2, high = 2, dtype: ElementType = 'float32'): HostTensor =>
  tensor(
    shape,
    () => (dtype === 'int32' ? Math.floor(low + next() * (high - low)) : low + next() * (high - low)),
    dtype,
  );

/** Random numbers no two of which are close, so that a finite difference does not change which one is largest. */
export function distinct(shape: number[]): HostTensor {
  const length = shape.reduce((a, b) => a * b, 1);
  const order = Array.from({ length }, (_, i) => i)
    .map((i): [number, number] => [next(), i])
    .sort(([a], [b]) => a - b)
    .map(([, i]) => i);
  return tensor(shape, (i) => (order[i]! - length / 2) * 0.21 + 0.07);
}

const unaryRanges: Partial<Record<UnaryName, [number, number]>> = {
  log: [0.3, 3],
  log1p: [-0.5, 2],
  sqrt: [0.3, 3],
  rsqrt: [0.5, 3],
  reciprocal: [0.5, 3],
};
const unaryNames: UnaryName[] = [
  ...(['neg', 'exp', 'log', 'log1p', 'sqrt', 'rsqrt', 'reciprocal', 'tanh', 'sigmoid'] as const),
  ...(['softplus', 'square', 'erf', 'sin', 'cos'] as const),
];
const binaryNames: BinaryName[] = ['add', 'sub', 'mul', 'div'];

const shapePairs: [number[], number[]][] = [
  [
    [3, 4],
    [3, 4],
  ],
  [[3, 4], [4]],
  [[3, 4], []],
  [
    [3, 1],
    [1, 4],
  ],
  [
    [2, 3, 4],
    [3, 1],
  ],
];

const unaries = unaryNames.map(
  (op): Case => ({
    name: op,
    inputs: [random([2, 3], ...(unaryRanges[op] ?? [-2, 2]))],
    build: (b, x) => b.unary(op, x),
  }),
);
const binaries = shapePairs.flatMap(([left, right]) =>
  binaryNames.map(
    (op): Case => ({
      name: `${op} of [${left}] and [${right}]`,
      inputs: [random(left), random(right, 0.5, 2)],
      build: (b, x, y) => b.binary(op, x, y),
    }),
  ),
);
const kinks: Case[] = [
  ...(['relu', 'abs', 'sign', 'floor'] as const).map(
    (op): Case => ({ name: op, inputs: [distinct([3, 4])], build: (b, x) => b.unary(op, x) }),
  ),
  ...(['maximum', 'minimum'] as const).map(
    (op): Case => ({
      name: op,
      inputs: [distinct([3, 4]), tensor([4], (i) => i * 0.4 - 0.9)],
      build: (b, x, y) => b.binary(op, x, y),
    }),
  ),
  {
    name: 'pow',
    inputs: [random([3, 2], 0.5, 2), random([2], -2, 2)],
    build: (b, x, y) => b.binary('pow', x, y),
  },
  {
    name: 'select',
    inputs: [random([3, 1]), random([3, 4]), random([4])],
    build: (b, c, x, y) => b.select(b.binary('greater', c, b.scalar(0)), x, y),
  },
];

const reductions = (['reduce_sum', 'reduce_mean', 'reduce_max', 'reduce_min'] as const).flatMap((op) =>
  [[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]].map(
    (axes): Case => ({
      name: `${op} over ${axes}`,
      inputs: [distinct([3, 4, 2])],
      build: (b, x) => b.reduce(op, x, axes, axes.length === 2),
    }),
  ),
);
/** An axis of size 1 lies behind others that stay. */
const besideOnes = (['reduce_sum', 'reduce_mean', 'reduce_max', 'reduce_min'] as const).flatMap((op) =>
  [[1, 3], [0, 3], [3]].map(
    (axes): Case => ({
      name: `${op} over ${axes}, where the last has the size 1`,
      inputs: [distinct([2, 4, 3, 1])],
      build: (b, x) => b.reduce(op, x, axes, true),
    }),
  ),
);
const rows: Case[] = [
  { name: 'softmax', inputs: [random([2, 2, 5])], build: (b, x) => b.softmax(x) },
  { name: 'log_softmax', inputs: [random([4, 5], -9, 9)], build: (b, x) => b.logSoftmax(x) },
];

const flags = [false, true];
const products = flags.flatMap((left) =>
  flags.flatMap((right) =>
    [[], [3], [2, 2]].map(
      (lead): Case => ({
        name: `matmul of groups [${lead}], transposed ${left} and ${right}`,
        inputs: [
          random([...lead, ...(left ? [4, 2] : [2, 4])]),
          random([...lead, ...(right ? [3, 4] : [4, 3])]),
        ],
        build: (b, x, y) => b.matmul(x, y, left, right),
      }),
    ),
  ),
);

const movements: Case[] = [
  { name: 'reshape', inputs: [random([2, 6])], build: (b, x) => b.reshape(x, [3, 4]) },
  { name: 'transpose', inputs: [random([2, 3, 4])], build: (b, x) => b.transpose(x, [2, 0, 1]) },
  {
    name: 'broadcast_like',
    inputs: [random([3, 1]), random([2, 3, 4])],
    build: (b, x, y) => b.broadcastLike(x, y),
  },
  {
    name: 'concat',
    inputs: [random([2, 1, 3]), random([2, 4, 3])],
    build: (b, x, y) => b.concat([x, y, x], 1),
  },
  { name: 'slice along one axis', inputs: [random([3, 5])], build: (b, x) => b.cut(x, 1, 1, 3) },
  { name: 'slice along two axes', inputs: [random([3, 5])], build: (b, x) => b.slice(x, [1, 2], [1, 2]) },
  {
    name: 'overlapping slices',
    inputs: [random([2, 6])],
    build: (b, x) =>
      b.mul(b.add(b.cut(x, 1, 0, 3), b.cut(x, 1, 1, 3)), b.add(b.cut(x, 1, 3, 3), b.cut(x, 1, 0, 3))),
  },
  {
    name: 'pad',
    inputs: [random([2, 3])],
    build: (b, x) =>
      b.pad(
        x,
        [
          [1, 0],
          [0, 2],
        ],
        0.5,
      ),
  },
  { name: 'reverse', inputs: [random([2, 4, 3])], build: (b, x) => b.reverse(x, 1) },
  {
    name: 'gather',
    inputs: [random([4, 3]), tensor([2, 3], (i) => [3, 0, 3, 1, 1, 3][i]!, 'int32')],
    build: (b, table, at) => b.gather(table, at),
  },
  {
    name: 'scatter_add',
    inputs: [tensor([2, 2], (i) => [2, 0, 2, 1][i]!, 'int32'), random([2, 2, 3])],
    build: (b, at, updates) => b.scatterAdd(at, updates, 4),
  },
  { name: 'cast', inputs: [random([3])], build: (b, x) => b.cast(x, 'float32') },
];

const geometries: Conv2dGeometry[] = [
  {
    strides: [1, 1],
    dilations: [1, 1],
    pads: [
      [0, 0],
      [0, 0],
    ],
  },
  {
    strides: [1, 1],
    dilations: [1, 1],
    pads: [
      [1, 1],
      [0, 1],
    ],
  },
  {
    strides: [2, 2],
    dilations: [1, 1],
    pads: [
      [1, 0],
      [1, 1],
    ],
  },
  {
    strides: [1, 1],
    dilations: [2, 1],
    pads: [
      [2, 2],
      [0, 0],
    ],
  },
  {
    strides: [2, 1],
    dilations: [1, 2],
    pads: [
      [0, 1],
      [2, 0],
    ],
  },
];
const convolutions = geometries.flatMap((geometry): Case[] => {
  const image = random([2, 5, 4, 2], -1, 1);
  const filter = random([3, 2, 2, 2], -1, 1);
  const name = JSON.stringify(geometry);
  return [
    { name: `conv2d ${name}`, inputs: [image, filter], build: (b, x, w) => b.conv2d(x, w, geometry) },
    {
      name: `conv2d_grad_input ${name}`,
      inputs: [image, filter],
      build: (b, x, w) => b.conv2dGradInput(x, w, b.unary('square', b.conv2d(x, w, geometry)), geometry),
    },
    {
      name: `conv2d_grad_filter ${name}`,
      inputs: [image, filter],
      build: (b, x, w) =>
        b.conv2dGradFilter(x, [3, 2, 2, 2], b.unary('square', b.conv2d(x, w, geometry)), geometry),
    },
  ];
});
const pools = (
  [
    {
      window: [2, 2],
      strides: [2, 2],
      pads: [
        [0, 0],
        [0, 0],
      ],
    },
    {
      window: [3, 2],
      strides: [1, 1],
      pads: [
        [1, 1],
        [0, 1],
      ],
    },
  ] as Pool2dGeometry[]
).map(
  (geometry): Case => ({
    name: `max_pool2d ${JSON.stringify(geometry)}`,
    inputs: [distinct([1, 5, 4, 2])],
    build: (b, x) => b.maxPool2d(x, geometry),
  }),
);

/** Cells of two units that read four steps of three rows, which take them all, some, or the first and last none. */
const recurrences = (
  [
    ['lstm', 4],
    ['gru', 3],
    ['simple_rnn', 1],
  ] as const
).flatMap(([cell, gates]) =>
  [
    undefined,
    [1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 0, 1],
    [0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0],
    Array(12).fill(0),
  ].flatMap((counts, kind) =>
    flags.flatMap((reverse) =>
      flags.map((learns): Case => {
        const given = [random([4, 3, gates * 2]), random([2, gates * 2])];
        if (cell === 'gru') given.push(random([6]));
        const masked = ['', ', a mask', ', steps that no row takes', ', no step at all'][kind];
        return {
          name: `${cell}${reverse ? ' from the end' : ''}${masked}${learns ? '' : ', without a tape'}`,
          inputs: given,
          build: (b, input, recurrent, bias) => {
            const mask = counts && b.cast(b.constant(Int32Array.from(counts), [4, 3, 1]), 'bool');
            return recurrenceStates(
              b,
              {
                cell,
                reverse,
                input: input!,
                recurrent: recurrent!,
                ...(bias === undefined ? {} : { bias }),
                ...(mask === undefined ? {} : { mask }),
              },
              learns,
            );
          },
        };
      }),
    ),
  ),
);

/** Every primitive through which a gradient can flow, in the shapes that matter. */
export const cases: Case[] = [
  ...unaries,
  ...binaries,
  ...kinks,
  ...reductions,
  ...besideOnes,
  ...rows,
  ...products,
  ...movements,
  ...convolutions,
  ...pools,
  ...recurrences,
];
