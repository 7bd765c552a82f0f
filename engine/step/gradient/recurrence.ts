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
  const others = b.staticSize(id, 0) - 1;
  if (others > 0) {
    const left = asRows(b, b.cut(id, 0, reverse ? 1 : 0, others));
    passed.push({ to: recurrent, left, right: asRows(b, b.cut(products, 0, reverse ? 0 : 1, others)) });
  }
  return passed;
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
