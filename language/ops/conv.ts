import type { Dim } from '../types/dim';
import type { TensorType } from '../types/type';
import { activationAttribute } from './activation';
import {
  elements,
  flagOf,
  input,
  lastDim,
  needAxes,
  needFloat,
  output,
  product,
  result,
  sizeOf,
  typeOf,
} from './call';
import { initAttribute, initOf, weight } from './initializer';
import type { Op, OpAttribute, OpCall } from './op';
import { paddingAttribute, pairOf, windowed } from './window';

const shared: Record<string, OpAttribute> = {
  activation: activationAttribute(),
  use_bias: { type: 'bool', default: true, doc: 'Whether a bias is added.' },
  init: initAttribute,
};

const geometry = (dimensions: 1 | 2): Record<string, OpAttribute> => {
  const type = dimensions === 1 ? 'int' : 'ints';
  const each = dimensions === 1 ? '' : ' One number, or [height, width].';
  const one = dimensions === 1 ? 1 : [1];
  return {
    kernel: { type, required: true, min: 1, doc: `Width of the window.${each}` },
    stride: { type, default: one, min: 1, doc: `Steps from one window to the next.${each}` },
    dilation: { type, default: one, min: 1, doc: `Distance between the inputs of one window.${each}` },
    padding: paddingAttribute('valid'),
  };
};

export const conv1d: Op = {
  name: 'conv1d',
  category: 'layer',
  stage: 'graph',
  summary: 'Slides learned filters along a sequence.',
  doc: `Each result is a weighted sum of \`kernel\` neighbouring steps.

Steps that come out: with \`padding: same\` steps/stride rounded up, with \`valid\`
(steps - dilation·(kernel - 1) - 1)//stride + 1. Weights: \`kernel\` [kernel, in, filters], \`bias\` [filters].

\`\`\`yaml
windows: { op: conv1d, in: embedded, filters: 128, kernel: 5, padding: same, activation: relu }
\`\`\``,
  inputs: [input('[batch, steps, channels].')],
  attributes: {
    filters: { type: 'int', required: true, min: 1, doc: 'Channels of the result.' },
    ...geometry(1),
    ...shared,
  },
  outputs: [output('[batch, steps, filters].')],
  infer(call) {
    const type = typeOf(call);
    if (!needFloat(call) || !needAxes(call, ['batch', 'steps', 'channels'])) return result(undefined);
    const kernel = sizeOf(call, 'kernel');
    const steps = windowed(
      call,
      type.dims[1]!,
      { window: kernel, stride: sizeOf(call, 'stride'), dilation: sizeOf(call, 'dilation') },
      'kernel',
      'steps',
    );
    return convolution(call, type, [kernel], [steps], sizeOf(call, 'filters'));
  },
};

export const conv2d: Op = {
  name: 'conv2d',
  category: 'layer',
  stage: 'graph',
  summary: 'Slides learned filters over a picture.',
  doc: `Each result is a weighted sum of a \`kernel\`-sized neighbourhood; channels come last.

Sizes come out as for \`conv1d\`, per axis. Weights: \`kernel\` [height, width, in, filters], \`bias\` [filters].

\`\`\`yaml
edges: { op: conv2d, in: picture, filters: 32, kernel: [3, 3], padding: same, activation: relu }
\`\`\``,
  inputs: [input('[batch, height, width, channels].')],
  attributes: {
    filters: { type: 'int', required: true, min: 1, doc: 'Channels of the result.' },
    ...geometry(2),
    ...shared,
  },
  outputs: [output('[batch, height, width, filters].')],
  infer(call) {
    const planned = plane(call);
    if (!planned) return result(undefined);
    return convolution(call, typeOf(call), planned.kernel, planned.sizes, sizeOf(call, 'filters'));
  },
};

export const depthwiseConv2d: Op = {
  name: 'depthwise_conv2d',
  category: 'layer',
  stage: 'graph',
  summary: 'Slides filters over a picture, each channel for itself.',
  doc: `As \`conv2d\`, but every channel has \`multiplier\` filters of its own and channels are not mixed. Follow it with a
\`conv2d\` of kernel 1 for a separable convolution.

Weights: \`kernel\` [height, width, in, multiplier], \`bias\` [in·multiplier].

\`\`\`yaml
spread: { op: depthwise_conv2d, in: picture, kernel: [3, 3], padding: same }
\`\`\``,
  inputs: [input('[batch, height, width, channels].')],
  attributes: {
    multiplier: { type: 'int', default: 1, min: 1, doc: 'Filters per channel.' },
    ...geometry(2),
    ...shared,
  },
  outputs: [output('[batch, height, width, channels·multiplier].')],
  infer(call) {
    const planned = plane(call);
    if (!planned) return result(undefined);
    const type = typeOf(call);
    const multiplier = sizeOf(call, 'multiplier');
    const channels = lastDim(type).times(multiplier);
    const out: TensorType = { ...type, dims: [type.dims[0]!, ...planned.sizes, channels] };
    const weights = [weight('kernel', [...planned.kernel, lastDim(type), multiplier], initOf(call))];
    if (flagOf(call, 'use_bias')) weights.push(weight('bias', [channels], 'zeros'));
    return result(out, weights, elements(out)?.times(product(planned.kernel)).times(2));
  },
};

function plane(call: OpCall): { kernel: Dim[]; sizes: Dim[] } | undefined {
  const type = typeOf(call);
  if (!needFloat(call) || !needAxes(call, ['batch', 'height', 'width', 'channels'])) return undefined;
  const [kernel, stride, dilation] = [
    pairOf(call, 'kernel'),
    pairOf(call, 'stride'),
    pairOf(call, 'dilation'),
  ];
  if (!kernel || !stride || !dilation) return undefined;
  const sizes = ([0, 1] as const).map((axis) =>
    windowed(
      call,
      type.dims[axis + 1]!,
      { window: kernel[axis], stride: stride[axis], dilation: dilation[axis] },
      'kernel',
      axis === 0 ? 'rows' : 'columns',
    ),
  );
  return { kernel, sizes };
}

function convolution(call: OpCall, type: TensorType, kernel: Dim[], sizes: Dim[], filters: Dim) {
  const out: TensorType = { ...type, dims: [type.dims[0]!, ...sizes, filters] };
  const weights = [weight('kernel', [...kernel, lastDim(type), filters], initOf(call))];
  if (flagOf(call, 'use_bias')) weights.push(weight('bias', [filters], 'zeros'));
  const flops = elements(out)?.times(product(kernel)).times(lastDim(type)).times(2);
  return result(out, weights, flops);
}
