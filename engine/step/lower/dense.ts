import type { Builder } from '../builder';
import type { TensorId } from '../program';
import { product } from '../sizes';
import { activate } from './activation';
import type { Lowering } from './context';

/** x [..., in] · kernel [in, out] + bias [out]: leading axes are one big batch. */
export function project(b: Builder, x: TensorId, kernel: TensorId, bias?: TensorId): TensorId {
  const shape = b.shape(x);
  const width = b.shape(kernel)[1]!;
  const rows = b.reshape(x, [product(shape.slice(0, -1)), shape.at(-1)!]);
  const mapped = b.matmul(rows, kernel);
  const shifted = bias === undefined ? mapped : b.add(mapped, bias);
  return b.reshape(shifted, [...shape.slice(0, -1), width]);
}

const dense: Lowering = (at) => {
  const x = project(at.b, at.input(), at.weight('kernel'), at.optionalWeight('bias'));
  return activate(at.b, at.string('activation', 'linear'), x);
};

const embedding: Lowering = (at) => at.b.gather(at.weight('table'), at.input());

/** Adds a learned vector to every position: x [batch, seq, dim] + table [length, dim], length >= seq. */
const positionalEmbedding: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const seq = b.staticSize(x, b.rank(x) - 2);
  return b.add(x, b.cut(at.weight('table'), 0, 0, seq));
};

export const projections: Record<string, Lowering> = {
  dense,
  embedding,
  positional_embedding: positionalEmbedding,
};
