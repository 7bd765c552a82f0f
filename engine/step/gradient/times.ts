import type { Builder } from '../builder';
import type { TensorId } from '../program';

/** A tensor as `factor` times another one. */
interface Scaled {
  tensor: TensorId;
  factor: number;
}

/**
 * gradient * slope. Numbers in either are multiplied at compile time, and then go to what is smallest: chains of
 * derivatives would else pass over a whole tensor for each of them.
 */
export function times(b: Builder, gradient: TensorId, slope: TensorId): TensorId {
  const number = b.constantOf(slope);
  if (number !== undefined) return scaled(b, gradient, number);
  const by = apart(b, slope);
  const from = apart(b, gradient);
  const source = b.at(from.tensor);
  const factor = by.factor * from.factor;
  if (source.op === 'broadcast_like') return b.mul(scaled(b, from.tensor, factor), by.tensor);
  return scaled(b, b.mul(from.tensor, by.tensor), factor);
}

function scaled(b: Builder, tensor: TensorId, factor: number): TensorId {
  const source = b.at(tensor);
  if (source.op === 'broadcast_like') return b.broadcastLike(scaled(b, source.input, factor), source.like);
  const inner = apart(b, tensor);
  return b.mul(inner.tensor, b.scalar(inner.factor * factor));
}

function apart(b: Builder, id: TensorId): Scaled {
  const product = b.at(id);
  if (product.op !== 'mul' || b.dtype(id) !== 'float32') return { tensor: id, factor: 1 };
  const [left, right] = [b.constantOf(product.left), b.constantOf(product.right)];
  if (left !== undefined) return { tensor: product.right, factor: left };
  if (right !== undefined) return { tensor: product.left, factor: right };
  return { tensor: id, factor: 1 };
}
