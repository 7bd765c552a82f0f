import type { HostTensor } from '../../step/program';
import { numberAt } from '../missing';

/** Entries of a row: 1 for a column of numbers, n for a column of vectors. */
export function widthOf({ shape }: HostTensor): number {
  return shape.slice(1).reduce((product, size) => product * size, 1);
}

/** The values of each entry over all rows, missing ones left out; one array per entry. */
export function presentValues(tensor: HostTensor): Float64Array[] {
  const width = widthOf(tensor);
  return Array.from({ length: width }, (_, entry) => {
    const values = new Float64Array(tensor.data.length / width);
    let count = 0;
    for (let i = entry; i < tensor.data.length; i += width) {
      const value = numberAt(tensor, i);
      if (!Number.isNaN(value)) values[count++] = value;
    }
    return values.subarray(0, count);
  });
}

/** float32 of the same shape; `NaN` goes in for a missing value. */
export function mapNumbers(tensor: HostTensor, change: (value: number, entry: number) => number): HostTensor {
  const width = widthOf(tensor);
  const data = new Float32Array(tensor.data.length);
  for (let i = 0; i < data.length; i++) data[i] = change(numberAt(tensor, i), i % width);
  return { dtype: 'float32', shape: tensor.shape, data };
}

/** The value that a share of sorted values lies below, interpolated between neighbours (Hyndman & Fan 1996, type 7). */
export function quantile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return 0;
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  return below + (sorted[Math.ceil(place)]! - below) * (place - Math.floor(place));
}
