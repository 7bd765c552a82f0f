/** Batches that are only as long as their longest row, and what comes of them at full length again. */
import type { HostTensor, Program, Step, VaryingLength } from '../step/program';
import { elements } from '../step/sizes';
import { batchRows, gatherBatch, type Tensors } from './batches';
import { inOrder } from './shuffle';
import { gatherTensor } from './value';

/** Lengths are multiples of it, so that few of them differ. */
const STEP = 8;
/** Rows that are looked at together, where they lie in a file. */
const PORTION = 4096;

const filled = new WeakMap<HostTensor, Int32Array>();

/** Of a tensor [rows, length], how many places each row has up to its last one that is not zero. */
function filledOf(tensor: HostTensor): Int32Array {
  const known = filled.get(tensor);
  if (known) return known;
  const [rows = 0, length = 0] = tensor.shape;
  const counts = new Int32Array(rows);
  for (const portion of batchRows(rows, PORTION)) {
    const { data } = gatherTensor(tensor, portion);
    for (const [at, row] of portion.entries()) {
      let end = length;
      while (end > 0 && data[at * length + end - 1] === 0) end -= 1;
      counts[row] = end;
    }
  }
  filled.set(tensor, counts);
  return counts;
}

/** All rows, the shortest first, so that rows which are computed together are about as long. */
export function byLength({ lengths = {} }: Program, tensors: Tensors, rows: number): Int32Array {
  const order = inOrder(rows);
  const counts = Object.values(lengths).flatMap(({ told }) => told.map((value) => filledOf(tensors[value]!)));
  if (counts.length === 0) return order;
  const sizes = order.map((row) => counts.reduce((sum, each) => sum + each[row]!, 0));
  return order.sort((a, b) => sizes[a]! - sizes[b]! || a - b);
}

/** What a batch needs of a length. Rows that are empty need all of it: of them, padding is all that is seen. */
function needed({ longest, margin, told }: VaryingLength, tensors: Tensors, rows: Int32Array): number {
  const counts = told.map((value) => filledOf(tensors[value]!));
  let most = 0;
  for (const row of rows) {
    let own = 0;
    for (const each of counts) own = Math.max(own, each[row]!);
    if (own === 0) return longest;
    most = Math.max(most, own);
  }
  return Math.min(Math.ceil((most + margin) / STEP) * STEP, longest);
}

/** How much of each length the longest row of some splits needs. */
export function longestRows({ programs }: Step, splits: Tensors[]): Record<string, number> {
  const lengths = Object.assign({}, ...Object.values(programs).map((program) => program?.lengths)) as Record<
    string,
    VaryingLength
  >;
  return Object.fromEntries(
    Object.entries(lengths).map(([size, length]) => {
      const needs = splits
        .filter((tensors) => length.told.every((value) => value in tensors))
        .map((tensors) => needed(length, tensors, inOrder(tensors[length.told[0]!]!.shape[0]!)));
      return [size, needs.length > 0 ? Math.max(...needs) : length.longest];
    }),
  );
}

/**
 * What a program reads of some rows, without the padding that all of them have. `over`: a batch that is no longer
 * needed, whose memory is taken where it is as large.
 */
export function feedOf(program: Program, tensors: Tensors, rows: Int32Array, over?: Tensors): Tensors {
  // A scalar is a setting, not data.
  const names = Object.entries(program.inputs).flatMap(([name, { shape }]) => (shape.length > 0 ? name : []));
  const batch = gatherBatch(tensors, names, rows, over);
  for (const [size, length] of Object.entries(program.lengths ?? {})) {
    const count = needed(length, tensors, rows);
    if (count === length.longest) continue;
    for (const [name, { shape }] of Object.entries(program.inputs)) {
      const axis = shape.indexOf(size);
      if (axis >= 0) batch[name] = resized(batch[name]!, axis, count, 0);
    }
  }
  return batch;
}

/** Results of a program as they would be of the longest rows, with `blank` behind what there is. */
export function wholeLength(program: Program, results: Tensors, blank: number): Tensors {
  const { lengths } = program;
  if (!lengths) return results;
  return Object.fromEntries(
    Object.entries(results).map(([name, tensor]) => {
      const { shape } = program.instructions[program.outputs[name]!]!;
      const axis = shape.findIndex((size) => typeof size === 'string' && size in lengths);
      if (axis < 0) return [name, tensor];
      return [name, resized(tensor, axis, lengths[shape[axis]!]!.longest, blank)];
    }),
  );
}

/** With another length of one axis: cut off, or filled up. */
function resized({ dtype, shape, data }: HostTensor, axis: number, count: number, blank: number): HostTensor {
  const inner = elements(shape.slice(axis + 1));
  const outer = elements(shape.slice(0, axis));
  const [from, to] = [shape[axis]! * inner, count * inner];
  const kept = Math.min(from, to);
  const result = new (data.constructor as new (length: number) => HostTensor['data'])(outer * to);
  if (blank !== 0 && to > from) result.fill(blank);
  for (let i = 0; i < outer; i++) result.set(data.subarray(i * from, i * from + kept), i * to);
  return { dtype, shape: [...shape.slice(0, axis), count, ...shape.slice(axis + 1)], data: result };
}
