/**
 * How a missing value is stored on the host: NaN among float32, and where there is no NaN a number that the contract
 * never lets through as a value. `fill_missing` replaces them; none may reach a step.
 */
import type { HostTensor } from '../step/program';

const MISSING: Record<HostTensor['dtype'], number> = {
  float32: Number.NaN,
  int32: -(2 ** 31),
  bool: 255,
};

export function missingOf(dtype: HostTensor['dtype']): number {
  return MISSING[dtype];
}

export function isMissing(dtype: HostTensor['dtype'], value: number): boolean {
  return dtype === 'float32' ? Number.isNaN(value) : value === MISSING[dtype];
}

/** A value as a number to calculate with: NaN where it is missing, whatever its type. */
export function numberAt({ dtype, data }: HostTensor, index: number): number {
  const value = data[index]!;
  return isMissing(dtype, value) ? Number.NaN : value;
}

/** How many rows of a tensor [rows, …] miss something. */
export function incompleteRows({ dtype, shape, data }: HostTensor): number {
  const width = shape.slice(1).reduce((product, size) => product * size, 1);
  let [count, last] = [0, -1];
  for (let i = 0; i < data.length; i++) {
    if (!isMissing(dtype, data[i]!)) continue;
    const row = Math.floor(i / width);
    if (row !== last) count += 1;
    last = row;
  }
  return count;
}
