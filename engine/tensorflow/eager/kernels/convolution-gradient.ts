import type { Conv2dGeometry, Instruction } from '../../../step/program';
import type { Preparation, Run } from './kernel';
import { multiply, transposeMatrices } from './matmul';
import { explicitPads, gatherPatches, patchGeometry, scatterPatches } from './patches';

type InputGradient = Preparation<Extract<Instruction, { op: 'conv2d_grad_input' }>>;
type FilterGradient = Preparation<Extract<Instruction, { op: 'conv2d_grad_filter' }>>;

/** A convolution again where every place of the picture is looked at; a matrix product over patches otherwise. */
export function inputGradient(at: InputGradient): Run {
  const [down, across] = at.instruction.strides;
  return down === 1 && across === 1 ? inputGradientByConvolution(at) : inputGradientByPatches(at);
}

/** Sizes of a convolution with its patches as a matrix [rows, columns], and the filter as one [columns, filters]. */
function sizesOf(input: number[], filter: number[], upstream: number[], geometry: Conv2dGeometry) {
  const [height, width, channels, filters] = filter as [number, number, number, number];
  return {
    geometry: patchGeometry(input, filter, upstream, geometry),
    rows: upstream[0]! * upstream[1]! * upstream[2]!,
    columns: height * width * channels,
    filters,
  };
}

/** For any stride: the patches' gradient = upstream · filterᵀ, added back to where the patches were taken from. */
function inputGradientByPatches({ heap, instruction, shape, shapeOf }: InputGradient): Run {
  const { filter, gradient } = instruction;
  const sizes = sizesOf(shape, shapeOf(filter), shapeOf(gradient), instruction);
  const { geometry, rows, columns, filters } = sizes;
  return (tensors) => {
    const turned = transposeMatrices(heap, heap.as(tensors[filter]!, [columns, filters]));
    const patches = multiply(heap, tensors[gradient]!, turned, 1, rows, filters, columns);
    heap.release(turned);
    const result = heap.allocate(shape, 'float32');
    scatterPatches(heap, patches, result, geometry);
    heap.release(patches);
    return result;
  };
}

/** For strides of 1: the upstream gradient convolved with the filter turned around, channels and filters exchanged. */
function inputGradientByConvolution(at: InputGradient): Run {
  const { heap, instruction, shapeOf } = at;
  const { filter, gradient, dilations } = instruction;
  const [height, width, channels, filters] = shapeOf(filter) as [number, number, number, number];
  const pads = ([height, width] as const).map((size, axis): [number, number] => {
    const reach = (size - 1) * dilations[axis]!;
    const [before, after] = instruction.pads[axis]!;
    return [reach - before, reach - after];
  }) as Conv2dGeometry['pads'];
  if (pads.flat().some((pad) => pad < 0)) return inputGradientByPatches(at);
  const convolve = heap.kernel('Conv2D');
  const attributes = { strides: [1, 1], dilations, pad: explicitPads({ pads }), dataFormat: 'NHWC' };
  return (tensors) => {
    const places = heap.as(tensors[filter]!, [height * width, channels, filters]);
    const exchanged = transposeMatrices(heap, places);
    const turned = heap.allocate([height, width, filters, channels], 'float32');
    const from = heap.floats(exchanged);
    const to = heap.floats(turned);
    const block = channels * filters;
    for (let place = 0; place < height * width; place++) {
      const source = (height * width - 1 - place) * block;
      to.set(from.subarray(source, source + block), place * block);
    }
    heap.release(exchanged);
    const result = convolve({ x: tensors[gradient]!, filter: turned }, attributes);
    heap.release(turned);
    return result;
  };
}

/** Patchesᵀ · upstream. */
export function filterGradient({ heap, instruction, shape, shapeOf }: FilterGradient): Run {
  const { input, gradient } = instruction;
  const { geometry, rows, columns, filters } = sizesOf(shapeOf(input), shape, shapeOf(gradient), instruction);
  return (tensors) => {
    const patches = gatherPatches(heap, tensors[input]!, geometry);
    const turned = transposeMatrices(heap, patches);
    heap.release(patches);
    const product = multiply(heap, turned, tensors[gradient]!, 1, columns, rows, filters);
    heap.release(turned);
    return { ...product, shape };
  };
}
