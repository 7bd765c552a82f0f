/** Ops that put values together, take them apart, or make them longer. */
import { Dim } from '../types/dim';
import { printType } from '../types/type';
import {
  input,
  needAxes,
  needFloat,
  noFlops,
  numberOf,
  output,
  result,
  sizeOf,
  typeOf,
  typesOf,
} from './call';
import { document, nothing } from './document';
import { weight } from './initializer';
import type { Op } from './op';
import { alike, axisAttribute, placeOf, resized, shaping } from './shaping';

const states = 'float32[batch, 40, 64]';

const concat = shaping({
  name: 'concat',
  summary: 'Puts values side by side along one axis.',
  doc: document(
    'All other axes must be the same.',
    nothing,
    { text: 'float32[batch, 512]', picture: 'float32[batch, 256]' },
    'both: { op: concat, in: [text, picture] }',
    'float32[batch, 768]',
  ),
  inputs: [{ ...input('Two or more values.'), variadic: true }],
  attributes: { axis: axisAttribute('The axis along which sizes add up.', -1) },
  infer(call) {
    const types = typesOf(call);
    const [first, ...others] = types;
    if (!first || !others.every((other) => alike(call, first, other))) return result(undefined);
    const at = placeOf(call, first);
    if (at === undefined) return result(undefined);
    let total = first.dims[at]!;
    for (const other of others) {
      for (const [axis, dim] of other.dims.entries()) {
        const why = `\`concat\` along axis ${at} keeps all others, and axis ${axis} differs`;
        if (axis !== at) call.equate(first.dims[axis]!, dim, why);
      }
      total = total.plus(other.dims[at]!);
    }
    return result(resized(first, at, total), [], noFlops);
  },
});

const stack = shaping({
  name: 'stack',
  summary: 'Puts values of one shape along a new axis.',
  doc: document(
    'All inputs have the same shape; the new axis counts them.',
    nothing,
    { left: 'float32[batch, 64]', right: 'float32[batch, 64]' },
    'both: { op: stack, in: [left, right], axis: 1 }',
    'float32[batch, 2, 64]',
  ),
  inputs: [{ ...input('One or more values.'), variadic: true }],
  attributes: { axis: axisAttribute('Where the new axis stands in the result.', 1) },
  infer(call) {
    const types = typesOf(call);
    const [first, ...others] = types;
    if (!first || !others.every((other) => alike(call, first, other))) return result(undefined);
    const at = placeOf(call, first, 1);
    if (at === undefined) return result(undefined);
    for (const other of others) {
      for (const [axis, dim] of other.dims.entries())
        call.equate(first.dims[axis]!, dim, '`stack` takes values of one shape');
    }
    const dims = [...first.dims.slice(0, at), Dim.of(types.length), ...first.dims.slice(at)];
    return result({ ...first, dims }, [], noFlops);
  },
});

const split = shaping({
  name: 'split',
  summary: 'Cuts an axis in two.',
  doc: document(
    'The first `size` entries come out of `first`, the others of `second`; without `size`, half each. To cut in more parts, use several `slice`s.',
    nothing,
    { hidden: 'float32[batch, 64]' },
    'parts: { op: split, in: hidden, size: 16 }',
    'first: float32[batch, 16], second: float32[batch, 48]',
  ),
  inputs: [input('Anything.')],
  attributes: {
    axis: axisAttribute('The axis to cut.', -1),
    size: { type: 'int', min: 1, doc: 'Entries of the first part; half of all when it is left out.' },
  },
  outputs: [
    { name: 'first', doc: 'The first entries.' },
    { name: 'second', doc: 'The others.' },
  ],
  infer(call) {
    const type = typeOf(call);
    const at = placeOf(call, type);
    if (at === undefined) return result(undefined);
    const all = type.dims[at]!;
    const halved = !call.given('size');
    const size = halved ? all.floorDivide(Dim.of(2)) : sizeOf(call, 'size');
    const rest = halved ? size : all.minus(size);
    if (halved) call.equate(size.times(2), all, '`split` without `size` halves the axis, which must be even');
    if (rest.bounds().greatest < 1 || size.bounds().greatest < 1) {
      const message = `axis ${at} of ${printType(type)} cannot be cut after ${size}: nothing would be left`;
      call.fail({ attribute: halved ? 'axis' : 'size', kind: 'dim', message });
      return result(undefined);
    }
    return {
      outputs: { first: resized(type, at, size), second: resized(type, at, rest) },
      weights: [],
      flops: noFlops,
    };
  },
});

const pad = shaping({
  name: 'pad',
  summary: 'Makes an axis longer with a fixed number.',
  doc: document(
    '`before` entries in front of the axis and `after` behind it, all with the value `value`.',
    nothing,
    { states },
    'longer: { op: pad, in: states, axis: 1, before: 2 }',
    'float32[batch, 42, 64]',
  ),
  inputs: [input('Numbers.')],
  attributes: {
    axis: axisAttribute('The axis that grows.'),
    before: { type: 'int', default: 0, min: 0, doc: 'Entries in front.' },
    after: { type: 'int', default: 0, min: 0, doc: 'Entries behind.' },
    value: { type: 'float', default: 0, doc: 'What the new entries hold.' },
  },
  infer(call) {
    const type = typeOf(call);
    const at = placeOf(call, type);
    if (at === undefined) return result(undefined);
    const size = type.dims[at]!.plus(sizeOf(call, 'before')).plus(sizeOf(call, 'after'));
    return result(resized(type, at, size), [], noFlops);
  },
});

const repeat = shaping({
  name: 'repeat',
  summary: 'Repeats entries of an axis.',
  doc: document(
    'Each entry comes `times` times in a row, as 1, 1, 2, 2; with `whole`, the axis comes again from its start, as 1, 2, 1, 2.',
    nothing,
    { states },
    'longer: { op: repeat, in: states, axis: 1, times: 2 }',
    'float32[batch, 80, 64]',
  ),
  inputs: [input('Anything.')],
  attributes: {
    axis: axisAttribute('The axis that grows.'),
    times: { type: 'int', required: true, min: 1, doc: 'How often each entry comes.' },
    whole: { type: 'bool', default: false, doc: 'Whether the axis is repeated as a whole.' },
  },
  infer(call) {
    const type = typeOf(call);
    const at = placeOf(call, type);
    if (at === undefined) return result(undefined);
    return result(resized(type, at, type.dims[at]!.times(sizeOf(call, 'times'))), [], noFlops);
  },
});

const flip = shaping({
  name: 'flip',
  summary: 'Turns an axis around.',
  doc: document(
    'The last entry comes first.',
    nothing,
    { states },
    'backwards: { op: flip, in: states, axis: 1 }',
    states,
  ),
  inputs: [input('Anything.')],
  attributes: { axis: axisAttribute('The axis to turn around.') },
  infer(call) {
    const type = typeOf(call);
    return placeOf(call, type) === undefined ? result(undefined) : result(type, [], noFlops);
  },
});

const shift = shaping({
  name: 'shift',
  summary: 'Moves entries along an axis; what moves out is lost.',
  doc: document(
    'Entry i moves to place i + `by`; places that become free hold `value`. A decoder is fed with its target shifted by 1.',
    nothing,
    { tokens: 'int32[batch, 40]' },
    'before: { op: shift, in: tokens, axis: 1 }',
    'int32[batch, 40]',
  ),
  inputs: [input('Numbers.')],
  attributes: {
    axis: axisAttribute('The axis along which entries move.'),
    by: { type: 'int', default: 1, doc: 'How far; negative numbers move towards the start.' },
    value: { type: 'float', default: 0, doc: 'What the places that become free hold.' },
  },
  infer(call) {
    const type = typeOf(call);
    const at = placeOf(call, type);
    if (at === undefined) return result(undefined);
    const [by, size] = [numberOf(call, 'by'), type.dims[at]!.constant];
    if (by !== undefined && size !== undefined && Math.abs(by) >= size) {
      const message = `the axis has ${size} entries, so a shift by ${by} leaves none of them`;
      call.fail({ attribute: 'by', kind: 'dim', message });
    }
    return result(type, [], noFlops);
  },
});

const classToken: Op = {
  name: 'class_token',
  category: 'shape',
  stage: 'graph',
  summary: 'Puts a learned vector before the first step of a sequence.',
  doc: document(
    `Dosovitskiy et al. 2021: the same vector in every row, whose state after some attention stands for the whole
sequence. A mask grows with \`pad\`: \`{ op: pad, in: known, axis: 1, before: 1, value: 1 }\`.

Weights: \`token\` [width], normal with a standard deviation of 0.02 at the start.`,
    nothing,
    { states },
    'longer: { op: class_token, in: states }',
    'float32[batch, 41, 64]',
  ),
  inputs: [input('[batch, steps, width].')],
  attributes: {},
  outputs: [output('[batch, steps + 1, width].')],
  infer(call) {
    const type = typeOf(call);
    if (!needFloat(call) || !needAxes(call, ['batch', 'steps', 'width'])) return result(undefined);
    const token = weight('token', [type.dims[2]!], { kind: 'normal', stddev: 0.02 });
    return result(resized(type, 1, type.dims[1]!.plus(1)), [token], noFlops);
  },
};

export const assemblyOps: Op[] = [concat, stack, split, pad, repeat, flip, shift, classToken];
