import * as attr from '../protobuf/attributes';
import type { EmitTable } from './context';

const float32 = attr.type('float32');

export const fused: EmitTable<'bias_add' | 'bias_grad' | 'relu_grad'> = {
  bias_add: ({ left, right }, to) => to.node('BiasAdd', [to.output(left), to.output(right)], { T: float32 }),

  bias_grad: ({ input }, to) => to.node('BiasAddGrad', [to.output(input)], { T: float32 }),

  relu_grad: ({ gradient, output }, to) =>
    to.node('ReluGrad', [to.output(gradient), to.output(output)], { T: float32 }),
};
