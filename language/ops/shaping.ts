/** Ops that move numbers without changing them. */
import { Dim } from '../types/dim';
import { describeRank } from '../types/fit';
import { dtypes, isDtype, printType, type TensorType } from '../types/type';
import {
  axisOf,
  failRank,
  input,
  needLastAxes,
  numberOf,
  output,
  product,
  result,
  sizeOf,
  sizesOf,
  textOf,
  typeOf,
  typesOf,
} from './call';
import type { Op, OpAttribute, OpCall } from './op';

const shaping = (op: Omit<Op, 'category' | 'stage' | 'outputs'> & { outputs?: Op['outputs'] }): Op => ({
  category: 'shape',
  stage: 'graph',
  outputs: [output('The same numbers.')],
  ...op,
});

const example = (line: string) => `\n\n\`\`\`yaml\n${line}\n\`\`\``;
const axis = (doc: string, fallback?: number): OpAttribute => ({
  type: 'int',
  ...(fallback === undefined ? { required: true } : { default: fallback }),
  doc: `${doc} 0 is the first; negative numbers count from the end.`,
});

/** Axes other than the first can be told apart only when none are hidden in `...lead`. */
function needKnownRank(call: OpCall, type: TensorType): boolean {
  if (type.lead === undefined && type.dims.length >= 1) return true;
  failRank(call, 'in', `\`in\` takes a known number of axes, not ${describeRank(type)}: ${printType(type)}`);
  return false;
}

export const concat = shaping({
  name: 'concat',
  summary: 'Puts values side by side along one axis.',
  doc: `All other axes must be the same.${example('both: { op: concat, in: [text, picture] }')}`,
  inputs: [{ ...input('Two or more values.'), variadic: true }],
  attributes: { axis: axis('The axis along which sizes add up.', -1) },
  infer(call) {
    const types = typesOf(call);
    const place = numberOf(call, 'axis');
    const [first, ...others] = types;
    if (!first || place === undefined) return result(undefined);
    const at = axisOf(call, first, place, 'axis');
    if (at === undefined) return result(undefined);
    let total = first.dims[at]!;
    for (const other of others) {
      if (other.dtype !== first.dtype) {
        call.fail({
          input: 'in',
          kind: 'dtype',
          message: `all inputs have the same element type, but there are ${printType(first)} and ${printType(other)}`,
          help: 'convert one with `cast`',
        });
        return result(undefined);
      }
      if (other.lead !== first.lead || other.dims.length !== first.dims.length) {
        failRank(
          call,
          'in',
          `all inputs have the same number of axes, but there are ${printType(first)} and ${printType(other)}`,
        );
        return result(undefined);
      }
      other.dims.forEach((dim, index) => {
        if (index !== at)
          call.equate(
            first.dims[index]!,
            dim,
            `\`concat\` along axis ${place} keeps all others, and axis ${index} differs`,
          );
      });
      total = total.plus(other.dims[at]!);
    }
    return result({ ...first, dims: first.dims.map((dim, index) => (index === at ? total : dim)) });
  },
});

export const reshape = shaping({
  name: 'reshape',
  summary: 'Reads each row in another shape.',
  doc: `The first axis, the batch, stays; \`shape\` is the rest. One size may be -1: what is left over.${example('halves: { op: reshape, in: hidden, shape: [2, -1] }')}`,
  inputs: [input('[batch, …].')],
  attributes: {
    shape: { type: 'ints', required: true, min: -1, doc: 'The sizes after the batch; one may be -1.' },
  },
  infer(call) {
    const type = typeOf(call);
    if (!needKnownRank(call, type)) return result(undefined);
    const wanted = sizesOf(call, 'shape');
    if (!wanted) return result(undefined);
    const open = wanted.filter((dim) => dim.constant === -1).length;
    const bad = wanted.find((dim) => dim.constant !== undefined && dim.constant < 1 && dim.constant !== -1);
    if (open > 1 || bad) {
      call.fail({
        attribute: 'shape',
        kind: 'attribute',
        message: bad ? `a size is at least 1, not ${bad}` : 'only one size can be -1',
      });
      return result(undefined);
    }
    const total = product(type.dims.slice(1));
    const rest = product(wanted.filter((dim) => dim.constant !== -1));
    const left = total.floorDivide(rest);
    call.equate(
      open === 1 ? left.times(rest) : rest,
      total,
      `\`reshape\` keeps the number of elements in a row, ${total}`,
    );
    return result({
      dtype: type.dtype,
      dims: [type.dims[0]!, ...wanted.map((dim) => (dim.constant === -1 ? left : dim))],
    });
  },
});

export const flatten = shaping({
  name: 'flatten',
  summary: 'Lays all axes of a row out in one.',
  doc: `The first axis, the batch, stays.${example('flat: { op: flatten, in: picture }')}`,
  inputs: [input('[batch, …].')],
  attributes: {},
  outputs: [output('[batch, all the rest].')],
  infer(call) {
    const type = typeOf(call);
    if (!needKnownRank(call, type)) return result(undefined);
    return result({ dtype: type.dtype, dims: [type.dims[0]!, product(type.dims.slice(1))] });
  },
});

export const transpose = shaping({
  name: 'transpose',
  summary: 'Puts axes in another order.',
  doc: `Axis \`i\` of the result is axis \`order[i]\` of the input.${example('turned: { op: transpose, in: hidden, order: [0, 2, 1] }')}`,
  inputs: [input('Anything with a known number of axes.')],
  attributes: { order: { type: 'ints', required: true, min: 0, doc: 'Every axis once, in the new order.' } },
  infer(call) {
    const type = typeOf(call);
    if (!needKnownRank(call, type)) return result(undefined);
    const order = sizesOf(call, 'order')?.map((dim) => dim.constant);
    if (!order || order.includes(undefined)) return result(undefined);
    const axes = type.dims.map((_, index) => index);
    if (order.length !== axes.length || !axes.every((index) => order.includes(index))) {
      call.fail({
        attribute: 'order',
        kind: 'attribute',
        message: `\`order\` names each axis of ${printType(type)} once, so some order of [${axes.join(', ')}]`,
      });
      return result(undefined);
    }
    return result({ ...type, dims: order.map((index) => type.dims[index!]!) });
  },
});

export const squeeze = shaping({
  name: 'squeeze',
  summary: 'Removes an axis of size 1.',
  doc: `The axis must have the size 1.${example('score: { op: squeeze, in: logits, axis: -1 }')}`,
  inputs: [input('Anything with an axis of size 1.')],
  attributes: { axis: axis('The axis to remove.', -1) },
  infer(call) {
    const type = typeOf(call);
    const place = numberOf(call, 'axis');
    const at = place === undefined ? undefined : axisOf(call, type, place, 'axis');
    if (at === undefined) return result(undefined);
    call.equate(
      type.dims[at]!,
      Dim.of(1),
      `\`squeeze\` removes axis ${place} of ${printType(type)}, which must have the size 1`,
    );
    return result({ ...type, dims: type.dims.filter((_, index) => index !== at) });
  },
});

export const expandDims = shaping({
  name: 'expand_dims',
  summary: 'Adds an axis of size 1.',
  doc: `${example('column: { op: expand_dims, in: price, axis: -1 }').trimStart()}`,
  inputs: [input('Anything.')],
  attributes: { axis: axis('Where the new axis stands in the result.', -1) },
  infer(call) {
    const type = typeOf(call);
    const place = numberOf(call, 'axis');
    const at = place === undefined ? undefined : axisOf(call, type, place, 'axis', 1);
    if (at === undefined) return result(undefined);
    return result({ ...type, dims: [...type.dims.slice(0, at), Dim.of(1), ...type.dims.slice(at)] });
  },
});

export const slice = shaping({
  name: 'slice',
  summary: 'Takes a stretch of one axis.',
  doc: `From \`begin\` on, \`size\` entries, or all that are left.${example('first: { op: slice, in: states, axis: 1, begin: 0, size: 1 }')}`,
  inputs: [input('Anything.')],
  attributes: {
    axis: axis('The axis to cut.'),
    begin: { type: 'int', default: 0, min: 0, doc: 'The first entry that is taken.' },
    size: { type: 'int', min: 1, doc: 'How many are taken; all that are left when it is left out.' },
  },
  infer(call) {
    const type = typeOf(call);
    const place = numberOf(call, 'axis');
    const at = place === undefined ? undefined : axisOf(call, type, place, 'axis');
    if (at === undefined) return result(undefined);
    const begin = sizeOf(call, 'begin');
    const left = type.dims[at]!.minus(begin);
    const size = call.attributes.size === undefined ? left : sizeOf(call, 'size');
    if (left.bounds().greatest < 1 || left.minus(size).bounds().greatest < 0) {
      call.fail({
        attribute: left.bounds().greatest < 1 ? 'begin' : 'size',
        kind: 'dim',
        message: `axis ${place} of ${printType(type)} has no entries from ${begin} to ${begin.plus(size).minus(1)}`,
      });
      return result(undefined);
    }
    return result({ ...type, dims: type.dims.map((dim, index) => (index === at ? size : dim)) });
  },
});

export const cast = shaping({
  name: 'cast',
  summary: 'Converts to another element type.',
  doc: `Numbers that the new type cannot hold are rounded towards 0.${example('numbers: { op: cast, in: counts, to: float32 }')}`,
  inputs: [input('Anything but text.')],
  attributes: {
    to: {
      type: 'enum',
      values: dtypes.filter((dtype) => dtype !== 'string'),
      required: true,
      doc: 'The new element type.',
    },
  },
  infer(call) {
    const type = typeOf(call);
    const to = textOf(call, 'to');
    if (type.dtype === 'string') {
      call.fail({
        input: 'in',
        kind: 'dtype',
        message: `text cannot be converted to numbers: ${printType(type)}`,
        help: 'use `word_ids`, `char_ids` or `hash_bucket`',
      });
      return result(undefined);
    }
    return result(to !== undefined && isDtype(to) ? { ...type, dtype: to } : undefined);
  },
});

export const maskOf = shaping({
  name: 'mask_of',
  summary: 'Marks which ids are not padding.',
  doc: `1 where the id differs from \`pad\`, else 0. Give it to ops that take a \`mask\`.${example('known: { op: mask_of, in: tokens }')}`,
  inputs: [input('Ids of any shape.')],
  attributes: { pad: { type: 'int', default: 0, doc: 'The id that stands for padding.' } },
  outputs: [output('float32 of the same shape, 0 or 1.')],
  infer(call) {
    const type = typeOf(call);
    if (type.dtype !== 'int32' && type.dtype !== 'int64') {
      call.fail({
        input: 'in',
        kind: 'dtype',
        message: `\`in\` takes ids, int32 or int64, not ${printType(type)}`,
      });
      return result(undefined);
    }
    return result({ ...type, dtype: 'float32' });
  },
});

export const shapingOps: Op[] = [
  concat,
  reshape,
  flatten,
  transpose,
  squeeze,
  expandDims,
  slice,
  cast,
  maskOf,
];

export const reductionOps: Op[] = (['mean', 'sum', 'max'] as const).map((name) => ({
  name,
  category: 'reduction',
  stage: 'graph',
  summary: `The ${name === 'max' ? 'greatest number' : name} along one or more axes.`,
  doc: `The axes vanish, or stay with the size 1 with \`keep_dims\`.${example(`summary: { op: ${name}, in: states, axis: 1 }`)}`,
  inputs: [input('Numbers.')],
  attributes: {
    axis: { type: 'ints', required: true, doc: 'One axis or several; negative numbers count from the end.' },
    keep_dims: { type: 'bool', default: false, doc: 'Whether the axes stay, with the size 1.' },
  },
  outputs: [output('Without those axes.')],
  infer(call) {
    const type = typeOf(call);
    const wanted = sizesOf(call, 'axis')?.map((dim) => dim.constant);
    if (type.dtype === 'string' || type.dtype === 'bool') {
      call.fail({ input: 'in', kind: 'dtype', message: `\`in\` takes numbers, not ${printType(type)}` });
      return result(undefined);
    }
    if (!needLastAxes(call, 1) || !wanted || wanted.includes(undefined)) return result(undefined);
    const axes = wanted.map((place) => axisOf(call, type, place!, 'axis'));
    if (axes.includes(undefined)) return result(undefined);
    const keep = call.attributes.keep_dims === true;
    const dims = type.dims.flatMap((dim, index) => (!axes.includes(index) ? [dim] : keep ? [Dim.of(1)] : []));
    return result({ ...type, dims });
  },
}));
