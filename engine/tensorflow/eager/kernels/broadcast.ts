import type { ElementType } from '../../../step/program';
import { elements } from '../../../step/sizes';
import type { Heap, Tensor } from '../heap';

type Elements = Float32Array | Int32Array | Uint8Array;

/**
 * A tensor repeated to a larger shape, or the tensor itself if it has that shape; either way to be released.
 * The shapes must fit by NumPy's rule.
 */
export function broadcast(heap: Heap, tensor: Tensor, shape: number[]): Tensor {
  const size = elements(shape);
  if (size === elements(tensor.shape)) return heap.alias(tensor, shape);
  const out = heap.allocate(shape, tensor.dtype as ElementType);
  const own = [...new Array<number>(shape.length - tensor.shape.length).fill(1), ...tensor.shape];
  repeat(heap.view(tensor), heap.view(out), own, shape, 0, 0, 0);
  return out;
}

/** Fills one block of the result, doubling what is already there along repeated axes. */
function repeat(
  from: Elements,
  to: Elements,
  own: number[],
  shape: number[],
  axis: number,
  source: number,
  target: number,
): void {
  const inner = shape.slice(axis);
  const length = elements(inner);
  const ownLength = elements(own.slice(axis));
  if (ownLength === length) {
    to.set(from.subarray(source, source + length) as never, target);
    return;
  }
  if (ownLength === 1) {
    to.fill(from[source]!, target, target + length);
    return;
  }
  const step = length / shape[axis]!;
  if (own[axis] !== 1) {
    const ownStep = ownLength / own[axis]!;
    for (let index = 0; index < shape[axis]!; index++) {
      repeat(from, to, own, shape, axis + 1, source + index * ownStep, target + index * step);
    }
    return;
  }
  repeat(from, to, own, shape, axis + 1, source, target);
  for (let done = step; done < length; done *= 2) {
    to.copyWithin(target + done, target, target + Math.min(done, length - done));
  }
}
