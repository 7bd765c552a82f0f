import type { CellName } from '../../../step/program';
import type { Tensor } from '../heap';
import type { CellSetting } from './cells';

/** One step, backwards. */
export interface GradientStep {
  tape: Tensor;
  /** Where its part of the tape begins, and that of the step before it in the order of reading, if there is one. */
  at: number;
  before: number | undefined;
  takes(row: number): boolean;
}

/** Takes a step back: from `hidden`, the gradient by the state after it, to the one before it. */
export interface RunningGradient {
  hidden: Tensor;
  /** What the step gives to the result. */
  row: Tensor;
  /** What is multiplied by the recurrent weights and then added to `hidden`; it may be `row`. */
  product: Tensor;
  /** Fills `row` and `product`, and leaves in `hidden` what does not pass through the weights. */
  step(at: GradientStep): void;
}

function lstm({ heap, functions, scratch, batch, units }: CellSetting): RunningGradient {
  const [hidden, cell, held, shown] = Array.from({ length: 4 }, () => scratch.floats(batch, units));
  const row = scratch.floats(batch, 4 * units);
  const width = 6 * units;
  return {
    hidden: hidden!,
    row,
    product: row,
    step({ tape, at, before, takes }) {
      const kept = heap.floats(tape);
      const copy = heap.floats(held!);
      for (let r = 0, to = 0, from = at + units; r < batch; r++, from += width - units)
        for (let u = 0; u < units; u++, to++, from++) copy[to] = kept[from]!;
      functions.tanh(held!, shown!);
      const all = heap.floats(tape);
      const [dh, dc, seen, out] = [hidden!, cell!, shown!, row].map((each) => heap.floats(each));
      for (let r = 0, unit = 0; r < batch; r++) {
        const gate = 4 * r * units;
        if (!takes(r)) {
          out!.fill(0, gate, gate + 4 * units);
          unit += units;
          continue;
        }
        for (let u = 0; u < units; u++, unit++) {
          const place = at + r * width + u;
          const [i, f] = [all[place + 2 * units]!, all[place + 3 * units]!];
          const [g, o] = [all[place + 4 * units]!, all[place + 5 * units]!];
          const old = before === undefined ? 0 : all[before + r * width + units + u]!;
          const [ofHidden, tanh] = [dh![unit]!, seen![unit]!];
          const ofCell = dc![unit]! + ofHidden * o * (1 - tanh * tanh);
          out![gate + u] = ofCell * g * i * (1 - i);
          out![gate + units + u] = ofCell * old * f * (1 - f);
          out![gate + 2 * units + u] = ofCell * i * (1 - g * g);
          out![gate + 3 * units + u] = ofHidden * tanh * o * (1 - o);
          dc![unit] = ofCell * f;
          dh![unit] = 0;
        }
      }
    },
  };
}

function gru({ heap, scratch, batch, units }: CellSetting): RunningGradient {
  const hidden = scratch.floats(batch, units);
  const row = scratch.floats(batch, 4 * units);
  const product = scratch.floats(batch, 3 * units);
  const width = 5 * units;
  return {
    hidden,
    row,
    product,
    step({ tape, at, before, takes }) {
      const all = heap.floats(tape);
      const [dh, out, through] = [heap.floats(hidden), heap.floats(row), heap.floats(product)];
      for (let r = 0, unit = 0; r < batch; r++) {
        const [gate, part] = [4 * r * units, 3 * r * units];
        if (!takes(r)) {
          out.fill(0, gate, gate + 4 * units);
          through.fill(0, part, part + 3 * units);
          unit += units;
          continue;
        }
        for (let u = 0; u < units; u++, unit++) {
          const place = at + r * width + u;
          const [z, reset] = [all[place + units]!, all[place + 2 * units]!];
          const [n, past] = [all[place + 3 * units]!, all[place + 4 * units]!];
          const old = before === undefined ? 0 : all[before + r * width + u]!;
          const ofHidden = dh[unit]!;
          const ofNew = ofHidden * (1 - z) * (1 - n * n);
          const ofUpdate = ofHidden * (old - n) * z * (1 - z);
          const ofReset = ofNew * past * reset * (1 - reset);
          out[gate + u] = ofUpdate;
          out[gate + units + u] = ofReset;
          out[gate + 2 * units + u] = ofNew;
          out[gate + 3 * units + u] = ofNew * reset;
          through[part + u] = ofUpdate;
          through[part + units + u] = ofReset;
          through[part + 2 * units + u] = ofNew * reset;
          dh[unit] = ofHidden * z;
        }
      }
    },
  };
}

function simpleRnn({ heap, scratch, batch, units }: CellSetting): RunningGradient {
  const [hidden, row] = [scratch.floats(batch, units), scratch.floats(batch, units)];
  return {
    hidden,
    row,
    product: row,
    step({ tape, at, takes }) {
      const [all, dh, out] = [heap.floats(tape), heap.floats(hidden), heap.floats(row)];
      for (let r = 0, unit = 0; r < batch; r++) {
        const isTaken = takes(r);
        for (let u = 0; u < units; u++, unit++) {
          const state = all[at + unit]!;
          out[unit] = isTaken ? dh[unit]! * (1 - state * state) : 0;
          if (isTaken) dh[unit] = 0;
        }
      }
    },
  };
}

export const cellGradients: Record<CellName, (setting: CellSetting) => RunningGradient> = {
  lstm,
  gru,
  simple_rnn: simpleRnn,
};
