import type { Pool2dGeometry } from '../../../step/program';
import type { Heap, Tensor } from '../heap';
import { filterGradient, inputGradient } from './convolution-gradient';
import type { Kernels } from './kernel';
import { multiply } from './matmul';
import { explicitPads, gatherPatches, patchGeometry } from './patches';

/** The largest of each window gets its gradient; the first one where several are equal, as TensorFlow does. */
function maxPoolGradient(
  heap: Heap,
  x: Tensor,
  gradient: Tensor,
  result: Tensor,
  { window, strides, pads }: Pool2dGeometry,
): void {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const [, outHeight, outWidth] = gradient.shape as [number, number, number];
  const from = heap.floats(x);
  const upstream = heap.floats(gradient);
  const to = heap.floats(result).fill(0);
  let out = 0;
  for (let n = 0; n < batch; n++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const y0 = Math.max(0, oy * strides[0] - pads[0][0]);
      const y1 = Math.min(height, oy * strides[0] - pads[0][0] + window[0]);
      for (let ox = 0; ox < outWidth; ox++) {
        const x0 = Math.max(0, ox * strides[1] - pads[1][0]);
        const x1 = Math.min(width, ox * strides[1] - pads[1][0] + window[1]);
        for (let c = 0; c < channels; c++, out++) {
          let best = -1;
          for (let y = y0; y < y1; y++) {
            for (
              let at = ((n * height + y) * width + x0) * channels + c, column = x0;
              column < x1;
              column++
            ) {
              if (best < 0 || from[at]! > from[best]!) best = at;
              at += channels;
            }
          }
          if (best >= 0) to[best]! += upstream[out]!;
        }
      }
    }
  }
}

export const window: Kernels<
  'conv2d' | 'conv2d_grad_input' | 'conv2d_grad_filter' | 'max_pool2d' | 'max_pool2d_grad'
> = {
  conv2d: ({ heap, instruction, shape, shapeOf }) => {
    const { input, filter, strides, dilations } = instruction;
    const [height, width, channels, filters] = shapeOf(filter) as [number, number, number, number];
    // XNNPACK takes either strides or dilations well; patches and a product serve the rest.
    if (Math.max(...dilations) > 1 && Math.max(...strides) > 1) {
      const geometry = patchGeometry(shapeOf(input), shapeOf(filter), shape, instruction);
      const rows = shape[0]! * shape[1]! * shape[2]!;
      return (tensors) => {
        const patches = gatherPatches(heap, tensors[input]!, geometry);
        const result = multiply(heap, patches, tensors[filter]!, 1, rows, height * width * channels, filters);
        heap.release(patches);
        return { ...result, shape };
      };
    }
    const kernel = heap.kernel('Conv2D');
    const attributes = { strides, dilations, pad: explicitPads(instruction), dataFormat: 'NHWC' };
    return (tensors) => kernel({ x: tensors[input]!, filter: tensors[filter]! }, attributes);
  },
  conv2d_grad_input: inputGradient,
  conv2d_grad_filter: filterGradient,
  max_pool2d: ({ heap, instruction }) => {
    const kernel = heap.kernel('MaxPool');
    const { input, window: filterSize, strides } = instruction;
    const attributes = { filterSize, strides, pad: explicitPads(instruction) };
    return (tensors) => kernel({ x: tensors[input]! }, attributes);
  },
  max_pool2d_grad: ({ heap, instruction, shape }) => {
    const { input, gradient } = instruction;
    return (tensors) => {
      const result = heap.allocate(shape, 'float32');
      maxPoolGradient(heap, tensors[input]!, tensors[gradient]!, result, instruction);
      return result;
    };
  },
};
