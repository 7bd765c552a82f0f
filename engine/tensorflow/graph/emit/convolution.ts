import type { Conv2dGeometry, Size } from '../../../step/program';
import type { Attributes } from '../graph-builder';
import * as attr from '../protobuf/attributes';
import type { EmitTable } from './context';
import { paddingAttributes } from './padding';

/** `image` and `filter` are the shapes [n, h, w, c] and [kh, kw, c, f]. */
function attributes(
  { strides, dilations, pads }: Conv2dGeometry,
  image: readonly Size[],
  filter: readonly Size[],
): Attributes {
  const axis = (i: 0 | 1) => ({
    size: image[i + 1]!,
    window: (Number(filter[i]) - 1) * dilations[i] + 1,
    stride: strides[i],
  });
  return {
    T: attr.type('float32'),
    strides: attr.ints([1, ...strides, 1]),
    dilations: attr.ints([1, ...dilations, 1]),
    ...paddingAttributes(pads, [axis(0), axis(1)]),
  };
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
    const { like, filter, gradient, shape } = instruction;
    return to.node(
      'Conv2DBackpropInput',
      [to.shapeLike(shape, like), to.output(filter), to.output(gradient)],
      attributes(instruction, shape, to.spec(filter).shape),
    );
  },

  conv2d_grad_filter: (instruction, to) => {
    const { input, filterShape, gradient } = instruction;
    return to.node(
      'Conv2DBackpropFilter',
      [to.output(input), to.graph.vector(filterShape), to.output(gradient)],
      attributes(instruction, to.spec(input).shape, filterShape),
    );
  },
};
