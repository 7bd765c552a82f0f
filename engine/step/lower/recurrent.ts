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

const withoutSteps = (b: Builder, state: TensorId): TensorId => b.reshape(state, b.shape(state).slice(1));

/** Of states [steps, batch, units]. */
function lastOf(b: Builder, states: TensorId): TensorId {
  const [steps] = b.shape(states);
  if (typeof steps === 'number') return withoutSteps(b, b.cut(states, 0, steps - 1, 1));
  const last = b.sub(b.sizeOf(states, 0, 'int32'), b.scalar(1, 'int32'));
  return withoutSteps(b, b.gather(states, b.reshape(last, [1])));
}

function firstOf(b: Builder, states: TensorId): TensorId {
  if (typeof b.shape(states)[0] === 'number') return withoutSteps(b, b.cut(states, 0, 0, 1));
  return withoutSteps(b, b.gather(states, b.reshape(b.scalar(0, 'int32'), [1])));
}

/** Reads in one direction or two and gives all states [batch, steps, units], or the last one of each direction. */
function recurrent(cell: CellName): Lowering {
  return (at) => {
    const { b } = at;
    const prefixes = at.boolean('bidirectional', false) ? ['', 'backward_'] : [''];
    const read = prefixes.map((prefix) => states(at, cell, prefix));
    if (at.boolean('return_sequences', false)) return b.transpose(b.concat(read, 2), [1, 0, 2]);
    return b.concat(
      read.map((all, index) => (index === 0 ? lastOf(b, all) : firstOf(b, all))),
      1,
    );
  };
}

export const recurrents: Record<string, Lowering> = {
  lstm: recurrent('lstm'),
  gru: recurrent('gru'),
  simple_rnn: recurrent('simple_rnn'),
};
