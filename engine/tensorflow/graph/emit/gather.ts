import * as attr from '../protobuf/attributes';
import type { EmitTable } from './context';

const int32 = attr.type('int32');

export const gather: EmitTable<'gather' | 'scatter_add' | 'one_hot'> = {
  gather: ({ table, indices, dtype }, to) =>
    to.node('GatherV2', [to.output(table), to.output(indices), to.graph.scalar('int32', 0)], {
      Tparams: attr.type(dtype),
      Tindices: int32,
      Taxis: int32,
      batch_dims: attr.int(0),
    }),

  scatter_add: ({ indices, updates, rows, dtype }, to) =>
    to.node('UnsortedSegmentSum', [to.output(updates), to.output(indices), to.size(rows)], {
      T: attr.type(dtype),
      Tindices: int32,
      Tnumsegments: int32,
    }),

  one_hot: ({ indices, depth, dtype }, to) =>
    to.node(
      'OneHot',
      [
        to.output(indices),
        to.graph.scalar('int32', depth),
        to.graph.scalar(dtype, 1),
        to.graph.scalar(dtype, 0),
      ],
      { T: attr.type(dtype), TI: int32, axis: attr.int(-1) },
    ),
};
