import type { Conv2dGeometry } from '../../../step/program';
import type { Heap, Tensor } from '../heap';

/** A convolution's sizes. Patches are a matrix [batch * places, kernel height * width * channels]. */
export interface PatchGeometry extends Conv2dGeometry {
  batch: number;
  height: number;
  width: number;
  channels: number;
  kernelHeight: number;
  kernelWidth: number;
  outHeight: number;
  outWidth: number;
}

export function patchGeometry(
  input: number[],
  filter: number[],
  output: number[],
  { strides, dilations, pads }: Conv2dGeometry,
): PatchGeometry {
  const [batch, height, width, channels] = input as [number, number, number, number];
  const [kernelHeight, kernelWidth] = filter as [number, number];
  const [, outHeight, outWidth] = output as [number, number, number];
  const sizes = { batch, height, width, channels, kernelHeight, kernelWidth, outHeight, outWidth };
  return { strides, dilations, pads, ...sizes };
}

/** Padding as the kernels of TensorFlow.js take it. */
export const explicitPads = ({ pads }: Pick<Conv2dGeometry, 'pads'>): [number, number][] => [
  [0, 0],
  ...pads,
  [0, 0],
];

/** Calls `visit` for every stretch of channels that lies both in a patch and in the picture, with element offsets. */
function stretches(
  geometry: PatchGeometry,
  visit: (patch: number, picture: number, length: number) => void,
): void {
  const { batch, height, width, channels, kernelHeight, kernelWidth, outHeight, outWidth } = geometry;
  const [[top], [left]] = geometry.pads;
  const [strideY, strideX] = geometry.strides;
  const [dilationY, dilationX] = geometry.dilations;
  const row = kernelWidth * channels;
  let patch = 0;
  for (let n = 0; n < batch; n++) {
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ox = 0; ox < outWidth; ox++) {
        const x0 = ox * strideX - left;
        for (let ky = 0; ky < kernelHeight; ky++, patch += row) {
          const y = oy * strideY - top + ky * dilationY;
          if (y < 0 || y >= height) continue;
          const line = (n * height + y) * width;
          if (dilationX === 1) {
            const from = Math.max(0, -x0);
            const to = Math.min(kernelWidth, width - x0);
            if (to > from)
              visit(patch + from * channels, (line + x0 + from) * channels, (to - from) * channels);
            continue;
          }
          for (let kx = 0; kx < kernelWidth; kx++) {
            const x = x0 + kx * dilationX;
            if (x >= 0 && x < width) visit(patch + kx * channels, (line + x) * channels, channels);
          }
        }
      }
    }
  }
}

/** Every patch that the kernel sees, one per row; zeros where it looks outside. To be released. */
export function gatherPatches(heap: Heap, picture: Tensor, geometry: PatchGeometry): Tensor {
  const { batch, outHeight, outWidth, kernelHeight, kernelWidth, channels } = geometry;
  const shape = [batch * outHeight * outWidth, kernelHeight * kernelWidth * channels];
  const patches = heap.allocate(shape, 'float32');
  const to = heap.floats(patches).fill(0);
  const from = heap.floats(picture);
  stretches(geometry, (patch, source, length) => {
    if (length > 48) to.set(from.subarray(source, source + length), patch);
    else for (let i = 0; i < length; i++) to[patch + i] = from[source + i]!;
  });
  return patches;
}

/** Adds every patch back to where it was taken from. */
export function scatterPatches(heap: Heap, patches: Tensor, picture: Tensor, geometry: PatchGeometry): void {
  const from = heap.floats(patches);
  const to = heap.floats(picture).fill(0);
  stretches(geometry, (patch, target, length) => {
    for (let i = 0; i < length; i++) to[target + i]! += from[patch + i]!;
  });
}
