/** Ops that lay the same numbers out in another way, or say something of each. */
import { Dim } from '../types/dim';
import { dtypes, isDtype, printType } from '../types/type';
import { elements, input, noFlops, output, product, result, sizesOf, textOf, typeOf } from './call';
import { document, nothing } from './document';
import type { Op } from './op';
import { axisAttribute, needKnownRank, placeOf, shaping } from './shaping';

const reshape = shaping({
  name: 'reshape',
  summary: 'Reads each row in another shape.',
  doc: document(
    'The first axis, the batch, stays; `shape` is the rest. One size may be -1: what is left over.',
    nothing,
    { hidden: 'float32[batch, 64]' },
    'halves: { op: reshape, in: hidden, shape: [2, -1] }',
    'float32[batch, 2, 32]',
  ),
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
    return result(
      {
        dtype: type.dtype,
        dims: [type.dims[0]!, ...wanted.map((dim) => (dim.constant === -1 ? left : dim))],
      },
      [],
      noFlops,
    );
  },
});

const flatten = shaping({
  name: 'flatten',
  summary: 'Lays all axes of a row out in one.',
  doc: document(
    'The first axis, the batch, stays.',
    nothing,
    { picture: 'float32[batch, 7, 7, 16]' },
    'flat: { op: flatten, in: picture }',
    'float32[batch, 784]',
  ),
  inputs: [input('[batch, …].')],
  attributes: {},
  outputs: [output('[batch, all the rest].')],
  infer(call) {
    const type = typeOf(call);
    if (!needKnownRank(call, type)) return result(undefined);
    return result({ dtype: type.dtype, dims: [type.dims[0]!, product(type.dims.slice(1))] }, [], noFlops);
  },
});

const transpose = shaping({
  name: 'transpose',
  summary: 'Puts axes in another order.',
  doc: document(
    'Axis `i` of the result is axis `order[i]` of the input.',
    nothing,
    { hidden: 'float32[batch, steps, 64]' },
    'turned: { op: transpose, in: hidden, order: [0, 2, 1] }',
    'float32[batch, 64, steps]',
  ),
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
    return result({ ...type, dims: order.map((index) => type.dims[index!]!) }, [], noFlops);
  },
});

const squeeze = shaping({
  name: 'squeeze',
  summary: 'Removes an axis of size 1.',
  doc: document(
    'The axis must have the size 1.',
    nothing,
    { logits: 'float32[batch, 1]' },
    'score: { op: squeeze, in: logits, axis: -1 }',
    'float32[batch]',
  ),
  inputs: [input('Anything with an axis of size 1.')],
  attributes: { axis: axisAttribute('The axis to remove.', -1) },
  infer(call) {
    const type = typeOf(call);
    const at = placeOf(call, type);
    if (at === undefined) return result(undefined);
    call.equate(
      type.dims[at]!,
      Dim.of(1),
      `\`squeeze\` removes axis ${at} of ${printType(type)}, which must have the size 1`,
    );
    return result({ ...type, dims: type.dims.filter((_, index) => index !== at) }, [], noFlops);
  },
});

const expandDims = shaping({
  name: 'expand_dims',
  summary: 'Adds an axis of size 1.',
  doc: document(
    'So that a value can be repeated along it, or put beside others.',
    nothing,
    { price: 'float32[batch]' },
    'column: { op: expand_dims, in: price, axis: -1 }',
    'float32[batch, 1]',
  ),
  inputs: [input('Anything.')],
  attributes: { axis: axisAttribute('Where the new axis stands in the result.', -1) },
  infer(call) {
    const type = typeOf(call);
    const at = placeOf(call, type, 1);
    if (at === undefined) return result(undefined);
    return result(
      { ...type, dims: [...type.dims.slice(0, at), Dim.of(1), ...type.dims.slice(at)] },
      [],
      noFlops,
    );
  },
});

const cast = shaping({
  name: 'cast',
  summary: 'Converts to another element type.',
  doc: document(
    'Numbers that the new type cannot hold are rounded towards 0.',
    nothing,
    { counts: 'int32[batch]' },
    'numbers: { op: cast, in: counts, to: float32 }',
    'float32[batch]',
  ),
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
    return result(to !== undefined && isDtype(to) ? { ...type, dtype: to } : undefined, [], noFlops);
  },
});

const maskOf = shaping({
  name: 'mask_of',
  summary: 'Marks which ids are not padding.',
  doc: document(
    '1 where the id differs from `pad`, else 0. Give it to ops that take a `mask`.',
    '1 per id',
    { tokens: 'int32[batch, steps]' },
    'known: { op: mask_of, in: tokens }',
    'float32[batch, steps]',
  ),
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
    return result({ ...type, dtype: 'float32' }, [], elements(type));
  },
});

const identity = shaping({
  name: 'identity',
  summary: 'Gives on what it gets, under another name.',
  doc: document(
    'For an output that is an input, or a step that a composition may replace.',
    nothing,
    { hidden: 'float32[batch, 64]' },
    'out: { op: identity, in: hidden }',
    'float32[batch, 64]',
  ),
  inputs: [input('Anything.')],
  attributes: {},
  infer: (call) => result(typeOf(call), [], noFlops),
});

export const reshapingOps: Op[] = [reshape, flatten, transpose, squeeze, expandDims, cast, maskOf, identity];
