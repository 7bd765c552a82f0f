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

/** A cell at work: moves its state by a step. */
export interface RunningCell {
  hidden: Tensor;
  /** What the gradient needs of a step, in the order of the tape. */
  tape: Tensor[];
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

function lstm({ heap, functions, scratch, batch, units }: CellSetting): RunningCell {
  const state = () => scratch.floats(batch, units);
  const [hidden, cell, next, shown, candidate, i, f, g, o] = Array.from({ length: 9 }, state);
  const gates = scratch.floats(batch, 4 * units);
  const opened = scratch.floats(batch, 4 * units);
  return {
    hidden: hidden!,
    tape: [hidden!, cell!, i!, f!, g!, o!],
    step({ input, from, product, takes }) {
      addInput(heap, input, from, product, gates);
      const [all, last] = [heap.floats(gates), heap.floats(candidate!)];
      for (let row = 0, at = 0; row < batch; row++)
        for (let u = 0; u < units; u++, at++) last[at] = all[(4 * row + 2) * units + u]!;
      functions.sigmoid(gates, opened);
      functions.tanh(candidate!, g!);
      const open = heap.floats(opened);
      const [toI, toF, toO] = [heap.floats(i!), heap.floats(f!), heap.floats(o!)];
      const [fresh, old, new_] = [heap.floats(g!), heap.floats(cell!), heap.floats(next!)];
      for (let row = 0, at = 0; row < batch; row++) {
        for (let u = 0, gate = 4 * row * units; u < units; u++, at++, gate++) {
          toI[at] = open[gate]!;
          toF[at] = open[gate + units]!;
          toO[at] = open[gate + 3 * units]!;
          new_[at] = toF[at]! * old[at]! + toI[at]! * fresh[at]!;
        }
      }
      settle(heap, next!, cell!, units, takes);
      functions.tanh(next!, shown!);
      const [seen, out] = [heap.floats(shown!), heap.floats(o!)];
      for (let at = 0; at < seen.length; at++) seen[at]! *= out[at]!;
      settle(heap, shown!, hidden!, units, takes);
    },
  };
}

function gru({ heap, functions, scratch, batch, units }: CellSetting): RunningCell {
  const state = () => scratch.floats(batch, units);
  const [hidden, candidate, next, z, r, n, past] = Array.from({ length: 7 }, state);
  const gates = scratch.floats(batch, 3 * units);
  const opened = scratch.floats(batch, 3 * units);
  return {
    hidden: hidden!,
    tape: [hidden!, z!, r!, n!, past!],
    step({ input, from, product, takes }) {
      addInput(heap, input, from, product, gates);
      // Of all gates at once; that of the candidate is not used.
      functions.sigmoid(gates, opened);
      const [open, own, ofState] = [heap.floats(opened), heap.floats(input), heap.floats(product)];
      const [toZ, toR, toPast] = [heap.floats(z!), heap.floats(r!), heap.floats(past!)];
      const before = heap.floats(candidate!);
      for (let row = 0, at = 0; row < batch; row++) {
        for (let u = 0, gate = 3 * row * units; u < units; u++, at++, gate++) {
          toZ[at] = open[gate]!;
          toR[at] = open[gate + units]!;
          toPast[at] = ofState[gate + 2 * units]!;
          before[at] = own[from + gate + 2 * units]! + toR[at]! * toPast[at]!;
        }
      }
      functions.tanh(candidate!, n!);
      const [fresh, old, new_, stays] = [n!, hidden!, next!, z!].map((each) => heap.floats(each));
      for (let at = 0; at < new_!.length; at++)
        new_![at] = stays![at]! * old![at]! + (1 - stays![at]!) * fresh![at]!;
      settle(heap, next!, hidden!, units, takes);
    },
  };
}

function simpleRnn({ heap, functions, scratch, batch, units }: CellSetting): RunningCell {
  const [hidden, gates, next] = Array.from({ length: 3 }, () => scratch.floats(batch, units));
  return {
    hidden: hidden!,
    tape: [hidden!],
    step({ input, from, product, takes }) {
      addInput(heap, input, from, product, gates!);
      functions.tanh(gates!, next!);
      settle(heap, next!, hidden!, units, takes);
    },
  };
}

function addInput(heap: Heap, input: Tensor, from: number, product: Tensor, to: Tensor): void {
  const [own, old, sum] = [heap.floats(input), heap.floats(product), heap.floats(to)];
  for (let at = 0; at < sum.length; at++) sum[at] = own[from + at]! + old[at]!;
}

export const cells: Record<CellName, (setting: CellSetting) => RunningCell> = {
  lstm,
  gru,
  simple_rnn: simpleRnn,
};
