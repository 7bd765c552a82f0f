import type { Builder } from '../builder';
import type { ReduceName, TensorId } from '../program';
import type { Lowering } from './context';
import { alongAxis } from './dense';

type Reduce = (b: Builder, x: TensorId, axes: number[], keep: boolean) => TensorId;

const reduction =
  (reduce: Reduce): Lowering =>
  (at) => {
    const x = at.input();
    const axes = (at.list('axis') ?? at.fail(`'axis' is missing`)).map((axis) => at.axis(axis, at.b.rank(x)));
    return reduce(at.b, x, axes, at.boolean('keep_dims', false));
  };

const primitive = (op: ReduceName): Lowering => reduction((b, x, axes, keep) => b.reduce(op, x, axes, keep));

/** Below a root, so that its slope at 0 is finite. */
const tiny = 1e-12;

export const length = (b: Builder, x: TensorId, axes: number[], keep = false): TensorId =>
  b.unary('sqrt', b.add(b.sum(b.unary('square', x), axes, keep), b.scalar(tiny)));

const variance: Reduce = (b, x, axes, keep) =>
  b.mean(b.unary('square', b.sub(x, b.mean(x, axes, true))), axes, keep);

/** max + log Σ exp(x - max). */
const logSumExp: Reduce = (b, x, axes, keep) => {
  const highest = b.reduce('reduce_max', x, axes, true);
  const rest = b.unary('log', b.sum(b.unary('exp', b.sub(x, highest)), axes, true));
  const whole = b.add(highest, rest);
  return keep
    ? whole
    : b.reshape(
        whole,
        b.shape(x).filter((_, axis) => !axes.includes(axis)),
      );
};

const argmax =
  (of: (b: Builder, x: TensorId) => TensorId): Lowering =>
  (at) =>
    at.b.argmax(of(at.b, at.input()), at.axis(at.number('axis', -1), at.b.rank(at.input())));

/** x [batch, steps, …] with mask [batch, steps]; 0 where nothing counts. */
const maskedMean: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const mask = b.cast(at.input('mask'), 'float32');
  const weights = b.reshape(mask, [
    ...b.shape(mask),
    ...b
      .shape(x)
      .slice(2)
      .map(() => 1),
  ]);
  const count = b.sum(weights, [1]);
  const divisor = b.select(b.cast(count, 'bool'), count, b.scalar(1));
  return b.div(b.sum(b.mul(x, weights), [1]), divisor);
};

/** x times a triangle of ones, along the axis. */
const cumsum: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const axis = at.axis(at.number('axis', -1), b.rank(x));
  const size = b.staticSize(x, axis);
  const triangle = Float32Array.from({ length: size * size }, (_, place) =>
    Math.floor(place / size) <= place % size ? 1 : 0,
  );
  return alongAxis(b, x, axis, b.constant(triangle, [size, size]));
};

export const reductions: Record<string, Lowering> = {
  mean: primitive('reduce_mean'),
  sum: primitive('reduce_sum'),
  max: primitive('reduce_max'),
  min: primitive('reduce_min'),
  variance: reduction(variance),
  norm: reduction(length),
  logsumexp: reduction(logSumExp),
  argmax: argmax((_, x) => x),
  argmin: argmax((b, x) => b.unary('neg', x)),
  masked_mean: maskedMean,
  cumsum,
};
