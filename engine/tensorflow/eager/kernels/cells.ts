import type { CellName } from '../../../step/program';
import type { Heap, Tensor } from '../heap';
import type { Functions, Scratch } from './functions';

/** What a cell works with: [batch, units] is the size of its state. */
export interface CellSetting {
  heap: Heap;
  functions: Functions;
  scratch: Scratch;
  batch: number;
  units: number;
}

/** One step: the input's share of the gates begins at `from`, that of the old state is `product`. */
export interface CellStep {
  input: Tensor;
  from: number;
  product: Tensor;
  /** Whether a row takes the step. */
  takes(row: number): boolean;
}

/** [batch, units] within a tensor. */
export interface Part {
  tensor: Tensor;
  from: number;
}

/** A cell at work: moves its state by a step. */
export interface RunningCell {
  hidden: Tensor;
  /** What the gradient needs of a step, in the order of the tape. */
  tape: Part[];
  step(at: CellStep): void;
}

/** The new state in rows that take the step. A view on each row would be garbage, and there are many. */
function settle(heap: Heap, fresh: Tensor, state: Tensor, units: number, takes: CellStep['takes']): void {
  const [from, to] = [heap.floats(fresh), heap.floats(state)];
  for (let row = 0, at = 0; at < to.length; row++) {
    const end = at + units;
    if (takes(row)) for (; at < end; at++) to[at] = from[at]!;
    else at = end;
  }
}

/** i, f and o lie one after the other, so that they are opened together, and the candidate g apart. */
function lstm({ heap, functions, scratch, batch, units }: CellSetting): RunningCell {
  const state = () => scratch.floats(batch, units);
  const [hidden, cell, next, shown, candidate, g] = Array.from({ length: 6 }, state);
  const [gates, opened] = [scratch.floats(3, batch, units), scratch.floats(3, batch, units)];
  const size = batch * units;
  return {
    hidden: hidden!,
    tape: [
      { tensor: hidden!, from: 0 },
      { tensor: cell!, from: 0 },
      { tensor: opened, from: 0 },
      { tensor: opened, from: size },
      { tensor: g!, from: 0 },
      { tensor: opened, from: 2 * size },
    ],
    step({ input, from, product, takes }) {
      const [own, old, toOpen, toG] = [input, product, gates, candidate!].map((each) => heap.floats(each));
      for (let row = 0, at = 0, gate = 0; row < batch; row++, gate += 3 * units) {
        for (let u = 0, read = from + gate; u < units; u++, at++, gate++, read++) {
          toOpen![at] = own![read]! + old![gate]!;
          toOpen![at + size] = own![read + units]! + old![gate + units]!;
          toG![at] = own![read + 2 * units]! + old![gate + 2 * units]!;
          toOpen![at + 2 * size] = own![read + 3 * units]! + old![gate + 3 * units]!;
        }
      }
      functions.sigmoid(gates, opened);
      functions.tanh(candidate!, g!);
      const [open, fresh, before, after] = [opened, g!, cell!, next!].map((each) => heap.floats(each));
      for (let at = 0; at < size; at++)
        after![at] = open![at + size]! * before![at]! + open![at]! * fresh![at]!;
      settle(heap, next!, cell!, units, takes);
      functions.tanh(next!, shown!);
      const [seen, out] = [heap.floats(shown!), heap.floats(opened)];
      for (let at = 0; at < size; at++) seen[at]! *= out[at + 2 * size]!;
      settle(heap, shown!, hidden!, units, takes);
    },
  };
}

/** z and r lie one after the other, so that they are opened together. */
function gru({ heap, functions, scratch, batch, units }: CellSetting): RunningCell {
  const state = () => scratch.floats(batch, units);
  const [hidden, candidate, next, n, past] = Array.from({ length: 5 }, state);
  const [gates, opened] = [scratch.floats(2, batch, units), scratch.floats(2, batch, units)];
  const size = batch * units;
  return {
    hidden: hidden!,
    tape: [
      { tensor: hidden!, from: 0 },
      { tensor: opened, from: 0 },
      { tensor: opened, from: size },
      { tensor: n!, from: 0 },
      { tensor: past!, from: 0 },
    ],
    step({ input, from, product, takes }) {
      const [own, old, toOpen, toPast] = [input, product, gates, past!].map((each) => heap.floats(each));
      for (let row = 0, at = 0, gate = 0; row < batch; row++, gate += 2 * units) {
        for (let u = 0, read = from + gate; u < units; u++, at++, gate++, read++) {
          toOpen![at] = own![read]! + old![gate]!;
          toOpen![at + size] = own![read + units]! + old![gate + units]!;
          toPast![at] = old![gate + 2 * units]!;
        }
      }
      functions.sigmoid(gates, opened);
      const [open, toNew, given] = [heap.floats(opened), heap.floats(candidate!), heap.floats(input)];
      const scaled = heap.floats(past!);
      for (let row = 0, at = 0, read = from + 2 * units; row < batch; row++, read += 2 * units)
        for (let u = 0; u < units; u++, at++, read++)
          toNew[at] = given[read]! + open[at + size]! * scaled[at]!;
      functions.tanh(candidate!, n!);
      const [fresh, before, after, stays] = [n!, hidden!, next!, opened].map((each) => heap.floats(each));
      for (let at = 0; at < size; at++)
        after![at] = stays![at]! * before![at]! + (1 - stays![at]!) * fresh![at]!;
      settle(heap, next!, hidden!, units, takes);
    },
  };
}

function simpleRnn({ heap, functions, scratch, batch, units }: CellSetting): RunningCell {
  const [hidden, gates, next] = Array.from({ length: 3 }, () => scratch.floats(batch, units));
  return {
    hidden: hidden!,
    tape: [{ tensor: hidden!, from: 0 }],
    step({ input, from, product, takes }) {
      const [own, old, sum] = [input, product, gates!].map((each) => heap.floats(each));
      for (let at = 0; at < sum!.length; at++) sum![at] = own![from + at]! + old![at]!;
      functions.tanh(gates!, next!);
      settle(heap, next!, hidden!, units, takes);
    },
  };
}

export const cells: Record<CellName, (setting: CellSetting) => RunningCell> = {
  lstm,
  gru,
  simple_rnn: simpleRnn,
};
