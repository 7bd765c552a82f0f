import type { Builder } from '../builder';
import type { TensorId } from '../program';
import type { Lowering } from './context';
import { length } from './reduction';

const last = (b: Builder, x: TensorId): number[] => [b.rank(x) - 1];

/** Vectors of length 1 along the last axis. */
export const unit = (b: Builder, x: TensorId): TensorId => b.div(x, length(b, x, last(b, x), true));

/** Σ x y over the last axis. */
export const dot = (b: Builder, x: TensorId, y: TensorId): TensorId => b.sum(b.mul(x, y), last(b, x));

/** x [..., n, size] against y [..., m, size]: [..., n, m]. */
export function products(b: Builder, x: TensorId, y: TensorId): TensorId {
  return b.matmul(x, y, false, true);
}

/** Squared distances by |x|² - 2 x y + |y|², which rounding may take below 0; relu keeps them from there. */
export function squaredDistances(b: Builder, x: TensorId, y: TensorId): TensorId {
  const square = (side: TensorId): TensorId => b.sum(b.unary('square', side), last(b, side));
  const [rows, columns] = [square(x), square(y)];
  const own = b.reshape(rows, [...b.shape(rows), 1]);
  const other = b.reshape(columns, [...b.shape(columns).slice(0, -1), 1, b.shape(columns).at(-1)!]);
  const cross = b.mul(products(b, x, y), b.scalar(-2));
  return b.unary('relu', b.add(b.add(cross, own), other));
}

const pairwise: Lowering = (at) => {
  const { b } = at;
  const [x, y] = [at.input('left'), at.input('right')];
  switch (at.string('by', 'dot')) {
    case 'cosine':
      return products(b, unit(b, x), unit(b, y));
    case 'euclidean':
      return b.unary('neg', squaredDistances(b, x, y));
    default:
      return products(b, x, y);
  }
};

const rows =
  (score: (b: Builder, x: TensorId, y: TensorId) => TensorId): Lowering =>
  (at) =>
    score(at.b, at.input('left'), at.input('right'));

export const similarities: Record<string, Lowering> = {
  dot: rows(dot),
  cosine_similarity: rows((b, x, y) => dot(b, unit(b, x), unit(b, y))),
  euclidean_distance: rows((b, x, y) => length(b, b.sub(x, y), last(b, x))),
  pairwise,
};
