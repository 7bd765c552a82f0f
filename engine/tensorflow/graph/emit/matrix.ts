import * as attr from '../protobuf/attributes';
import type { EmitTable } from './context';

export const matrix: EmitTable<'matmul'> = {
  matmul: ({ left, right, transposeLeft, transposeRight, dtype, shape }, to) => {
    const inputs = [to.output(left), to.output(right)];
    if (shape.length === 2) {
      return to.node('MatMul', inputs, {
        T: attr.type(dtype),
        transpose_a: attr.bool(transposeLeft),
        transpose_b: attr.bool(transposeRight),
      });
    }
    return to.node('BatchMatMulV2', inputs, {
      T: attr.type(dtype),
      adj_x: attr.bool(transposeLeft),
      adj_y: attr.bool(transposeRight),
    });
  },
};
