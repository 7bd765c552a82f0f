import type { Builder } from './builder';
import type { CellName, Recurrence, TensorId } from './program';

interface Sizes {
  /** How often the units of the state are in the input, */
  gates: number;
  /** in a step of the tape, */
  tape: number;
  /** and in a step of the gradient. */
  gradient: number;
}

export const cellSizes: Record<CellName, Sizes> = {
  lstm: { gates: 4, tape: 6, gradient: 4 },
  gru: { gates: 3, tape: 5, gradient: 4 },
  simple_rnn: { gates: 1, tape: 1, gradient: 1 },
};

const unitsOf = (b: Builder, { recurrent }: Pick<Recurrence, 'recurrent'>): number =>
  b.staticSize(recurrent, 0);

/** What the gradient of a recurrence needs; undefined where that is the states themselves. */
export function recurrenceTape(b: Builder, recurrence: Recurrence): TensorId | undefined {
  if (recurrence.cell === 'simple_rnn') return undefined;
  const width = cellSizes[recurrence.cell].tape * unitsOf(b, recurrence);
  return b.sequence({ op: 'recurrence_tape', ...recurrence }, recurrence.input, width);
}

/** The states [steps, batch, units]; `learns`: whether their gradient will be asked for, so that a tape is worth it. */
export function recurrenceStates(b: Builder, recurrence: Recurrence, learns: boolean): TensorId {
  const tape = learns ? recurrenceTape(b, recurrence) : undefined;
  const whole = { op: 'recurrence' as const, ...recurrence, ...(tape === undefined ? {} : { tape }) };
  return b.sequence(whole, recurrence.input, unitsOf(b, recurrence));
}

/** See the primitive `recurrence_grad`. */
export function recurrenceGradient(
  b: Builder,
  { cell, reverse, recurrent, mask }: Recurrence,
  tape: TensorId,
  gradient: TensorId,
): TensorId {
  const reads = { recurrent, tape, gradient, ...(mask === undefined ? {} : { mask }) };
  const width = cellSizes[cell].gradient * b.staticSize(recurrent, 0);
  return b.sequence({ op: 'recurrence_grad', cell, reverse, ...reads }, tape, width);
}
