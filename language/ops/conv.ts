import { Dim } from '../types/dim';
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
import { document } from './document';
import { adaptable, initAttribute, initOf, weight } from './initializer';
import type { Op, OpAttribute, OpCall, OpResult, OpWeight } from './op';
import { paddingAttribute, pairOf, windowed } from './window';

const sequence = { embedded: 'float32[batch, 40, 64]' };
const picture = { picture: 'float32[batch, 32, 32, 3]' };
const filters: OpAttribute = { type: 'int', required: true, min: 1, doc: 'Channels of the result.' };
const multiplier: OpAttribute = { type: 'int', default: 1, min: 1, doc: 'Filters per channel.' };
const shared: Record<string, OpAttribute> = {
  activation: activationAttribute(),
  use_bias: { type: 'bool', default: true, doc: 'Whether a bias is added.' },
  init: initAttribute,
};

/** Window, stride, dilation and padding. */
const geometry = (dimensions: 1 | 2): Record<string, OpAttribute> => {
  const type = dimensions === 1 ? 'int' : 'ints';
  const each = dimensions === 1 ? '' : ' One number, or [height, width].';
  const one = dimensions === 1 ? 1 : [1];
  return {
    kernel: { type, required: true, min: 1, doc: `Width of the window.${each}` },
    stride: { type, default: one, min: 1, doc: `Steps from one window to the next.${each}` },
    dilation: { type, default: one, min: 1, doc: `Distance between the inputs of one window.${each}` },
    padding: paddingAttribute('valid', dimensions === 1),
  };
};

const axesOf = (dimensions: 1 | 2) =>
  dimensions === 1 ? ['batch', 'steps', 'channels'] : ['batch', 'height', 'width', 'channels'];
const describeAxes = (dimensions: 1 | 2, channels: string) =>
  `[${[...axesOf(dimensions).slice(0, -1), channels].join(', ')}].`;

/** Sizes of the window and of the places that it takes; undefined when the input does not fit. */
function places(call: OpCall, dimensions: 1 | 2): { kernel: Dim[]; sizes: Dim[] } | undefined {
  const type = typeOf(call);
  if (!needFloat(call) || !needAxes(call, axesOf(dimensions))) return undefined;
  if (dimensions === 1) {
    const kernel = sizeOf(call, 'kernel');
    const window = { window: kernel, stride: sizeOf(call, 'stride'), dilation: sizeOf(call, 'dilation') };
    return { kernel: [kernel], sizes: [windowed(call, type.dims[1]!, window, 'kernel', 'steps')] };
  }
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

function finish(
  call: OpCall,
  type: TensorType,
  sizes: Dim[],
  channels: Dim,
  kernels: OpWeight[],
  flops?: Dim,
): OpResult {
  const out: TensorType = { ...type, dims: [type.dims[0]!, ...sizes, channels] };
  const bias = flagOf(call, 'use_bias') ? [weight('bias', [channels], 'zeros')] : [];
  return result(out, [...kernels, ...bias], flops);
}

const places2 = (type: TensorType, sizes: Dim[]): Dim => product([type.dims[0]!, ...sizes]).times(2);

function convolution(dimensions: 1 | 2): Op {
  const name = `conv${dimensions}d`;
  const what = dimensions === 1 ? 'sequence' : 'picture';
  return {
    name,
    category: 'convolution',
    stage: 'graph',
    summary:
      dimensions === 1
        ? 'Slides learned filters along a sequence.'
        : 'Slides learned filters over a picture.',
    doc: document(
      dimensions === 1
        ? `Each result is a weighted sum of \`kernel\` neighbouring steps.

Steps that come out: with \`padding: same\` or \`causal\` steps/stride rounded up, with \`valid\`
(steps - dilation·(kernel - 1) - 1)//stride + 1. Weights: \`kernel\` [kernel, in, filters], \`bias\` [filters].`
        : `Each result is a weighted sum of a \`kernel\`-sized neighbourhood; channels come last.

Sizes come out as for \`conv1d\`, per axis. Weights: \`kernel\` [height, width, in, filters], \`bias\` [filters].`,
      `2·kernel·in·filters for each place of the ${what} that comes out`,
      dimensions === 1 ? sequence : picture,
      dimensions === 1
        ? 'windows: { op: conv1d, in: embedded, filters: 128, kernel: 5, padding: same, activation: relu }'
        : 'edges: { op: conv2d, in: picture, filters: 16, kernel: [3, 3], padding: same, activation: relu }',
      dimensions === 1 ? 'float32[batch, 40, 128]' : 'float32[batch, 32, 32, 16]',
    ),
    inputs: [input(describeAxes(dimensions, 'channels'))],
    attributes: { filters, ...geometry(dimensions), ...shared },
    outputs: [output(describeAxes(dimensions, 'filters'))],
    infer(call) {
      const found = places(call, dimensions);
      if (!found) return result(undefined);
      const type = typeOf(call);
      const [from, to] = [lastDim(type), sizeOf(call, 'filters')];
      const kernel = weight('kernel', [...found.kernel, from, to], initOf(call));
      const flops = places2(type, found.sizes).times(product(kernel.dims));
      return finish(call, type, found.sizes, to, [adaptable(kernel)], flops);
    },
  };
}

function depthwise(dimensions: 1 | 2): Op {
  const what = dimensions === 1 ? 'along a sequence' : 'over a picture';
  return {
    name: `depthwise_conv${dimensions}d`,
    category: 'convolution',
    stage: 'graph',
    summary: `Slides filters ${what}, each channel for itself.`,
    doc: document(
      `As \`conv${dimensions}d\`, but every channel has \`multiplier\` filters of its own and channels are not mixed;
\`separable_conv${dimensions}d\` mixes them afterwards.

Weights: \`kernel\` [${dimensions === 1 ? 'kernel' : 'height, width'}, in, multiplier], \`bias\` [in·multiplier].`,
      `2·kernel·in·multiplier for each place that comes out`,
      dimensions === 1 ? sequence : picture,
      dimensions === 1
        ? 'spread: { op: depthwise_conv1d, in: embedded, kernel: 5, padding: same }'
        : 'spread: { op: depthwise_conv2d, in: picture, kernel: [3, 3], padding: same }',
      dimensions === 1 ? 'float32[batch, 40, 64]' : 'float32[batch, 32, 32, 3]',
    ),
    inputs: [input(describeAxes(dimensions, 'channels'))],
    attributes: { multiplier, ...geometry(dimensions), ...shared },
    outputs: [output(describeAxes(dimensions, 'channels·multiplier'))],
    infer(call) {
      const found = places(call, dimensions);
      if (!found) return result(undefined);
      const type = typeOf(call);
      const times = sizeOf(call, 'multiplier');
      const kernel = weight('kernel', [...found.kernel, lastDim(type), times], initOf(call));
      const flops = places2(type, found.sizes).times(product(kernel.dims));
      return finish(call, type, found.sizes, lastDim(type).times(times), [kernel], flops);
    },
  };
}

function separable(dimensions: 1 | 2): Op {
  return {
    name: `separable_conv${dimensions}d`,
    category: 'convolution',
    stage: 'graph',
    summary: 'A convolution in two: each channel for itself, then all channels at each place.',
    doc: document(
      `Chollet 2017: \`depthwise_conv${dimensions}d\` and after it a linear layer over the channels; as wide a view as
\`conv${dimensions}d\` with far fewer weights.

Weights: \`depthwise_kernel\` [${dimensions === 1 ? 'kernel' : 'height, width'}, in, multiplier], \`pointwise_kernel\` [in·multiplier, filters], \`bias\` [filters].`,
      '2·in·multiplier·(kernel + filters) for each place that comes out',
      dimensions === 1 ? sequence : picture,
      dimensions === 1
        ? 'windows: { op: separable_conv1d, in: embedded, filters: 128, kernel: 5, padding: same }'
        : 'edges: { op: separable_conv2d, in: picture, filters: 16, kernel: [3, 3], padding: same }',
      dimensions === 1 ? 'float32[batch, 40, 128]' : 'float32[batch, 32, 32, 16]',
    ),
    inputs: [input(describeAxes(dimensions, 'channels'))],
    attributes: { filters, multiplier, ...geometry(dimensions), ...shared },
    outputs: [output(describeAxes(dimensions, 'filters'))],
    infer(call) {
      const found = places(call, dimensions);
      if (!found) return result(undefined);
      const type = typeOf(call);
      const [times, to] = [sizeOf(call, 'multiplier'), sizeOf(call, 'filters')];
      const spread = lastDim(type).times(times);
      const kernels = [
        weight('depthwise_kernel', [...found.kernel, lastDim(type), times], initOf(call)),
        adaptable(weight('pointwise_kernel', [spread, to], initOf(call))),
      ];
      const flops = places2(type, found.sizes).times(spread).times(product(found.kernel).plus(to));
      return finish(call, type, found.sizes, to, kernels, flops);
    },
  };
}

function transposed(dimensions: 1 | 2): Op {
  const { kernel, stride } = geometry(dimensions);
  return {
    name: `conv${dimensions}d_transpose`,
    category: 'convolution',
    stage: 'graph',
    summary: `Makes a ${dimensions === 1 ? 'sequence' : 'picture'} larger: every place spreads out over a window.`,
    doc: document(
      `The way back of \`conv${dimensions}d\` (Dumoulin & Visin 2016): each place adds its filters, weighted by its channels, to a
\`kernel\`-sized window of the result, and windows lie \`stride\` apart. Sizes that come out: with \`padding: same\`
size·stride, with \`valid\` (size - 1)·stride + kernel.

Weights: \`kernel\` [${dimensions === 1 ? 'kernel' : 'height, width'}, in, filters], \`bias\` [filters].`,
      '2·kernel·in·filters for each place that goes in',
      dimensions === 1 ? sequence : { picture: 'float32[batch, 16, 16, 8]' },
      dimensions === 1
        ? 'longer: { op: conv1d_transpose, in: embedded, filters: 32, kernel: 4, stride: 2, padding: same }'
        : 'larger: { op: conv2d_transpose, in: picture, filters: 4, kernel: 4, stride: 2, padding: same }',
      dimensions === 1 ? 'float32[batch, 80, 32]' : 'float32[batch, 32, 32, 4]',
    ),
    inputs: [input(describeAxes(dimensions, 'channels'))],
    attributes: {
      filters,
      kernel: kernel!,
      stride: stride!,
      padding: {
        type: 'enum',
        values: ['valid', 'same'],
        default: 'valid',
        doc: '`valid`: all that a window reaches. `same`: the size times the stride; what lies over is cut off.',
      },
      ...shared,
    },
    outputs: [output(describeAxes(dimensions, 'filters'))],
    infer(call) {
      const type = typeOf(call);
      if (!needFloat(call) || !needAxes(call, axesOf(dimensions))) return result(undefined);
      const size = (name: string) => (dimensions === 1 ? [sizeOf(call, name)] : pairOf(call, name));
      const [window, apart] = [size('kernel'), size('stride')];
      if (!window || !apart) return result(undefined);
      const padding = call.attributes.padding;
      const sizes = window.map((width, axis) => {
        const from = type.dims[axis + 1]!;
        if (padding === undefined) return call.fresh(`places_${axis}`);
        return padding === 'same' ? from.times(apart[axis]!) : from.minus(1).times(apart[axis]!).plus(width);
      });
      const to = sizeOf(call, 'filters');
      const weights = weight('kernel', [...window, lastDim(type), to], initOf(call));
      const flops = elements(type)
        ?.times(product([...window, to]))
        .times(Dim.of(2));
      return finish(call, type, sizes, to, [adaptable(weights)], flops);
    },
  };
}

export const convolutionOps: Op[] = [
  convolution(1),
  convolution(2),
  transposed(1),
  transposed(2),
  depthwise(1),
  depthwise(2),
  separable(1),
  separable(2),
];
