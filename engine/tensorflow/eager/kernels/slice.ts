import { elements } from '../../../step/sizes';
import type { Kernels } from './kernel';

/**
 * Stretches that lie side by side are copied whole. The kernel of TensorFlow.js copies all of its input first, which
 * makes cutting a sequence into its steps quadratic.
 */
export const slice: Kernels<'slice'> = {
  slice: ({ heap, instruction: { input, begin, dtype }, shape, shapeOf }) => {
    const from = shapeOf(input);
    let axis = shape.length - 1;
    while (axis > 0 && shape[axis] === from[axis]) axis -= 1;
    const length = elements(shape.slice(Math.max(0, axis)));
    const starts = startsOf(from, shape, begin, axis);
    return (tensors) => {
      const out = heap.allocate(shape, dtype);
      const source = heap.view(tensors[input]!);
      const target = heap.view(out);
      for (let run = 0, at = 0; run < starts.length; run++, at += length) {
        const start = starts[run]!;
        // A call costs more than copying a short run.
        if (length > 48) target.set(source.subarray(start, start + length) as never, at);
        else for (let i = 0; i < length; i++) target[at + i] = source[start + i]!;
      }
      return out;
    };
  },
};

/** Where in the source each stretch begins: one for every place before `axis`. */
function startsOf(from: number[], shape: number[], begin: number[], axis: number): Int32Array {
  const strides = from.map((_, at) => elements(from.slice(at + 1)));
  const offset = begin.reduce((sum, start, at) => sum + start * strides[at]!, 0);
  const outer = shape.slice(0, Math.max(0, axis));
  const starts = new Int32Array(elements(outer));
  const place = outer.map(() => 0);
  for (let run = 0; run < starts.length; run++) {
    starts[run] = place.reduce((sum, index, at) => sum + index * strides[at]!, offset);
    for (let at = place.length - 1; at >= 0; at--) {
      place[at]! += 1;
      if (place[at]! < outer[at]!) break;
      place[at] = 0;
    }
  }
  return starts;
}
