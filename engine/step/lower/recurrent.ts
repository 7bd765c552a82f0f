import type { Size, TensorId } from '../program';
import type { Lowering, LoweringContext } from './context';
import { project } from './dense';

/** One step of a cell: from the input's share of the gates [batch, gates * units] and the old state, the new state. */
interface Cell<State> {
  step(projected: TensorId, old: State | undefined): State;
  hidden(state: State): TensorId;
  /** The old state in rows whose step does not count. */
  hold(counts: TensorId, state: State, old: State | undefined): State;
}

const held = (at: LoweringContext, counts: TensorId, fresh: TensorId, old: TensorId | undefined): TensorId =>
  at.b.select(counts, fresh, old ?? at.b.scalar(0));

/** Columns of gate `index`; gates lie side by side on the last axis. */
const gate = (at: LoweringContext, gates: TensorId, index: number, units: number): TensorId =>
  at.b.cut(gates, at.b.rank(gates) - 1, index * units, units);

/** Hochreiter & Schmidhuber 1997, with forget gates. Gates in the order input, forget, cell, output. */
function lstmCell(at: LoweringContext, prefix: string): Cell<{ hidden: TensorId; cell: TensorId }> {
  const { b } = at;
  const recurrent = at.weight(`${prefix}recurrent`);
  const units = b.staticSize(recurrent, 0);
  return {
    step(projected, old) {
      const gates = old ? b.add(projected, b.matmul(old.hidden, recurrent)) : projected;
      // Of all gates at once; that of the candidate is not used.
      const opened = b.unary('sigmoid', gates);
      const open = (index: number): TensorId => gate(at, opened, index, units);
      const fresh = b.mul(open(0), b.unary('tanh', gate(at, gates, 2, units)));
      const cell = old ? b.add(b.mul(open(1), old.cell), fresh) : fresh;
      return { cell, hidden: b.mul(open(3), b.unary('tanh', cell)) };
    },
    hidden: ({ hidden }) => hidden,
    hold: (counts, state, old) => ({
      hidden: held(at, counts, state.hidden, old?.hidden),
      cell: held(at, counts, state.cell, old?.cell),
    }),
  };
}

/**
 * Cho et al. 2014, with the reset gate applied after the matrix product, as in cuDNN. Gates in the order update, reset,
 * new: n = tanh(x_n + r * (h R + c)_n), h' = z * h + (1 - z) * n.
 */
function gruCell(at: LoweringContext, prefix: string): Cell<TensorId> {
  const { b } = at;
  const recurrent = at.weight(`${prefix}recurrent`);
  const units = b.staticSize(recurrent, 0);
  const bias = at.weight(`${prefix}recurrent_bias`);
  return {
    step(projected, old) {
      const past = old === undefined ? bias : b.add(b.matmul(old, recurrent), bias);
      const front = (gates: TensorId): TensorId => b.cut(gates, b.rank(gates) - 1, 0, 2 * units);
      const opened = b.unary('sigmoid', b.add(front(projected), front(past)));
      const update = gate(at, opened, 0, units);
      const reset = b.mul(gate(at, opened, 1, units), gate(at, past, 2, units));
      const fresh = b.unary('tanh', b.add(gate(at, projected, 2, units), reset));
      const moved = b.mul(b.sub(b.scalar(1), update), fresh);
      return old === undefined ? moved : b.add(b.mul(update, old), moved);
    },
    hidden: (state) => state,
    hold: (counts, state, old) => held(at, counts, state, old),
  };
}

/** Elman 1990: h' = tanh(x W + h R + b). */
function simpleCell(at: LoweringContext, prefix: string): Cell<TensorId> {
  const { b } = at;
  const recurrent = at.weight(`${prefix}recurrent`);
  return {
    step: (projected, old) =>
      b.unary('tanh', old === undefined ? projected : b.add(projected, b.matmul(old, recurrent))),
    hidden: (state) => state,
    hold: (counts, state, old) => held(at, counts, state, old),
  };
}

/** Slices [batch, …] of a tensor [batch, steps, …], one per step. */
function stepsOf(at: LoweringContext, byTime: TensorId): TensorId[] {
  const { b } = at;
  const [steps, ...rest] = b.shape(byTime) as [number, ...Size[]];
  return Array.from({ length: steps }, (_, step) => b.reshape(b.cut(byTime, 0, step, 1), rest));
}

/** The hidden state after every step, in the order of the input. Unrolled: every step has instructions of its own. */
function unroll<State>(at: LoweringContext, cell: Cell<State>, prefix: string): TensorId[] {
  const { b } = at;
  b.staticSize(at.input(), 1);
  const x = b.transpose(at.input(), [1, 0, 2]);
  const projected = stepsOf(at, project(b, x, at.weight(`${prefix}kernel`), at.weight(`${prefix}bias`)));
  const mask = at.optional('mask');
  const counts = mask === undefined ? [] : stepsOf(at, b.transpose(b.cast(mask, 'bool'), [1, 0]));
  const order = projected.map((_, step) => step);
  if (prefix !== '') order.reverse();
  const hidden = new Array<TensorId>(projected.length);
  let state: State | undefined;
  for (const step of order) {
    const fresh = cell.step(projected[step]!, state);
    const counting = counts[step];
    state =
      counting === undefined
        ? fresh
        : cell.hold(b.reshape(counting, [...b.shape(counting), 1]), fresh, state);
    hidden[step] = cell.hidden(state);
  }
  return hidden;
}

/** Runs one direction or two and gives all states [batch, steps, units], or the last one of each direction. */
function recurrent<State>(makeCell: (at: LoweringContext, prefix: string) => Cell<State>): Lowering {
  return (at) => {
    const { b } = at;
    const prefixes = at.boolean('bidirectional', false) ? ['', 'backward_'] : [''];
    const directions = prefixes.map((prefix) => {
      const hidden = unroll(at, makeCell(at, prefix), prefix);
      if (!at.boolean('return_sequences', false)) return prefix === '' ? hidden.at(-1)! : hidden[0]!;
      const stacked = b.concat(
        hidden.map((state) => b.reshape(state, [1, ...b.shape(state)])),
        0,
      );
      return b.transpose(stacked, [1, 0, 2]);
    });
    return b.concat(directions, b.rank(directions[0]!) - 1);
  };
}

export const recurrents: Record<string, Lowering> = {
  lstm: recurrent(lstmCell),
  gru: recurrent(gruCell),
  simple_rnn: recurrent(simpleCell),
};
