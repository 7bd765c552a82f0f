import type { Contribution, Rules } from './rule';

/** Convolution is linear in each operand, so its gradient primitives are each other's gradients. */
export const window: Rules<
  'conv2d' | 'conv2d_grad_input' | 'conv2d_grad_filter' | 'max_pool2d' | 'max_pool2d_grad'
> = {
  conv2d: ({ b, instruction, gradient, needs }) => {
    const { input, filter, strides, dilations, pads } = instruction;
    const geometry = { strides, dilations, pads };
    const contributions: Contribution[] = [];
    if (needs(input)) {
      contributions.push({ to: input, gradient: b.conv2dGradInput(input, filter, gradient, geometry) });
    }
    if (needs(filter)) {
      const shape = b.shape(filter) as number[];
      contributions.push({ to: filter, gradient: b.conv2dGradFilter(input, shape, gradient, geometry) });
    }
    return contributions;
  },
  conv2d_grad_input: ({ b, instruction, gradient, needs }) => {
    const { filter, gradient: upstream, strides, dilations, pads } = instruction;
    const geometry = { strides, dilations, pads };
    const contributions: Contribution[] = [];
    if (needs(upstream)) contributions.push({ to: upstream, gradient: b.conv2d(gradient, filter, geometry) });
    if (needs(filter)) {
      const shape = b.shape(filter) as number[];
      contributions.push({ to: filter, gradient: b.conv2dGradFilter(gradient, shape, upstream, geometry) });
    }
    return contributions;
  },
  conv2d_grad_filter: ({ b, instruction, gradient, needs }) => {
    const { input, gradient: upstream, strides, dilations, pads } = instruction;
    const geometry = { strides, dilations, pads };
    const contributions: Contribution[] = [];
    if (needs(upstream)) contributions.push({ to: upstream, gradient: b.conv2d(input, gradient, geometry) });
    if (needs(input)) {
      contributions.push({ to: input, gradient: b.conv2dGradInput(input, gradient, upstream, geometry) });
    }
    return contributions;
  },
  max_pool2d: ({ b, id, instruction, gradient }) => {
    const { input, window: size, strides, pads } = instruction;
    return [{ to: input, gradient: b.maxPool2dGrad(input, id, gradient, { window: size, strides, pads }) }];
  },
  max_pool2d_grad: null,
};
