import type { ElementType, Size } from '../../../step/program';
import type { Output } from '../graph-builder';
import * as attr from '../protobuf/attributes';
import type { EmitContext, EmitTable } from './context';

const int32 = attr.type('int32');

/** A shape as an int32 vector: one unknown size is left to Reshape (-1), more are computed from the inputs. */
function targetShape(shape: readonly Size[], to: EmitContext): Output {
  if (shape.filter((size) => typeof size === 'string').length <= 1) {
    return to.graph.vector(attr.staticSizes(shape));
  }
  const sizes = shape.map((size) => to.size(size));
  return to.node('Pack', sizes, { N: attr.int(sizes.length), T: int32, axis: attr.int(0) }, 'shape');
}

export const shape: EmitTable<
  'reshape' | 'transpose' | 'broadcast_like' | 'concat' | 'slice' | 'pad' | 'reverse'
> = {
  reshape: ({ input, shape, dtype }, to) =>
    to.node('Reshape', [to.output(input), targetShape(shape, to)], { T: attr.type(dtype), Tshape: int32 }),

  transpose: ({ input, order, dtype }, to) =>
    to.node('Transpose', [to.output(input), to.graph.vector(order)], { T: attr.type(dtype), Tperm: int32 }),

  broadcast_like: ({ input, like, shape, dtype }, to) =>
    to.node('BroadcastTo', [to.output(input), to.shapeLike(shape, like)], {
      T: attr.type(dtype),
      Tidx: int32,
    }),

  concat: ({ inputs, axis, dtype }, to) =>
    to.node('ConcatV2', [...inputs.map((input) => to.output(input)), to.graph.scalar('int32', axis)], {
      N: attr.int(inputs.length),
      T: attr.type(dtype),
      Tidx: int32,
    }),

  slice: ({ input, begin, size, dtype }, to) =>
    to.node('Slice', [to.output(input), to.graph.vector(begin), to.graph.vector(size)], {
      T: attr.type(dtype),
      Index: int32,
    }),

  pad: ({ input, pads, value, dtype }, to) => padded(to.output(input), pads, value, dtype, to),

  reverse: ({ input, axis, dtype }, to) =>
    to.node('ReverseV2', [to.output(input), to.graph.vector([axis])], { T: attr.type(dtype), Tidx: int32 }),
};

export function padded(
  input: Output,
  pads: readonly (readonly [number, number])[],
  value: number,
  dtype: ElementType,
  to: EmitContext,
): Output {
  const paddings = to.graph.constant(
    'constant/pads',
    'int32',
    [pads.length, 2],
    Int32Array.from(pads.flat()),
  );
  const types = { T: attr.type(dtype), Tpaddings: int32 };
  return to.node('PadV2', [input, paddings, to.graph.scalar(dtype, value)], types);
}
