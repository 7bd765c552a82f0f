import type { Size, TensorId } from '../program';
import type { Lowering, LoweringContext } from './context';
import { alongAxis } from './dense';
import { repeatAxis } from './shapes';
import { type Pads, padsFor, windowCoverage, windowSum } from './windows';

interface Window {
  size: number;
  stride: number;
  pads: Pads;
}

/** The window along each spatial axis; the stride is the size unless given. */
function windows(at: LoweringContext, x: TensorId, count: number): Window[] {
  const sizes = at.numbers('window', count);
  const strides = at.numbers('stride', count, sizes);
  const padding = at.string('padding', 'valid');
  return sizes.map((size, axis) => {
    const stride = strides[axis]!;
    return { size, stride, pads: padsFor(padding, at.b.staticSize(x, axis + 1), size, stride, 1) };
  });
}

function maxPool(at: LoweringContext, x: TensorId, [rows, columns]: [Window, Window]): TensorId {
  return at.b.maxPool2d(x, {
    window: [rows.size, columns.size],
    strides: [rows.stride, columns.stride],
    pads: [rows.pads, columns.pads],
  });
}

const maxPool1d: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const [batch, length, channels] = b.shape(x) as [Size, Size, Size];
  const [window] = windows(at, x, 1) as [Window];
  const row: Window = { size: 1, stride: 1, pads: [0, 0] };
  const y = maxPool(at, b.reshape(x, [batch, 1, length, channels]), [row, window]);
  return b.reshape(y, [batch, b.shape(y)[2]!, channels]);
};

/** Mean over the real elements under the window, one axis after the other; padding does not count. */
function averagePool(count: number): Lowering {
  return (at) => {
    const { b } = at;
    const x = at.input();
    return windows(at, x, count).reduce((y, { size, stride, pads }, index) => {
      const axis = index + 1;
      const coverage = windowCoverage(b.staticSize(y, axis), size, stride, pads);
      const sum = windowSum(b, y, axis, size, stride, pads);
      if (coverage.every((covered) => covered === size)) return b.mul(sum, b.scalar(1 / size));
      const shape = [
        coverage.length,
        ...b
          .shape(y)
          .slice(axis + 1)
          .map(() => 1),
      ];
      return b.mul(
        sum,
        b.constant(
          coverage.map((covered) => 1 / covered),
          shape,
        ),
      );
    }, x);
  };
}

/** All axes between the first (batch) and the last (channels). */
const inner = (at: LoweringContext, x: TensorId): number[] =>
  at.b
    .shape(x)
    .map((_, axis) => axis)
    .slice(1, -1);

/** mask [batch, seq] as a column beside the channels of x [batch, seq, channels]. */
function maskColumn(at: LoweringContext): TensorId | undefined {
  const mask = at.optional('mask');
  return mask === undefined ? undefined : at.b.reshape(mask, [...at.b.shape(mask), 1]);
}

/** The largest value of each channel; where all of a row is masked, 0. */
const globalMaxPool: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const mask = maskColumn(at);
  if (mask === undefined) return b.reduce('reduce_max', x, inner(at, x));
  const kept = b.cast(mask, 'bool');
  const highest = b.reduce('reduce_max', b.select(kept, x, b.scalar(-3e38)), inner(at, x));
  const any = b.reduce('reduce_max', b.cast(kept, 'float32'), [1]);
  return b.select(b.cast(any, 'bool'), highest, b.scalar(0));
};

/** The mean of each channel over what is not masked; where all of a row is masked, 0. */
const globalAveragePool: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const mask = maskColumn(at);
  if (mask === undefined) return b.mean(x, inner(at, x));
  const weights = b.cast(mask, 'float32');
  const count = b.binary('maximum', b.sum(weights, [1]), b.scalar(1));
  return b.div(b.sum(b.mul(x, weights), [1]), count);
};

/** Shares [length, size] by which entries of an axis make up entries of a shorter (or longer) one. */
function shares(length: number, size: number): Float32Array {
  return Float32Array.from({ length: size * length }, (_, place) => {
    const [from, to] = [Math.floor(place / size), place % size];
    const begin = Math.floor((to * length) / size);
    const end = Math.ceil(((to + 1) * length) / size);
    return from >= begin && from < end ? 1 / (end - begin) : 0;
  });
}

/** Means over equal parts of each axis, as products with fixed matrices. */
const adaptiveAveragePool =
  (count: number): Lowering =>
  (at) =>
    at.numbers('size', count).reduce((x, size, index) => {
      const length = at.b.staticSize(x, index + 1);
      return alongAxis(at.b, x, index + 1, at.b.constant(shares(length, size), [length, size]));
    }, at.input());

/** Every place again and again, axis by axis. */
const upsample =
  (count: number): Lowering =>
  (at) =>
    at
      .numbers('factor', count, new Array<number>(count).fill(2))
      .reduce((x, factor, index) => repeatAxis(at, x, index + 1, factor, false), at.input());

export const pools: Record<string, Lowering> = {
  max_pool1d: maxPool1d,
  max_pool2d: (at) => maxPool(at, at.input(), windows(at, at.input(), 2) as [Window, Window]),
  avg_pool1d: averagePool(1),
  avg_pool2d: averagePool(2),
  global_max_pool: globalMaxPool,
  global_avg_pool: globalAveragePool,
  adaptive_avg_pool1d: adaptiveAveragePool(1),
  adaptive_avg_pool2d: adaptiveAveragePool(2),
  upsample1d: upsample(1),
  upsample2d: upsample(2),
};
