import type { Pool2dGeometry, TensorId } from '../../../step/program';
import type { Output } from '../graph-builder';
import * as attr from '../protobuf/attributes';
import type { EmitContext, EmitTable } from './context';
import { namedPadding } from './padding';
import { padded } from './shape';

/** Padding never wins a maximum. */
const lowest = Number.NEGATIVE_INFINITY;

/** The input padded by hand where TensorFlow has no name for the padding, and the attributes for what is left. */
function prepare(input: TensorId, { window, strides, pads }: Pool2dGeometry, to: EmitContext) {
  const { shape } = to.spec(input);
  const axis = (i: 0 | 1) => ({ size: shape[i + 1]!, window: window[i], stride: strides[i] });
  const named = namedPadding(pads, [axis(0), axis(1)]);
  const allPads = [[0, 0] as const, ...pads, [0, 0] as const];
  const tensor: Output = named ? to.output(input) : padded(to.output(input), allPads, lowest, 'float32', to);
  const attributes = {
    T: attr.type('float32'),
    ksize: attr.ints([1, ...window, 1]),
    strides: attr.ints([1, ...strides, 1]),
    padding: attr.string(named ?? 'VALID'),
  };
  return { tensor, attributes, byHand: !named };
}

export const pooling: EmitTable<'max_pool2d' | 'max_pool2d_grad'> = {
  max_pool2d: (instruction, to) => {
    const { tensor, attributes } = prepare(instruction.input, instruction, to);
    return to.node('MaxPool', [tensor], attributes);
  },

  max_pool2d_grad: (instruction, to) => {
    const { input, output, gradient, pads, shape } = instruction;
    const { tensor, attributes, byHand } = prepare(input, instruction, to);
    const inner = to.node('MaxPoolGrad', [tensor, to.output(output), to.output(gradient)], attributes);
    if (!byHand) return inner;
    const begin = to.graph.vector([0, pads[0][0], pads[1][0], 0]);
    return to.node(
      'Slice',
      [inner, begin, to.shapeLike(shape, input)],
      { T: attr.type('float32'), Index: attr.type('int32') },
      'unpad',
    );
  },
};
