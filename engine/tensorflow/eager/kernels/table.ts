import { elements } from '../../../step/sizes';
import type { Kernels } from './kernel';

/** Typed-array loops: whole rows are copied at memory speed, and scatter_add has no kernel at all. */
export const table: Kernels<'gather' | 'scatter_add' | 'one_hot'> = {
  gather: ({ heap, instruction: { table: rowsId, indices, dtype }, shape, shapeOf }) => {
    const [rows, ...rest] = shapeOf(rowsId) as [number, ...number[]];
    const width = elements(rest);
    return (tensors) => {
      const out = heap.allocate(shape, dtype);
      const from = heap.words(tensors[rowsId]!);
      const to = heap.words(out);
      const picks = heap.words(tensors[indices]!);
      for (let place = 0; place < picks.length; place++) {
        const row = picks[place]!;
        if (row < 0 || row >= rows) {
          heap.release(out);
          throw new Error(`index ${row} lies outside a table of ${rows} rows`);
        }
        const target = place * width;
        const source = row * width;
        // A call costs more than copying a short row.
        if (width > 48) to.set(from.subarray(source, source + width), target);
        else for (let i = 0; i < width; i++) to[target + i] = from[source + i]!;
      }
      return out;
    };
  },
  scatter_add: ({ heap, instruction: { indices, updates }, shape }) => {
    const [rows] = shape as [number];
    const width = elements(shape.slice(1));
    return (tensors) => {
      const out = heap.allocate(shape, 'float32');
      const from = heap.floats(tensors[updates]!);
      const to = heap.floats(out).fill(0);
      const picks = heap.words(tensors[indices]!);
      for (let place = 0; place < picks.length; place++) {
        const row = picks[place]!;
        if (row < 0 || row >= rows) continue;
        const target = row * width;
        const source = place * width;
        for (let i = 0; i < width; i++) to[target + i]! += from[source + i]!;
      }
      return out;
    };
  },
  one_hot: ({ heap, instruction: { indices, depth }, shape }) => {
    return (tensors) => {
      const out = heap.allocate(shape, 'float32');
      const to = heap.floats(out).fill(0);
      const picks = heap.words(tensors[indices]!);
      for (let place = 0; place < picks.length; place++) {
        const at = picks[place]!;
        if (at >= 0 && at < depth) to[place * depth + at] = 1;
      }
      return out;
    };
  },
};
