import { Dim } from '../types/dim';
import { printType, type TensorType } from '../types/type';
import { elements, input, needFloat, numberOf, output, result, typeOf, typesOf } from './call';
import type { Op, OpCall } from './op';

/** The larger of two shapes that line up at the end; an axis of size 1 is repeated. */
export function broadcast(call: OpCall, a: TensorType, b: TensorType, why: string): TensorType {
  const [wide, narrow] = isWider(b, a) ? [b, a] : [a, b];
  const offset = wide.dims.length - narrow.dims.length;
  const dims = wide.dims.map((dim, axis) => {
    const other = narrow.dims[axis - offset];
    if (other === undefined || other.constant === 1) return dim;
    if (dim.constant === 1) return other;
    call.equate(dim, other, `${why}: axis ${axis} of ${printType(a)} and ${printType(b)}`);
    return call.resolve(dim);
  });
  return { ...wide, dims };
}

function isWider(a: TensorType, b: TensorType): boolean {
  if ((a.lead === undefined) !== (b.lead === undefined)) return a.lead !== undefined;
  return a.dims.length > b.dims.length;
}

/** Leading axes of two names cannot be lined up. */
function sameLead(call: OpCall, types: TensorType[], name: string): boolean {
  const leads = new Set(types.flatMap((type) => type.lead ?? []));
  const [first, other] = types;
  if (leads.size <= 1) return true;
  call.fail({
    input: name,
    kind: 'rank',
    message: `${printType(first!)} and ${printType(other!)} may have different numbers of axes in front`,
  });
  return false;
}

function sameDtype(call: OpCall, types: TensorType[], name: string): boolean {
  const other = types.find((type) => type.dtype !== types[0]!.dtype);
  if (!other) return true;
  call.fail({
    input: name,
    kind: 'dtype',
    message: `all inputs have the same element type, but there are ${printType(types[0]!)} and ${printType(other)}`,
    help: 'convert one with `cast`',
  });
  return false;
}

const doc = (
  name: string,
  text: string,
) => `${text} Shapes line up at the end, and an axis of size 1 is repeated, as in NumPy.

\`\`\`yaml
both: { op: ${name}, in: [left, right] }
\`\`\``;

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
      const out = types.reduce((a, b) => broadcast(call, a, b, `\`${name}\` goes element by element`));
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
      const out = broadcast(call, types[0], types[1], `\`${name}\` goes element by element`);
      return result(out, [], elements(out));
    },
  };
}

const scale: Op = {
  name: 'scale',
  category: 'arithmetic',
  stage: 'graph',
  summary: 'Multiplies with a fixed number and adds another.',
  doc: `x·factor + offset.

\`\`\`yaml
smaller: { op: scale, in: logits, factor: 0.1 }
\`\`\``,
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
  doc: `[…, n, k] times [k, m] or […, k, m] gives […, n, m]. Axes in front must be the same on both sides.

\`\`\`yaml
scores: { op: matmul, in: { left: queries, right: keys }, transpose_right: true }
\`\`\``,
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
  doc: `A value that is the same in every row and is not learned.

\`\`\`yaml
one: { op: constant, value: 1, shape: [64] }
\`\`\``,
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
    return result({ dtype: 'float32', dims });
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
  scale,
  matmul,
  constant,
];
