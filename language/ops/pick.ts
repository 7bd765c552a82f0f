/** Ops that take some of the numbers. */
import { printType } from '../types/type';
import {
  checkMask,
  failRank,
  input,
  needAxes,
  needDtype,
  noFlops,
  numberOf,
  result,
  sizeOf,
  typeOf,
  wholes,
} from './call';
import { document, nothing } from './document';
import type { Op } from './op';
import { axisAttribute, needKnownRank, placeOf, resized, shaping } from './shaping';

const states = 'float32[batch, 40, 64]';

const slice = shaping({
  name: 'slice',
  summary: 'Takes a stretch of one axis.',
  doc: document(
    'From `begin` on, `size` entries, or all that are left. `select` takes one entry and drops the axis.',
    nothing,
    { states: 'float32[batch, 40, 64]' },
    'start: { op: slice, in: states, axis: 1, size: 10 }',
    'float32[batch, 10, 64]',
  ),
  inputs: [input('Anything.')],
  attributes: {
    axis: axisAttribute('The axis to cut.'),
    begin: { type: 'int', default: 0, min: 0, doc: 'The first entry that is taken.' },
    size: { type: 'int', min: 1, doc: 'How many are taken; all that are left when it is left out.' },
  },
  infer(call) {
    const type = typeOf(call);
    const at = placeOf(call, type);
    if (at === undefined) return result(undefined);
    const begin = sizeOf(call, 'begin');
    const left = type.dims[at]!.minus(begin);
    const size = !call.given('size') ? left : sizeOf(call, 'size');
    if (left.bounds().greatest < 1 || left.minus(size).bounds().greatest < 0) {
      call.fail({
        attribute: left.bounds().greatest < 1 ? 'begin' : 'size',
        kind: 'dim',
        message: `axis ${at} of ${printType(type)} has no entries from ${begin} to ${begin.plus(size).minus(1)}`,
      });
      return result(undefined);
    }
    return result(resized(type, at, size), [], noFlops);
  },
});

const select = shaping({
  name: 'select',
  summary: 'Takes one entry of an axis, which vanishes.',
  doc: document(
    'Entry `index`; -1 is the last. `last_step` takes the last one that is not padding.',
    nothing,
    { states },
    'first: { op: select, in: states, axis: 1, index: 0 }',
    'float32[batch, 64]',
  ),
  inputs: [input('Anything.')],
  attributes: {
    axis: axisAttribute('The axis that vanishes.'),
    index: { type: 'int', required: true, doc: 'Which entry; negative numbers count from the end.' },
  },
  infer(call) {
    const type = typeOf(call);
    const at = placeOf(call, type);
    const index = numberOf(call, 'index');
    if (at === undefined) return result(undefined);
    const size = type.dims[at]!.constant;
    if (index !== undefined && size !== undefined && (index >= size || index < -size)) {
      const message = `axis ${at} of ${printType(type)} has no entry ${index}`;
      call.fail({ attribute: 'index', kind: 'dim', message });
    }
    return result({ ...type, dims: type.dims.filter((_, axis) => axis !== at) }, [], noFlops);
  },
});

const gather = shaping({
  name: 'gather',
  summary: 'Takes the steps whose numbers are given, row by row.',
  doc: document(
    'Row by row, step `index[i]` of `in` comes out at place i. An index outside is taken as the nearest step.',
    nothing,
    { states, places: 'int32[batch, 3]' },
    'chosen: { op: gather, in: { in: states, index: places } }',
    'float32[batch, 3, 64]',
  ),
  inputs: [
    input('[batch, steps, …].'),
    { name: 'index', doc: 'int32 [batch, how many], or [batch] for one step each.' },
  ],
  attributes: {},
  infer(call) {
    const [type, index] = [typeOf(call), typeOf(call, 'index')];
    if (!needDtype(call, wholes, 'index') || !needKnownRank(call, type)) return result(undefined);
    if (
      type.dims.length < 2 ||
      index.lead !== undefined ||
      (index.dims.length !== 1 && index.dims.length !== 2)
    ) {
      failRank(
        call,
        type.dims.length < 2 ? 'in' : 'index',
        '`gather` takes [batch, steps, …] and an index [batch, how many] or [batch]',
      );
      return result(undefined);
    }
    call.equate(type.dims[0]!, index.dims[0]!, '`gather` stays within one row of the batch');
    return result({ ...type, dims: [...index.dims, ...type.dims.slice(2)] }, [], noFlops);
  },
});

const lastStep: Op = shaping({
  name: 'last_step',
  summary: 'Takes the last step of each row that is not padding.',
  doc: document(
    'The last step whose `mask` is not 0, the first where none counts, or the last of all without a mask. What a classifier on a causal model reads.',
    nothing,
    { states, known: 'float32[batch, 40]' },
    'end: { op: last_step, in: { in: states, mask: known } }',
    'float32[batch, 64]',
  ),
  inputs: [
    input('[batch, steps, width].'),
    { name: 'mask', optional: true, doc: '[batch, steps]: 0 where a step is padding.' },
  ],
  attributes: {},
  infer(call) {
    const type = typeOf(call);
    if (!needAxes(call, ['batch', 'steps', 'width'])) return result(undefined);
    checkMask(call, type, 'the mask has one number per step');
    return result({ ...type, dims: [type.dims[0]!, type.dims[2]!] }, [], noFlops);
  },
});

export const pickingOps: Op[] = [slice, select, gather, lastStep];
