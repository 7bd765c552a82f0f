import { fillUniform } from '../../../step/random';
import type { Kernels } from './kernel';

/** What is made from nothing but sizes and counters. Inputs, states and constants are at hand before a program runs. */
export const source: Kernels<'size_of' | 'iota' | 'random_uniform'> = {
  size_of: ({ heap, instruction: { input, axis, dtype }, shapeOf }) => {
    const size = shapeOf(input)[axis]!;
    return () => heap.fill(size, [], dtype);
  },
  iota: ({ heap, instruction: { dtype }, shape }) => {
    return () => {
      const out = heap.allocate(shape, dtype);
      const view = heap.view(out);
      for (let index = 0; index < view.length; index++) view[index] = index;
      return out;
    };
  },
  random_uniform: ({ heap, instruction: { counter, seed, stream }, shape }) => {
    return (tensors) => {
      const out = heap.allocate(shape, 'float32');
      fillUniform(heap.floats(out), seed, stream, heap.words(tensors[counter]!)[0]!);
      return out;
    };
  },
};
