import * as attr from '../protobuf/attributes';
import type { EmitTable } from './context';

/** Where tensors come from: the batch, the state, constants, and sizes. */
export const source: EmitTable<'input' | 'state' | 'constant' | 'size_of' | 'iota'> = {
  input: ({ name }, to) => to.placeholders[name]!,

  state: ({ name, dtype }, to) =>
    to.node('ReadVariableOp', [to.states.get(name)!], { dtype: attr.type(dtype) }),

  constant: ({ value, dtype, shape }, to) => {
    const sizes = attr.staticSizes(shape);
    if (typeof value !== 'number') return to.graph.constant('constant', dtype, sizes, value);
    const scalar = to.graph.scalar(dtype, value);
    if (sizes.length === 0) return scalar;
    return to.node('Fill', [to.graph.vector(sizes), scalar], {
      T: attr.type(dtype),
      index_type: attr.type('int32'),
    });
  },

  size_of: ({ input, axis, dtype }, to) => {
    const size = to.spec(input).shape[axis]!;
    const length =
      typeof size === 'number'
        ? to.graph.scalar('int32', size)
        : to.axisLength(to.output(input), to.spec(input).dtype, axis);
    if (dtype === 'int32') return length;
    return to.node('Cast', [length], { SrcT: attr.type('int32'), DstT: attr.type(dtype) });
  },

  iota: ({ like, axis, shape, dtype }, to) => {
    const size = shape[0]!;
    const length =
      typeof size === 'number'
        ? to.graph.scalar('int32', size)
        : to.axisLength(to.output(like), to.spec(like).dtype, axis);
    const range = to.node('Range', [to.graph.scalar('int32', 0), length, to.graph.scalar('int32', 1)], {
      Tidx: attr.type('int32'),
    });
    if (dtype === 'int32') return range;
    return to.node('Cast', [range], { SrcT: attr.type('int32'), DstT: attr.type(dtype) }, 'cast');
  },
};
