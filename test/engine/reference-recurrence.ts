import type { CellName } from '../../engine/step/program';

/** One row at one step: the state before and after it, and the gates. Numbers in plain lists, in double precision. */
interface Moment {
  step: number;
  taken: boolean;
  old: State;
  state: State;
  /** After their activation; of gru also the product that r scales. */
  gates: number[][];
}

interface State {
  hidden: number[];
  cell: number[];
}

export interface Sequence {
  cell: CellName;
  reverse: boolean;
  steps: number;
  units: number;
  input(step: number, column: number): number;
  recurrent(row: number, column: number): number;
  bias(column: number): number;
  taken(step: number): boolean;
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);

/** Reads one row of a batch, by the formulas of the ops; moments are in the order of reading. */
export function read(of: Sequence): Moment[] {
  const { units, steps } = of;
  const zeros = range(units).map(() => 0);
  let state: State = { hidden: zeros, cell: zeros };
  return range(steps).map((index) => {
    const step = of.reverse ? steps - 1 - index : index;
    const old = state;
    const own = (gate: number, u: number) => of.input(step, gate * units + u);
    const past = (gate: number, u: number) => {
      const column = gate * units + u;
      return of.bias(column) + sum(range(units).map((k) => old.hidden[k]! * of.recurrent(k, column)));
    };
    const gate = (index: number, activation: (x: number) => number) =>
      range(units).map((u) => activation(own(index, u) + past(index, u)));
    const made: Record<CellName, () => { next: State; gates: number[][] }> = {
      lstm: () => {
        const [i, f, g, o] = [gate(0, sigmoid), gate(1, sigmoid), gate(2, Math.tanh), gate(3, sigmoid)];
        const cell = range(units).map((u) => f[u]! * old.cell[u]! + i[u]! * g[u]!);
        return { next: { cell, hidden: cell.map((c, u) => o[u]! * Math.tanh(c)) }, gates: [i, f, g, o] };
      },
      gru: () => {
        const [z, r] = [gate(0, sigmoid), gate(1, sigmoid)];
        const p = range(units).map((u) => past(2, u));
        const n = range(units).map((u) => Math.tanh(own(2, u) + r[u]! * p[u]!));
        const hidden = range(units).map((u) => z[u]! * old.hidden[u]! + (1 - z[u]!) * n[u]!);
        return { next: { cell: old.cell, hidden }, gates: [z, r, n, p] };
      },
      simple_rnn: () => ({ next: { cell: old.cell, hidden: gate(0, Math.tanh) }, gates: [] }),
    };
    const { next, gates } = made[of.cell]();
    const taken = of.taken(step);
    state = taken ? next : old;
    return { step, taken, old, state, gates };
  });
}

/** The row of each step of a tape, by step. */
export function tape(of: Sequence): number[][] {
  const rows: number[][] = [];
  for (const { step, state, gates } of read(of)) {
    rows[step] = [...state.hidden, ...(of.cell === 'lstm' ? state.cell : []), ...gates.flat()];
  }
  return rows;
}

/** The row of each step of a gradient, from a tape and the gradient by the states. */
export function backward(
  of: Omit<Sequence, 'input' | 'bias'>,
  kept: (step: number, column: number) => number,
  gradient: (step: number, unit: number) => number,
): number[][] {
  const { units, steps } = of;
  const rows: number[][] = [];
  let [ofHidden, ofCell] = [range(units).map(() => 0), range(units).map(() => 0)];
  const order = range(steps).map((index) => (of.reverse ? index : steps - 1 - index));
  for (const [index, step] of order.entries()) {
    const part = (at: number, place: number) => range(units).map((u) => kept(at, place * units + u));
    const before = (place: number) =>
      index + 1 < steps ? part(order[index + 1]!, place) : range(units).map(() => 0);
    ofHidden = ofHidden.map((value, u) => value + gradient(step, u));
    const hidden = ofHidden;
    const through = (gates: number[][]) =>
      range(units).map((k) =>
        sum(gates.flatMap((gate, n) => gate.map((value, u) => value * of.recurrent(k, n * units + u)))),
      );
    const width = { lstm: 4, gru: 4, simple_rnn: 1 }[of.cell] * units;
    if (!of.taken(step)) {
      rows[step] = range(width).map(() => 0);
      continue;
    }
    if (of.cell === 'lstm') {
      const [c, i, f, g, o] = [1, 2, 3, 4, 5].map((place) => part(step, place));
      const old = before(1);
      const whole = ofCell.map((value, u) => value + hidden[u]! * o![u]! * (1 - Math.tanh(c![u]!) ** 2));
      const gates = [
        whole.map((d, u) => d * g![u]! * i![u]! * (1 - i![u]!)),
        whole.map((d, u) => d * old[u]! * f![u]! * (1 - f![u]!)),
        whole.map((d, u) => d * i![u]! * (1 - g![u]! ** 2)),
        hidden.map((d, u) => d * Math.tanh(c![u]!) * o![u]! * (1 - o![u]!)),
      ];
      ofCell = whole.map((d, u) => d * f![u]!);
      ofHidden = through(gates);
      rows[step] = gates.flat();
    } else if (of.cell === 'gru') {
      const [z, r, n, p] = [1, 2, 3, 4].map((place) => part(step, place));
      const old = before(0);
      const ofNew = hidden.map((d, u) => d * (1 - z![u]!) * (1 - n![u]! ** 2));
      const ofUpdate = hidden.map((d, u) => d * (old[u]! - n![u]!) * z![u]! * (1 - z![u]!));
      const ofReset = ofNew.map((d, u) => d * p![u]! * r![u]! * (1 - r![u]!));
      const ofPast = ofNew.map((d, u) => d * r![u]!);
      const passed = through([ofUpdate, ofReset, ofPast]);
      ofHidden = hidden.map((d, u) => d * z![u]! + passed[u]!);
      rows[step] = [ofUpdate, ofReset, ofNew, ofPast].flat();
    } else {
      const state = part(step, 0);
      rows[step] = hidden.map((d, u) => d * (1 - state[u]! ** 2));
      ofHidden = through([rows[step]]);
    }
  }
  return rows;
}
