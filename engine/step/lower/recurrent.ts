import type { Builder } from '../builder';
import type { CellName, TensorId } from '../program';
import { recurrenceStates } from '../recurrence';
import type { Lowering, LoweringContext } from './context';
import { project } from './dense';

/** The state after every step [steps, batch, units], read by the weights with a prefix. */
function states(at: LoweringContext, cell: CellName, prefix: string): TensorId {
  const { b } = at;
  const x = b.transpose(at.input(), [1, 0, 2]);
  const input = project(b, x, at.weight(`${prefix}kernel`), at.weight(`${prefix}bias`));
  const given = at.optional('mask');
  const recurrence = { cell, reverse: prefix !== '', input, recurrent: at.weight(`${prefix}recurrent`) };
  return recurrenceStates(
    b,
    {
      ...recurrence,
      ...(cell === 'gru' ? { bias: at.weight(`${prefix}recurrent_bias`) } : {}),
      ...(given === undefined ? {} : { mask: counting(at, given) }),
    },
    at.training,
  );
}

/** A mask [batch, steps] as [steps, batch, 1]. */
function counting({ b }: LoweringContext, mask: TensorId): TensorId {
  const byTime = b.transpose(b.cast(mask, 'bool'), [1, 0]);
  return b.reshape(byTime, [...b.shape(byTime), 1]);
}

/** The first or the last of states [steps, batch, units]. */
function oneState(b: Builder, states: TensorId, isLast: boolean): TensorId {
  const [steps, ...shape] = b.shape(states);
  if (typeof steps === 'number') return b.reshape(b.cut(states, 0, isLast ? steps - 1 : 0, 1), shape);
  const first = b.scalar(0, 'int32');
  const index = isLast ? b.sub(b.sizeOf(states, 0, 'int32'), b.scalar(1, 'int32')) : first;
  return b.reshape(b.gather(states, b.reshape(index, [1])), shape);
}

/** Reads in one direction or two and gives all states [batch, steps, units], or the last one of each direction. */
function recurrent(cell: CellName): Lowering {
  return (at) => {
    const { b } = at;
    const prefixes = at.boolean('bidirectional', false) ? ['', 'backward_'] : [''];
    const read = prefixes.map((prefix) => states(at, cell, prefix));
    if (at.boolean('return_sequences', false)) return b.transpose(b.concat(read, 2), [1, 0, 2]);
    return b.concat(
      read.map((all, index) => oneState(b, all, index === 0)),
      1,
    );
  };
}

export const recurrents: Record<string, Lowering> = {
  lstm: recurrent('lstm'),
  gru: recurrent('gru'),
  simple_rnn: recurrent('simple_rnn'),
};
