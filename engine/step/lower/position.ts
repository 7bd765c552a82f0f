import type { Builder } from '../builder';
import type { Size, TensorId } from '../program';
import type { Lowering } from './context';

/** The first rows of a table, as many as an axis of x is long. */
function firstRows(b: Builder, table: TensorId, x: TensorId, axis: number): TensorId {
  const steps = b.shape(x)[axis]!;
  return typeof steps === 'number' ? b.cut(table, 0, 0, steps) : b.gather(table, b.iota(x, axis));
}

/** Adds a learned vector to every position: x [batch, seq, dim] + table [length, dim], length >= seq. */
const positionalEmbedding: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  return b.add(x, firstRows(b, at.weight('table'), x, b.rank(x) - 2));
};

/** The angle of pair `i` of `pairs` at a position; Vaswani et al. 2017, section 3.5. */
const angle = (position: number, pair: number, pairs: number, base: number): number =>
  position / base ** (pair / pairs);

/** Sines in the even places, cosines in the odd ones. */
const sinusoidalEmbedding: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const [steps, width] = [b.longest(x, 1), b.staticSize(x, 2)];
  const base = at.number('base', 10_000);
  const waves = Float32Array.from({ length: steps * width }, (_, place) => {
    const [step, column] = [Math.floor(place / width), place % width];
    const phase = angle(step, Math.floor(column / 2), width / 2, base);
    return column % 2 === 0 ? Math.sin(phase) : Math.cos(phase);
  });
  return b.add(x, firstRows(b, b.constant(waves, [steps, width]), x, 1));
};

/**
 * Turns the pairs (i, i + size/2) of x [..., steps, size] by an angle that grows with the step. Su et al. 2021:
 * (u, v) becomes (u cos - v sin, u sin + v cos).
 */
export function rotate(b: Builder, x: TensorId, base: number): TensorId {
  const axis = b.rank(x) - 1;
  const [steps, size] = [b.longest(x, axis - 1), b.staticSize(x, axis)];
  const pairs = size / 2;
  if (!Number.isInteger(pairs)) throw new Error(`an odd size of ${size} has no pairs to turn`);
  const table = (wave: (phase: number) => number): TensorId =>
    firstRows(
      b,
      b.constant(
        Float32Array.from({ length: steps * pairs }, (_, place) =>
          wave(angle(Math.floor(place / pairs), place % pairs, pairs, base)),
        ),
        [steps, pairs],
      ),
      x,
      axis - 1,
    );
  const [cos, sin] = [table(Math.cos), table(Math.sin)];
  const [u, v] = [b.cut(x, axis, 0, pairs), b.cut(x, axis, pairs, pairs)];
  return b.concat([b.sub(b.mul(u, cos), b.mul(v, sin)), b.add(b.mul(u, sin), b.mul(v, cos))], axis);
}

const rotaryEmbedding: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const base = at.number('base', 10_000);
  const heads = at.number('heads', 1);
  if (heads === 1) return rotate(b, x, base);
  const [batch, steps, width] = b.shape(x) as [Size, Size, number];
  const apart = b.transpose(b.reshape(x, [batch, steps, heads, width / heads]), [0, 2, 1, 3]);
  return b.reshape(b.transpose(rotate(b, apart, base), [0, 2, 1, 3]), [batch, steps, width]);
};

export const positions: Record<string, Lowering> = {
  positional_embedding: positionalEmbedding,
  sinusoidal_embedding: sinusoidalEmbedding,
  rotary_embedding: rotaryEmbedding,
};
