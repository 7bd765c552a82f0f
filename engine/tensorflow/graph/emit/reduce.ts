import type { ReduceName } from '../../../step/program';
import * as attr from '../protobuf/attributes';
import type { Emit, EmitTable } from './context';

const reduction =
  (op: string): Emit<ReduceName> =>
  ({ input, axes, keepDims, dtype }, to) =>
    to.node(op, [to.output(input), to.graph.vector(axes)], {
      T: attr.type(dtype),
      Tidx: attr.type('int32'),
      keep_dims: attr.bool(keepDims),
    });

const lastAxis =
  (op: string): Emit<'softmax' | 'log_softmax'> =>
  ({ input, dtype }, to) =>
    to.node(op, [to.output(input)], { T: attr.type(dtype) });

export const reduce: EmitTable<ReduceName | 'argmax' | 'softmax' | 'log_softmax'> = {
  reduce_sum: reduction('Sum'),
  reduce_mean: reduction('Mean'),
  reduce_max: reduction('Max'),
  reduce_min: reduction('Min'),
  softmax: lastAxis('Softmax'),
  log_softmax: lastAxis('LogSoftmax'),

  argmax: ({ input, axis }, to) =>
    to.node('ArgMax', [to.output(input), to.graph.scalar('int32', axis)], {
      T: attr.type(to.spec(input).dtype),
      Tidx: attr.type('int32'),
      output_type: attr.type('int32'),
    }),
};
