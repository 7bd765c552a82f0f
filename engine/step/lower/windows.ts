import type { Builder } from '../builder';
import type { Size, TensorId } from '../program';
import { windowCount } from '../sizes';

export type Pads = [number, number];

/** Padding before and after an axis. `same`: ceil(size / stride) places, the odd one after, as TensorFlow does; `causal`: window i ends at i·stride. */
export function padsFor(padding: string, size: Size, window: number, stride: number, dilation: number): Pads {
  const reach = (window - 1) * dilation + 1;
  if (padding === 'valid') return [0, 0];
  if (padding === 'causal') return [reach - 1, 0];
  if (padding !== 'same') throw new Error(`there is no padding '${padding}'`);
  if (typeof size === 'string' && stride !== 1) throw new Error(`a stride of ${stride} needs a fixed length`);
  const total =
    typeof size === 'string'
      ? reach - 1
      : Math.max((Math.ceil(size / stride) - 1) * stride + reach - size, 0);
  return [Math.floor(total / 2), total - Math.floor(total / 2)];
}

/** Elements begin, begin + stride, … along one axis: `count` of them. */
export function strided(
  b: Builder,
  x: TensorId,
  axis: number,
  begin: number,
  count: number,
  stride: number,
): TensorId {
  if (stride === 1) return b.cut(x, axis, begin, count);
  const missing = Math.max(begin + count * stride - b.staticSize(x, axis), 0);
  const padded = b.pad(
    x,
    b.shape(x).map((_, at): Pads => (at === axis ? [0, missing] : [0, 0])),
  );
  const stretch = b.cut(padded, axis, begin, count * stride);
  const shape = b.shape(stretch);
  const folded = b.reshape(stretch, [...shape.slice(0, axis), count, stride, ...shape.slice(axis + 1)]);
  return b.reshape(b.cut(folded, axis + 1, 0, 1), [...shape.slice(0, axis), count, ...shape.slice(axis + 1)]);
}

/** The sum of a sliding window along one axis; padding counts as zero. */
export function windowSum(
  b: Builder,
  x: TensorId,
  axis: number,
  window: number,
  stride: number,
  pads: Pads,
): TensorId {
  const count = windowCount(b.staticSize(x, axis), window, stride, 1, pads);
  const padded = b.pad(
    x,
    b.shape(x).map((_, at): Pads => (at === axis ? pads : [0, 0])),
  );
  let sum = strided(b, padded, axis, 0, count, stride);
  for (let offset = 1; offset < window; offset++) {
    sum = b.add(sum, strided(b, padded, axis, offset, count, stride));
  }
  return sum;
}

/** How many real elements each place of a window covers. */
export function windowCoverage(size: number, window: number, stride: number, pads: Pads): Float32Array {
  const count = windowCount(size, window, stride, 1, pads);
  return Float32Array.from({ length: count }, (_, place) => {
    const from = place * stride - pads[0];
    return Math.min(from + window, size) - Math.max(from, 0);
  });
}
