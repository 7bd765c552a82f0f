import type { HostTensor } from '../../../engine/step/program';

/** A reader of single elements: `at(i, j, …)`. */
export type Reader = (...index: number[]) => number;

export const reader =
  ({ shape, data }: HostTensor): Reader =>
  (...index) =>
    data[index.reduce((flat, i, axis) => flat * shape[axis]! + i, 0)]!;

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array };

/** Fills a tensor from a formula of its index. */
export function build(shape: number[], element: Reader, dtype: HostTensor['dtype'] = 'float32'): HostTensor {
  const data = new arrays[dtype](shape.reduce((a, b) => a * b, 1));
  const index = shape.map(() => 0);
  for (let flat = 0; flat < data.length; flat++) {
    data[flat] = element(...index);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++index[axis]! < shape[axis]!) break;
      index[axis] = 0;
    }
  }
  return { dtype, shape, data };
}

export const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
export const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
export const mean = (values: number[]): number => sum(values) / values.length;
export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
export const dot = (count: number, term: (k: number) => number): number => sum(range(count).map(term));
