import type { TensorId } from '../program';
import type { Lowering, LoweringContext } from './context';

/** True at one of every 1/rate steps, the first of them half as far in; at the last step of shorter sequences. */
function evenly({ b }: LoweringContext, ids: TensorId, rate: number): TensorId {
  const steps = b.longest(ids, 1);
  const apart = Math.max(Math.round(1 / rate), 1);
  const first = Math.min(Math.floor(apart / 2), steps - 1);
  const hidden = Float32Array.from({ length: steps }, (_, step) => (step % apart === first ? 1 : 0));
  const all = b.constant(hidden, [steps]);
  const places = b.shape(ids)[1] === steps ? all : b.gather(all, b.iota(ids, 1));
  return b.cast(b.reshape(places, [1, b.shape(ids)[1]!]), 'bool');
}

/** Devlin et al. 2019: ids [batch, steps] of which some are hidden, and what was there, -1 elsewhere. */
const maskTokens: Lowering = (at) => {
  const { b } = at;
  const ids = at.input();
  const whole = (value: number): TensorId => b.scalar(value, 'int32');
  const rate = at.number('rate', 0.15);
  const drawn = at.training ? b.binary('less', at.random(ids), b.scalar(rate)) : evenly(at, ids, rate);
  const known = b.unary('logical_not', b.binary('equal', ids, whole(at.number('pad', 0))));
  const hidden = b.binary('logical_and', known, drawn);
  return {
    tokens: b.select(hidden, whole(at.number('mask')), ids),
    labels: b.select(hidden, ids, whole(-1)),
  };
};

export const tokens: Record<string, Lowering> = { mask_tokens: maskTokens };
