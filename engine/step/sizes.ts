import type { Size } from './program';

/** A product of sizes in normal form: one number first (left out when 1), then the names, sorted. */
export function product(sizes: readonly Size[]): Size {
  let factor = 1;
  const names: string[] = [];
  for (const size of sizes) {
    for (const term of typeof size === 'number' ? [size] : size.split('*')) {
      const value = Number(term);
      if (Number.isNaN(value)) names.push(String(term));
      else factor *= value;
    }
  }
  if (names.length === 0 || factor === 0) return factor;
  names.sort();
  return (factor === 1 ? names : [factor, ...names]).join('*');
}

/** The value of a size once the names in it are known. Throws when one is not. */
export function evaluateSize(size: Size, names: ReadonlyMap<string, number>): number {
  if (typeof size === 'number') return size;
  let value = 1;
  for (const term of size.split('*')) {
    const known = names.get(term) ?? Number(term);
    if (Number.isNaN(known)) throw new Error(`the size '${term}' is not known from any input`);
    value *= known;
  }
  return value;
}

export const isStatic = (shape: readonly Size[]): shape is number[] =>
  shape.every((size) => typeof size === 'number');

export const sameShape = (a: readonly Size[], b: readonly Size[]): boolean =>
  a.length === b.length && a.every((size, axis) => size === b[axis]);

export const showShape = (shape: readonly Size[]): string => `[${shape.join(', ')}]`;

/** NumPy's rule. Throws when the shapes do not fit. */
export function broadcastShapes(a: readonly Size[], b: readonly Size[]): Size[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left === right || right === 1) return left;
    if (left === 1) return right;
    throw new Error(`shapes ${showShape(a)} and ${showShape(b)} do not broadcast`);
  });
}

/** How many places a window has along an axis. */
export function windowCount(
  size: number,
  window: number,
  stride: number,
  dilation: number,
  pads: readonly [number, number],
): number {
  const count = Math.floor((size + pads[0] + pads[1] - (window - 1) * dilation - 1) / stride) + 1;
  if (count < 1) throw new Error(`a window of ${window} does not fit an axis of length ${size}`);
  return count;
}

/** The same of any axis: one of open length keeps it under a window that moves by 1 over as much padding as it spans. */
export function windowPlaces(size: Size, ...window: WindowSizes): Size {
  if (typeof size === 'number') return windowCount(size, ...window);
  const [width, stride, dilation, pads] = window;
  if (stride === 1 && pads[0] + pads[1] === (width - 1) * dilation) return size;
  throw new Error(`a window of ${width} needs an axis of fixed length`);
}

type WindowSizes = Parameters<typeof windowCount> extends [number, ...infer Rest] ? Rest : never;

export const elements = (shape: readonly number[]): number => shape.reduce((all, size) => all * size, 1);
