import type { Conv2dGeometry, Size } from '../../../step/program';
import type { Attributes, Output } from '../graph-builder';
import * as attr from '../protobuf/attributes';
import type { EmitContext, EmitTable } from './context';
import { paddingAttributes } from './padding';
import { padded } from './shape';

const types = { T: attr.type('float32') };
const int32 = attr.type('int32');

type Pair = readonly [number, number];

/** `image` and `filter` are the shapes [n, h, w, c] and [kh, kw, c, f]. */
function attributes(
  { strides, dilations, pads }: Conv2dGeometry,
  image: readonly Size[],
  filter: readonly Size[],
): Attributes {
  const extent = spread(filter, dilations);
  const axis = (i: 0 | 1) => ({ size: image[i + 1]!, window: extent[i]!, stride: strides[i] });
  return {
    ...types,
    strides: attr.ints([1, ...strides, 1]),
    dilations: attr.ints([1, ...dilations, 1]),
    ...paddingAttributes(pads, [axis(0), axis(1)]),
  };
}

/** The shape of a filter with the gaps of its dilation filled in. */
function spread(filter: readonly Size[], dilations: Pair): number[] {
  const [height, width, channels, filters] = filter.map(Number) as [number, number, number, number];
  return [(height - 1) * dilations[0] + 1, (width - 1) * dilations[1] + 1, channels, filters];
}

const isDilated = ({ dilations }: Conv2dGeometry): boolean => dilations.some((dilation) => dilation > 1);

/** The filter with zeros in its gaps. TensorFlow has no gradients of dilated convolutions on the CPU. */
function spreadFilter(filter: Output, shape: readonly Size[], dilations: Pair, to: EmitContext): Output {
  const [height, width, channels, filters] = shape.map(Number) as [number, number, number, number];
  const reshape = (tensor: Output, sizes: number[]) =>
    to.node('Reshape', [tensor, to.graph.vector(sizes)], { ...types, Tshape: int32 }, 'spread');
  const gaps = [
    [0, 0],
    [0, dilations[0] - 1],
    [0, 0],
    [0, dilations[1] - 1],
    [0, 0],
  ] as Pair[];
  const apart = padded(reshape(filter, [height, 1, width, 1, channels * filters]), gaps, 0, 'float32', to);
  const joined = reshape(apart, [height * dilations[0], width * dilations[1], channels, filters]);
  const begin = to.graph.vector([0, 0, 0, 0]);
  const size = to.graph.vector(spread(shape, dilations));
  return to.node('Slice', [joined, begin, size], { ...types, Index: int32 }, 'spread');
}

export const convolution: EmitTable<'conv2d' | 'conv2d_grad_input' | 'conv2d_grad_filter'> = {
  conv2d: (instruction, to) => {
    const { input, filter } = instruction;
    return to.node(
      'Conv2D',
      [to.output(input), to.output(filter)],
      attributes(instruction, to.spec(input).shape, to.spec(filter).shape),
    );
  },

  conv2d_grad_input: (instruction, to) => {
    const { like, filter, gradient, shape, dilations } = instruction;
    const filterShape = to.spec(filter).shape;
    const weights = isDilated(instruction)
      ? spreadFilter(to.output(filter), filterShape, dilations, to)
      : to.output(filter);
    return to.node(
      'Conv2DBackpropInput',
      [to.shapeLike(shape, like), weights, to.output(gradient)],
      attributes({ ...instruction, dilations: [1, 1] }, shape, spread(filterShape, dilations)),
    );
  },

  conv2d_grad_filter: (instruction, to) => {
    const { input, filterShape, gradient, dilations } = instruction;
    const whole = spread(filterShape, dilations);
    const full = to.node(
      'Conv2DBackpropFilter',
      [to.output(input), to.graph.vector(whole), to.output(gradient)],
      attributes({ ...instruction, dilations: [1, 1] }, to.spec(input).shape, whole),
    );
    if (!isDilated(instruction)) return full;
    // Every dilation-th weight is a real one.
    const vectors = [[0, 0, 0, 0], whole, [...dilations, 1, 1]].map((values) => to.graph.vector(values));
    return to.node('StridedSlice', [full, ...vectors], { ...types, Index: int32 }, 'weights');
  },
};
