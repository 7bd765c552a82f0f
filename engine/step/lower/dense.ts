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

/** Multiplies one axis of x with a matrix [size of the axis, new size]. */
export function alongAxis(b: Builder, x: TensorId, axis: number, matrix: TensorId): TensorId {
  const order = b.shape(x).map((_, place) => place);
  const last = order.length - 1;
  const swapped = order.map((place) => (place === axis ? last : place === last ? axis : place));
  return b.transpose(project(b, b.transpose(x, swapped), matrix), swapped);
}

const dense: Lowering = (at) => {
  const x = project(at.b, at.input(), at.weight('kernel'), at.optionalWeight('bias'));
  return activate(at.b, at.string('activation', 'linear'), x);
};

const embedding: Lowering = (at) => at.b.gather(at.weight('table'), at.input());

const lookup: Lowering = (at) => at.b.gather(at.input('table'), at.input());

export const projections: Record<string, Lowering> = {
  dense,
  embedding,
  lookup,
};
