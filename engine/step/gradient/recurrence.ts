import type { Builder } from '../builder';
import type { Recurrence, TensorId } from '../program';
import { recurrenceGradient, recurrenceTape } from '../recurrence';
import { product } from '../sizes';
import type { Contribution, Rules } from './rule';

/** Steps and rows of a tensor [steps, batch, width] as rows of a matrix. */
function asRows(b: Builder, x: TensorId): TensorId {
  const [steps, batch, width] = b.shape(x);
  return b.reshape(x, [product([steps!, batch!]), width!]);
}

/**
 * Backpropagation through time (Werbos 1990). Only the gates depend on each other from step to step; what weights get
 * is one product over all steps, of the states before a step with the gradients of that step. The first step has none.
 */
function contributions(b: Builder, id: TensorId, at: Recurrence & { tape?: TensorId }, gradient: TensorId) {
  const { input, recurrent, bias, reverse } = at;
  // Without a tape, as in a frozen layer above one that learns, it is made now.
  const tape = at.tape ?? recurrenceTape(b, plain(at)) ?? id;
  const found = recurrenceGradient(b, at, tape, gradient);
  const units = b.staticSize(recurrent, 0);
  const isGru = at.cell === 'gru';
  const passed: Contribution[] = [{ to: input, gradient: isGru ? b.cut(found, 2, 0, 3 * units) : found }];
  const products = isGru
    ? b.concat([b.cut(found, 2, 0, 2 * units), b.cut(found, 2, 3 * units, units)], 2)
    : found;
  if (bias !== undefined) passed.push({ to: bias, gradient: b.sum(products, [0, 1]) });
  const [steps] = b.shape(id);
  if (typeof steps === 'string') {
    passed.push({ to: recurrent, left: asRows(b, before(b, id, reverse)), right: asRows(b, products) });
  } else if (steps! > 1) {
    const left = asRows(b, b.cut(id, 0, reverse ? 1 : 0, steps! - 1));
    passed.push({ to: recurrent, left, right: asRows(b, b.cut(products, 0, reverse ? 0 : 1, steps! - 1)) });
  }
  return passed;
}

/** The state before each step of as many as there are in a batch; zeros before the first. */
function before(b: Builder, states: TensorId, reverse: boolean): TensorId {
  const one = b.scalar(1, 'int32');
  const step = b.iota(states, 0);
  const last = b.sub(b.sizeOf(states, 0, 'int32'), one);
  const first = reverse ? last : b.scalar(0, 'int32');
  const earlier = reverse
    ? b.binary('minimum', b.add(step, one), last)
    : b.binary('maximum', b.sub(step, one), first);
  const isFirst = b.reshape(b.binary('equal', step, first), [b.shape(states)[0]!, 1, 1]);
  return b.select(isFirst, b.scalar(0), b.gather(states, earlier));
}

const plain = ({ cell, reverse, input, recurrent, bias, mask }: Recurrence): Recurrence => ({
  cell,
  reverse,
  input,
  recurrent,
  ...(bias === undefined ? {} : { bias }),
  ...(mask === undefined ? {} : { mask }),
});

export const recurrence: Rules<'recurrence' | 'recurrence_tape' | 'recurrence_grad'> = {
  recurrence: ({ b, id, instruction, gradient }) => contributions(b, id, instruction, gradient),
  // Read by the gradient alone.
  recurrence_tape: null,
  recurrence_grad: null,
};
