import { Dim } from '../types/dim';
import { printType, type TensorType } from '../types/type';
import { broadcastAll, sameDtype, sameLead } from './broadcast';
import { elements, input, needFloat, noFlops, numberOf, output, result, typeOf, typesOf } from './call';
import { document, nothing } from './document';
import type { Op, OpCall } from './op';

const hidden = 'float32[batch, 64]';

const doc = (name: string, text: string): string =>
  document(
    `${text} Shapes line up at the end, and an axis of size 1 is repeated, as in NumPy.`,
    '1 per number of the result and value after the first',
    { left: hidden, right: hidden },
    `both: { op: ${name}, in: [left, right] }`,
    hidden,
  );

function variadic(name: string, summary: string, text: string): Op {
  return {
    name,
    category: 'arithmetic',
    stage: 'graph',
    summary,
    doc: doc(name, text),
    inputs: [{ ...input('Two or more values.'), variadic: true }],
    attributes: {},
    outputs: [output('The shape that all are repeated to.')],
    infer(call) {
      const types = typesOf(call);
      if (types.length < 2) {
        call.fail({
          input: 'in',
          kind: 'rank',
          message: `\`${name}\` takes two or more values`,
          help: 'write them as a list: `in: [a, b]`',
        });
        return result(types[0]);
      }
      if (
        !types.every((type) => needFloatOrWhole(call, type)) ||
        !sameDtype(call, types, 'in') ||
        !sameLead(call, types, 'in')
      ) {
        return result(undefined);
      }
      const out = broadcastAll(call, types, name);
      return result(out, [], elements(out)?.times(types.length - 1));
    },
  };
}

function needFloatOrWhole(call: OpCall, type: TensorType, name = 'in'): boolean {
  return type.dtype === 'int32' || type.dtype === 'int64' || needFloat(call, name, type);
}

function binary(name: string, summary: string, text: string): Op {
  return {
    name,
    category: 'arithmetic',
    stage: 'graph',
    summary,
    doc: doc(name, text),
    inputs: [
      { name: 'left', doc: 'The first value.' },
      { name: 'right', doc: 'The second value.' },
    ],
    attributes: {},
    outputs: [output('The shape that both are repeated to.')],
    infer(call) {
      const types = [typeOf(call, 'left'), typeOf(call, 'right')] as [TensorType, TensorType];
      const known = needFloatOrWhole(call, types[0], 'left') && needFloatOrWhole(call, types[1], 'right');
      if (!known || !sameDtype(call, types, 'right') || !sameLead(call, types, 'right'))
        return result(undefined);
      const out = broadcastAll(call, types, name);
      return result(out, [], elements(out));
    },
  };
}

const scale: Op = {
  name: 'scale',
  category: 'arithmetic',
  stage: 'graph',
  summary: 'Multiplies with a fixed number and adds another.',
  doc: document(
    'x·factor + offset.',
    '2 per number',
    { logits: 'float32[batch, 10]' },
    'smaller: { op: scale, in: logits, factor: 0.1 }',
    'float32[batch, 10]',
  ),
  inputs: [input('Numbers of any shape.')],
  attributes: {
    factor: { type: 'float', default: 1, doc: 'What every number is multiplied with.' },
    offset: { type: 'float', default: 0, doc: 'What is added afterwards.' },
  },
  outputs: [output('As the input.')],
  infer(call) {
    const type = typeOf(call);
    return needFloat(call) ? result(type, [], elements(type)?.times(2)) : result(undefined);
  },
};

export const matmul: Op = {
  name: 'matmul',
  category: 'arithmetic',
  stage: 'graph',
  summary: 'Multiplies matrices, over the last two axes.',
  doc: document(
    '[…, n, k] times [k, m] or […, k, m] gives […, n, m]. Axes in front must be the same on both sides.',
    '2·n·k·m for each pair of matrices',
    { queries: 'float32[batch, steps, 64]', keys: 'float32[batch, others, 64]' },
    'scores: { op: matmul, in: { left: queries, right: keys }, transpose_right: true }',
    'float32[batch, steps, others]',
  ),
  inputs: [
    { name: 'left', doc: '[…, n, k].' },
    { name: 'right', doc: '[k, m] or […, k, m].' },
  ],
  attributes: {
    transpose_left: { type: 'bool', default: false, doc: 'Takes the left side as […, k, n].' },
    transpose_right: { type: 'bool', default: false, doc: 'Takes the right side as […, m, k].' },
  },
  outputs: [output('[…, n, m].')],
  infer(call) {
    const [left, right] = [typeOf(call, 'left'), typeOf(call, 'right')];
    if (!needFloat(call, 'left') || !needFloat(call, 'right') || !sameDtype(call, [left, right], 'right'))
      return result(undefined);
    for (const [name, type] of [
      ['left', left],
      ['right', right],
    ] as const) {
      if (type.dims.length >= 2) continue;
      call.fail({
        input: name,
        kind: 'rank',
        message: `\`${name}\` takes a matrix, at least 2 axes, not ${printType(type)}`,
      });
      return result(undefined);
    }
    const plain = right.lead === undefined && right.dims.length === 2;
    if (!plain && (left.lead !== right.lead || left.dims.length !== right.dims.length)) {
      const message = `the sides have different axes in front: ${printType(left)} and ${printType(right)}`;
      call.fail({ input: 'right', kind: 'rank', message });
      return result(undefined);
    }
    const [n, k] = ends(left, call.attributes.transpose_left === true);
    const [k2, m] = ends(right, call.attributes.transpose_right === true);
    call.equate(k, k2, '`matmul` sums over the inner axes, which must have the same size');
    const front = left.dims.slice(0, -2);
    if (!plain) {
      for (const [axis, dim] of front.entries())
        call.equate(dim, right.dims[axis]!, '`matmul` keeps the axes in front');
    }
    const out: TensorType = { ...left, dims: [...front, n, m] };
    return result(out, [], elements(out)?.times(k).times(2));
  },
};

function ends(type: TensorType, transposed: boolean): [Dim, Dim] {
  const [a, b] = type.dims.slice(-2) as [Dim, Dim];
  return transposed ? [b, a] : [a, b];
}

export const constant: Op = {
  name: 'constant',
  category: 'arithmetic',
  stage: 'graph',
  summary: 'A fixed number, repeated to a shape.',
  doc: document(
    'A value that is the same in every row and is not learned. `parameter` is learned.',
    nothing,
    {},
    'one: { op: constant, value: 1, shape: [64] }',
    'float32[64]',
  ),
  inputs: [],
  attributes: {
    value: { type: 'float', required: true, doc: 'The number.' },
    shape: { type: 'ints', default: [], min: 1, doc: 'The size of each axis; none for a single number.' },
  },
  outputs: [output('float32 of that shape.')],
  infer(call) {
    const shape = call.attributes.shape;
    if (!Array.isArray(shape) && numberOf(call, 'shape') === undefined) return result(undefined);
    const dims = (Array.isArray(shape) ? shape : [shape]).filter((item) => item instanceof Dim);
    return result({ dtype: 'float32', dims }, [], noFlops);
  },
};

export const arithmeticOps: Op[] = [
  variadic(
    'add',
    'Adds values, element by element.',
    'The sum of all inputs; the usual way to close a residual connection.',
  ),
  variadic(
    'multiply',
    'Multiplies values, element by element.',
    'The product of all inputs, for gates and masks.',
  ),
  binary('subtract', 'Subtracts the second value from the first.', 'left - right.'),
  binary('divide', 'Divides the first value by the second.', 'left / right.'),
  binary('power', 'Raises the first value, which must be positive, to the second.', 'left^right.'),
  variadic('maximum', 'Takes the greatest of values, element by element.', 'The greatest of all inputs.'),
  variadic('minimum', 'Takes the least of values, element by element.', 'The least of all inputs.'),
  scale,
  matmul,
  constant,
];
