import type { BinaryName } from '../program';
import { product } from '../sizes';
import { elementType, type Lowering } from './context';

/** One op over all that is wired in, from left to right. */
const chain =
  (op: BinaryName): Lowering =>
  (at) =>
    at.all('in').reduce((left, right) => at.b.binary(op, left, right));

const pair =
  (op: BinaryName): Lowering =>
  (at) =>
    at.b.binary(op, at.input('left'), at.input('right'));

/** [..., m, k] · [..., k, n]; a single matrix on the right serves every leading axis of the left. */
const matmul: Lowering = (at) => {
  const { b } = at;
  const left = at.input('left');
  const right = at.input('right');
  const transposeLeft = at.boolean('transpose_left', false);
  const transposeRight = at.boolean('transpose_right', false);
  const rank = b.rank(left);
  if (b.rank(right) === rank) return b.matmul(left, right, transposeLeft, transposeRight);
  const order = b.shape(left).map((_, axis) => axis);
  const turned = transposeLeft ? b.transpose(left, [...order.slice(0, -2), rank - 1, rank - 2]) : left;
  const shape = b.shape(turned);
  const rows = b.reshape(turned, [product(shape.slice(0, -1)), shape[rank - 1]!]);
  const y = b.matmul(rows, right, false, transposeRight);
  return b.reshape(y, [...shape.slice(0, -1), b.shape(y)[1]!]);
};

export const arithmetic: Record<string, Lowering> = {
  add: chain('add'),
  multiply: chain('mul'),
  subtract: pair('sub'),
  divide: pair('div'),
  power: pair('pow'),
  maximum: chain('maximum'),
  minimum: chain('minimum'),
  matmul,
  parameter: (at) => at.weight('value'),
  constant: (at) => at.b.fill(at.number('value'), at.type.shape.map(Number)),
  /** x * factor + offset. */
  scale: (at) => {
    const { b } = at;
    const x = at.input();
    return b.add(b.mul(x, b.scalar(at.number('factor', 1))), b.scalar(at.number('offset', 0)));
  },
  cast: (at) => at.b.cast(at.input(), elementType(at.type)),
  /** True where a token is not the padding. */
  mask_of: (at) => {
    const { b } = at;
    const tokens = at.input();
    const padding = b.scalar(at.number('pad', 0), b.dtype(tokens));
    const kept = b.unary('logical_not', b.binary('equal', tokens, padding));
    return b.cast(kept, elementType(at.type));
  },
};
