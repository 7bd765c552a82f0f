import type { BinaryName, ReduceName, TensorId } from '../program';
import { product } from '../sizes';
import { elementType, type Lowering, type LoweringContext } from './context';

/** Everything wired into the node, port by port. */
const everything = (at: LoweringContext): TensorId[] =>
  Object.keys(at.node.inputs).flatMap((port) => at.all(port));

/** One op over all that is wired in, left to right. */
const chain =
  (op: BinaryName): Lowering =>
  (at) =>
    everything(at).reduce((left, right) => at.b.binary(op, left, right));

/** Over the `axes` (or `axis`) attribute; over all axes but the batch when there is none. */
const reduction =
  (op: ReduceName): Lowering =>
  (at) => {
    const { b } = at;
    const x = at.input();
    const rank = b.rank(x);
    const given = at.list('axes') ?? at.list('axis');
    const axes =
      given?.map((axis) => at.axis(axis, rank)) ?? b.shape(x).flatMap((_, axis) => (axis ? [axis] : []));
    return b.reduce(op, x, axes, at.boolean('keep_dims', false));
  };

/** [..., m, k] · [..., k, n]; a matrix on the right serves every leading axis of the left. */
const matmul: Lowering = (at) => {
  const { b } = at;
  const [left, right] = everything(at) as [TensorId, TensorId];
  const transposed = at.boolean('transpose_right', false);
  if (b.rank(right) === 2 && b.rank(left) !== 2) {
    const shape = b.shape(left);
    const rows = b.reshape(left, [product(shape.slice(0, -1)), shape.at(-1)!]);
    const y = b.matmul(rows, right, false, transposed);
    return b.reshape(y, [...shape.slice(0, -1), b.shape(y)[1]!]);
  }
  return b.matmul(left, right, false, transposed);
};

export const arithmetic: Record<string, Lowering> = {
  add: chain('add'),
  multiply: chain('mul'),
  subtract: chain('sub'),
  divide: chain('div'),
  maximum: chain('maximum'),
  minimum: chain('minimum'),
  mean: reduction('reduce_mean'),
  sum: reduction('reduce_sum'),
  max: reduction('reduce_max'),
  min: reduction('reduce_min'),
  matmul,
  /** x * factor + offset. */
  scale: (at) => {
    const { b } = at;
    const x = b.cast(at.input(), 'float32');
    return b.add(b.mul(x, b.scalar(at.number('factor', 1))), b.scalar(at.number('offset', 0)));
  },
  cast: (at) => at.b.cast(at.input(), elementType(at.type)),
  /** True where a token is not the padding. */
  mask_of: (at) => {
    const { b } = at;
    const tokens = at.input();
    const padding = b.scalar(at.number('padding', 0), b.dtype(tokens));
    const kept = b.unary('logical_not', b.binary('equal', tokens, padding));
    return b.cast(kept, elementType(at.type));
  },
};
