import { elements } from '../../../step/sizes';
import type { Tensor } from '../heap';
import { broadcast } from './broadcast';
import type { Kernels } from './kernel';

export const shape: Kernels<'reshape' | 'transpose' | 'broadcast_like' | 'concat' | 'pad' | 'reverse'> = {
  reshape: ({ heap, instruction: { input }, shape: to }) => {
    return (tensors) => heap.alias(tensors[input]!, to);
  },
  transpose: ({ heap, instruction: { input, order } }) => {
    const kernel = heap.kernel('Transpose');
    return (tensors) => kernel({ x: tensors[input]! }, { perm: order });
  },
  broadcast_like: ({ heap, instruction: { input }, shape: to }) => {
    return (tensors) => broadcast(heap, tensors[input]!, to);
  },
  concat: ({ heap, instruction: { inputs, axis } }) => {
    const kernel = heap.kernel('Concat');
    return (tensors) =>
      kernel(
        inputs.map((id): Tensor => tensors[id]!),
        { axis },
      );
  },
  pad: ({ heap, instruction: { input, pads, value } }) => {
    const kernel = heap.kernel('PadV2');
    return (tensors) => kernel({ x: tensors[input]! }, { paddings: pads, constantValue: value });
  },
  /** Blocks behind the axis change places whole. */
  reverse: ({ heap, instruction: { input, axis, dtype }, shape: size }) => {
    const length = size[axis]!;
    const block = elements(size.slice(axis + 1));
    return (tensors) => {
      const out = heap.allocate(size, dtype);
      const from = heap.view(tensors[input]!);
      const to = heap.view(out);
      for (let start = 0; start < from.length; start += length * block) {
        for (let index = 0; index < length; index++) {
          const source = start + index * block;
          const target = start + (length - 1 - index) * block;
          to.set(from.subarray(source, source + block) as never, target);
        }
      }
      return out;
    };
  },
};
