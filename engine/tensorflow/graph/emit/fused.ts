import type { FusedPrimitive } from '../fuse';
import * as attr from '../protobuf/attributes';
import type { EmitTable } from './context';

const float32 = attr.type('float32');

export const fused: EmitTable<FusedPrimitive['op']> = {
  bias_add: ({ left, right }, to) => to.node('BiasAdd', [to.output(left), to.output(right)], { T: float32 }),

  bias_grad: ({ input }, to) => to.node('BiasAddGrad', [to.output(input)], { T: float32 }),

  relu_grad: ({ gradient, output }, to) =>
    to.node('ReluGrad', [to.output(gradient), to.output(output)], { T: float32 }),

  tanh_grad: ({ gradient, output }, to) =>
    to.node('TanhGrad', [to.output(output), to.output(gradient)], { T: float32 }),

  sigmoid_grad: ({ gradient, output }, to) =>
    to.node('SigmoidGrad', [to.output(output), to.output(gradient)], { T: float32 }),
};
