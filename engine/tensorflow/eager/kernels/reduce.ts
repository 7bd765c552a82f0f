import type { ReduceName } from '../../../step/program';
import { elements } from '../../../step/sizes';
import type { Heap, Tensor } from '../heap';
import type { Kernels, Preparation, Run } from './kernel';

/** A reduction as [outer, reduced, inner], where the reduced axes lie side by side. */
interface Block {
  outer: number;
  reduced: number;
  inner: number;
}

/** Reduces a block; the result has outer * inner elements, in an own tensor. */
type Reducer = (heap: Heap, x: Tensor, block: Block) => Tensor;

/** Elements that a plain loop adds up before a vectorised kernel would have started. */
const smallSum = 4096;
/** Below this many rows a loop is as fast as a vectorised addition of one half to the other. */
const fewRows = 16;

/**
 * Columns over rows [rows, columns], by adding the lower half of the rows to the upper one, again and again: vectorised,
 * and each number goes through few roundings.
 */
function sumRows(heap: Heap, x: Tensor, rows: number, columns: number): Tensor {
  const add = heap.kernel('Add');
  let current = x;
  let count = rows;
  const odd = new Float64Array(columns);
  while (count > fewRows) {
    const half = count >> 1;
    if (count % 2 === 1) addRows(heap.floats(current), (count - 1) * columns, 1, odd);
    const upper = heap.window(current, 0, [half, columns]);
    const lower = heap.window(current, half * columns, [half, columns]);
    const next = add({ a: upper, b: lower });
    heap.closeWindow(upper);
    heap.closeWindow(lower);
    if (current !== x) heap.release(current);
    [current, count] = [next, half];
  }
  addRows(heap.floats(current), 0, count, odd);
  if (current !== x) heap.release(current);
  const out = heap.allocate([columns], 'float32');
  heap.floats(out).set(odd);
  return out;
}

function addRows(from: Float32Array, start: number, rows: number, totals: Float64Array): void {
  for (let row = 0, at = start; row < rows; row++) {
    for (let column = 0; column < totals.length; column++) totals[column]! += from[at++]!;
  }
}

/** A width to fold a long vector to, so that its halves can be added as rows. */
const foldable = (length: number): number => [1024, 256, 64, 16].find((width) => length % width === 0) ?? 1;

const sum: Reducer = (heap, x, { outer, reduced, inner }) => {
  const whole = x.dtype !== 'float32';
  if (!whole && outer === 1 && reduced * inner > smallSum) {
    if (inner >= fewRows) return sumRows(heap, x, reduced, inner);
    const width = inner === 1 ? foldable(reduced) : 1;
    if (width > 1) {
      const folded = sumRows(heap, x, reduced / width, width);
      const result = sum(heap, folded, { outer: 1, reduced: width, inner: 1 });
      heap.release(folded);
      return result;
    }
  }
  const out = heap.allocate([outer, inner], whole ? 'int32' : 'float32');
  const from = heap.view(x);
  const to = heap.view(out);
  const totals = new Float64Array(inner);
  for (let o = 0, at = 0; o < outer; o++) {
    totals.fill(0);
    if (inner === 1) totals[0] = total(from, at, reduced);
    else
      for (let r = 0, row = at; r < reduced; r++) for (let i = 0; i < inner; i++) totals[i]! += from[row++]!;
    at += reduced * inner;
    to.set(totals, o * inner);
  }
  return out;
};

/** Four sums at once, so that additions need not wait for each other. */
function total(from: ArrayLike<number>, at: number, count: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  const end = at + count;
  let index = at;
  for (; index + 4 <= end; index += 4) {
    a += from[index]!;
    b += from[index + 1]!;
    c += from[index + 2]!;
    d += from[index + 3]!;
  }
  for (; index < end; index++) a += from[index]!;
  return a + b + (c + d);
}

const extreme =
  (kernel: 'Max' | 'Min', better: (a: number, b: number) => boolean): Reducer =>
  (heap, x, { outer, reduced, inner }) => {
    const whole = x.dtype !== 'float32';
    if (inner === 1 && !whole) {
      const attributes = { axis: [1], reductionIndices: [1], keepDims: false };
      return heap.kernel(kernel)({ x: heap.as(x, [outer, reduced]) }, attributes);
    }
    const out = heap.allocate([outer, inner], whole ? 'int32' : 'float32');
    const from = heap.view(x);
    const to = heap.view(out);
    for (let o = 0; o < outer; o++) {
      const start = o * reduced * inner;
      to.set(from.subarray(start, start + inner) as never, o * inner);
      for (let r = 1; r < reduced; r++) {
        for (let i = 0; i < inner; i++) {
          const value = from[start + r * inner + i]!;
          if (better(value, to[o * inner + i]!)) to[o * inner + i] = value;
        }
      }
    }
    return out;
  };

const mean: Reducer = (heap, x, block) => {
  const total = sum(heap, x, block);
  const scale = heap.fill(1 / block.reduced, [], 'float32');
  return heap.consume('Multiply', { a: total, b: scale });
};

const max = extreme('Max', (a, b) => a > b || Number.isNaN(a));
const min = extreme('Min', (a, b) => a < b || Number.isNaN(a));

const reduction =
  (reducer: Reducer) =>
  ({
    heap,
    instruction: { input, axes },
    shape,
    shapeOf,
    dtypeOf,
  }: Preparation<{ input: number; axes: number[] }>): Run => {
    if (dtypeOf(input) === 'bool') throw new Error('reductions work on numbers');
    const from = shapeOf(input);
    // An axis of size 1 is nowhere in the way of others.
    const long = axes.filter((axis) => from[axis] !== 1);
    const first = long[0] ?? 0;
    const last = long.at(-1) ?? -1;
    const contiguous = long.every((axis, index) => axis === first + index);
    if (contiguous) {
      const block = {
        outer: elements(from.slice(0, first)),
        reduced: elements(long.map((axis) => from[axis]!)),
        inner: elements(from.slice(last + 1)),
      };
      return (tensors) => ({ ...reducer(heap, tensors[input]!, block), shape });
    }
    const kept = from.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
    const order = [...kept, ...axes];
    const block = {
      outer: elements(kept.map((axis) => from[axis]!)),
      reduced: elements(axes.map((axis) => from[axis]!)),
      inner: 1,
    };
    return (tensors) => {
      const moved = heap.kernel('Transpose')({ x: tensors[input]! }, { perm: order });
      const result = reducer(heap, moved, block);
      heap.release(moved);
      return { ...result, shape };
    };
  };

/** x - max - log Σ exp(x - max), row by row. */
function logSoftmaxRows(from: Float32Array, to: Float32Array, width: number): void {
  for (let row = 0; row < from.length; row += width) {
    let highest = from[row]!;
    for (let i = 1; i < width; i++) highest = Math.max(highest, from[row + i]!);
    let total = 0;
    for (let i = 0; i < width; i++) total += Math.exp(from[row + i]! - highest);
    const shift = highest + Math.log(total);
    for (let i = 0; i < width; i++) to[row + i] = from[row + i]! - shift;
  }
}

export const reduce: Kernels<ReduceName | 'argmax' | 'softmax' | 'log_softmax'> = {
  reduce_sum: reduction(sum),
  reduce_mean: reduction(mean),
  reduce_max: reduction(max),
  reduce_min: reduction(min),
  argmax: ({ heap, instruction: { input, axis } }) => {
    const kernel = heap.kernel('ArgMax');
    return (tensors) => kernel({ x: tensors[input]! }, { axis });
  },
  softmax: ({ heap, instruction: { input }, shape }) => {
    const kernel = heap.kernel('Softmax');
    return (tensors) => kernel({ logits: tensors[input]! }, { dim: shape.length - 1 });
  },
  log_softmax: ({ heap, instruction: { input }, shape }) => {
    return (tensors) => {
      const out = heap.allocate(shape, 'float32');
      logSoftmaxRows(heap.floats(tensors[input]!), heap.floats(out), shape[shape.length - 1]!);
      return out;
    };
  },
};
