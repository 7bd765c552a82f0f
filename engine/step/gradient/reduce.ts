import type { Builder } from '../builder';
import type { ReduceName, TensorId } from '../program';
import type { Differentiated, Rules } from './rule';

type Reduce = { input: TensorId; axes: number[]; keepDims: boolean };

/** A reduced tensor with the reduced axes back, as 1. */
function keepAxes(b: Builder, reduced: TensorId, { input, axes }: Reduce): TensorId {
  return b.reshape(
    reduced,
    b.shape(input).map((size, axis) => (axes.includes(axis) ? 1 : size)),
  );
}

/** How many elements are reduced into one, as a float scalar. */
export function countOf(b: Builder, input: TensorId, axes: number[]): TensorId {
  return axes.reduce((count, axis) => b.mul(count, b.sizeOf(input, axis, 'float32')), b.scalar(1));
}

/** The gradient goes to where the extreme lies; equal extremes share it. */
function extreme({ b, id, instruction, gradient }: Differentiated<Reduce>) {
  const { input, axes } = instruction;
  const chosen = b.cast(b.binary('equal', input, keepAxes(b, id, instruction)), 'float32');
  const shared = b.div(keepAxes(b, gradient, instruction), b.sum(chosen, axes, true));
  return [{ to: input, gradient: b.mul(chosen, shared) }];
}

export const reduce: Rules<ReduceName | 'argmax' | 'softmax' | 'log_softmax'> = {
  reduce_sum: ({ b, instruction, gradient }) => [
    {
      to: instruction.input,
      gradient: b.broadcastLike(keepAxes(b, gradient, instruction), instruction.input),
    },
  ],
  reduce_mean: ({ b, instruction, gradient }) => {
    const each = b.div(keepAxes(b, gradient, instruction), countOf(b, instruction.input, instruction.axes));
    return [{ to: instruction.input, gradient: b.broadcastLike(each, instruction.input) }];
  },
  reduce_max: extreme,
  reduce_min: extreme,
  argmax: null,
  softmax: ({ b, id, instruction, gradient }) => {
    const along = b.sum(b.mul(gradient, id), [b.rank(id) - 1], true);
    return [{ to: instruction.input, gradient: b.mul(id, b.sub(gradient, along)) }];
  },
  log_softmax: ({ b, id, instruction, gradient }) => {
    const total = b.sum(gradient, [b.rank(id) - 1], true);
    const probabilities = b.softmax(instruction.input);
    return [{ to: instruction.input, gradient: b.sub(gradient, b.mul(probabilities, total)) }];
  },
};
