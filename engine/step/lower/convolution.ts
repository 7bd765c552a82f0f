import type { Builder } from '../builder';
import type { Conv2dGeometry, Size, TensorId } from '../program';
import { activate } from './activation';
import type { Lowering, LoweringContext } from './context';
import { project } from './dense';
import { type Pads, padsFor, strided } from './windows';

/** Bias and activation, common to all convolutions. */
function finish(at: LoweringContext, x: TensorId): TensorId {
  const bias = at.optionalWeight('bias');
  const shifted = bias === undefined ? x : at.b.add(x, bias);
  return activate(at.b, at.string('activation', 'linear'), shifted);
}

function geometry2d(at: LoweringContext, x: TensorId, window: [number, number]): Conv2dGeometry {
  const strides = at.numbers('stride', 2, [1, 1]) as [number, number];
  const dilations = at.numbers('dilation', 2, [1, 1]) as [number, number];
  const padding = at.string('padding', 'valid');
  const pads = [0, 1].map((axis) =>
    padsFor(padding, at.b.shape(x)[axis + 1]!, window[axis]!, strides[axis]!, dilations[axis]!),
  ) as [Pads, Pads];
  return { strides, dilations, pads };
}

/** A sequence [batch, length, channels] as a picture of height 1. */
function asPicture(b: Builder, x: TensorId): TensorId {
  const [batch, length, channels] = b.shape(x) as [Size, Size, Size];
  return b.reshape(x, [batch, 1, length, channels]);
}

/** The way back. */
function asSequence(b: Builder, x: TensorId): TensorId {
  const [batch, , length, channels] = b.shape(x) as [Size, Size, Size, Size];
  return b.reshape(x, [batch, length, channels]);
}

/** A kernel [k, …] as one of height 1. */
const flat = (b: Builder, kernel: TensorId): TensorId => b.reshape(kernel, [1, ...b.shape(kernel)]);

function geometry1d(at: LoweringContext, x: TensorId, window: number): Conv2dGeometry {
  const stride = at.number('stride', 1);
  const dilation = at.number('dilation', 1);
  const pads = padsFor(at.string('padding', 'valid'), at.b.shape(x)[1]!, window, stride, dilation);
  return { strides: [1, stride], dilations: [1, dilation], pads: [[0, 0], pads] };
}

/** x [batch, length, in] * kernel [k, in, out]. */
const conv1d: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const kernel = at.weight('kernel');
  const geometry = geometry1d(at, x, b.staticSize(kernel, 0));
  return finish(at, asSequence(b, b.conv2d(asPicture(b, x), flat(b, kernel), geometry)));
};

const conv2d: Lowering = (at) => {
  const x = at.input();
  const kernel = at.weight('kernel');
  const [kh, kw] = at.b.shape(kernel) as [number, number];
  return finish(at, at.b.conv2d(x, kernel, geometry2d(at, x, [kh, kw])));
};

/**
 * Each channel by itself: x [batch, h, w, c], kernel [kh, kw, c, m] -> [batch, h', w', c * m], channel i giving
 * channels i * m … i * m + m - 1. Written as a sum over the places of the kernel, each a shifted picture times m
 * numbers per channel.
 */
function depthwise(b: Builder, x: TensorId, kernel: TensorId, geometry: Conv2dGeometry): TensorId {
  const [kh, kw, channels, multiplier] = b.shape(kernel) as [number, number, number, number];
  const { strides, dilations, pads } = geometry;
  const padded = b.pad(x, [[0, 0], ...pads, [0, 0]]);
  const places = [0, 1].map((axis) => {
    const reach = ([kh, kw][axis]! - 1) * dilations[axis]! + 1;
    return Math.floor((b.staticSize(padded, axis + 1) - reach) / strides[axis]!) + 1;
  }) as [number, number];
  const shape: Size[] = [b.shape(x)[0]!, places[0], places[1], channels, multiplier];
  let sum: TensorId | undefined;
  for (let i = 0; i < kh; i++) {
    const rows = strided(b, padded, 1, i * dilations[0], places[0], strides[0]);
    for (let j = 0; j < kw; j++) {
      const view = strided(b, rows, 2, j * dilations[1], places[1], strides[1]);
      const factors = b.reshape(b.slice(kernel, [i, j, 0, 0], [1, 1, channels, multiplier]), [
        channels,
        multiplier,
      ]);
      const term =
        multiplier === 1
          ? b.mul(view, b.reshape(factors, [channels]))
          : b.mul(b.reshape(view, [...shape.slice(0, 4), 1]), factors);
      sum = sum === undefined ? term : b.add(sum, term);
    }
  }
  return b.reshape(sum!, [...shape.slice(0, 3), channels * multiplier]);
}

/** The depthwise half of an op, of a sequence or a picture as its rank tells. */
function eachChannel(at: LoweringContext, kernel: TensorId): TensorId {
  const { b } = at;
  const x = at.input();
  if (b.rank(x) === 3) {
    const geometry = geometry1d(at, x, b.staticSize(kernel, 0));
    return asSequence(b, depthwise(b, asPicture(b, x), flat(b, kernel), geometry));
  }
  const [kh, kw] = b.shape(kernel) as [number, number];
  return depthwise(b, x, kernel, geometry2d(at, x, [kh, kw]));
}

const depthwiseConv: Lowering = (at) => finish(at, eachChannel(at, at.weight('kernel')));

/** Chollet 2017: each channel by itself, then all channels at each place. */
const separableConv: Lowering = (at) => {
  const spread = eachChannel(at, at.weight('depthwise_kernel'));
  return finish(at, project(at.b, spread, at.weight('pointwise_kernel')));
};

/**
 * The gradient of a convolution as an op of its own: x [batch, h, w, in], kernel [kh, kw, in, out] ->
 * [batch, h', w', out], where a convolution of the result with the kernel turned around would have the shape of x.
 */
function spreadOut(at: LoweringContext, x: TensorId, kernel: TensorId, strides: [number, number]): TensorId {
  const { b } = at;
  const [kh, kw, , filters] = b.shape(kernel) as [number, number, number, number];
  const same = at.string('padding', 'valid') === 'same';
  const sizes = [kh, kw].map((window, axis) => {
    const from = b.staticSize(x, axis + 1);
    return same ? from * strides[axis]! : (from - 1) * strides[axis]! + window;
  }) as [number, number];
  const pads = [kh, kw].map((window, axis) =>
    padsFor(same ? 'same' : 'valid', sizes[axis]!, window, strides[axis]!, 1),
  ) as [Pads, Pads];
  // Only its shape is used: that of the result, with as many rows as x.
  const corner = b.slice(x, [0, 0, 0, 0], [-1, 1, 1, 1]);
  const like = b.pad(corner, [
    [0, 0],
    [0, sizes[0] - 1],
    [0, sizes[1] - 1],
    [0, filters - 1],
  ]);
  return b.conv2dGradInput(like, b.transpose(kernel, [0, 1, 3, 2]), x, { strides, dilations: [1, 1], pads });
}

const conv1dTranspose: Lowering = (at) => {
  const { b } = at;
  const strides: [number, number] = [1, at.number('stride', 1)];
  const y = spreadOut(at, asPicture(b, at.input()), flat(b, at.weight('kernel')), strides);
  return finish(at, asSequence(b, y));
};

const conv2dTranspose: Lowering = (at) => {
  const strides = at.numbers('stride', 2, [1, 1]) as [number, number];
  return finish(at, spreadOut(at, at.input(), at.weight('kernel'), strides));
};

export const convolutions: Record<string, Lowering> = {
  conv1d,
  conv2d,
  conv1d_transpose: conv1dTranspose,
  conv2d_transpose: conv2dTranspose,
  depthwise_conv1d: depthwiseConv,
  depthwise_conv2d: depthwiseConv,
  separable_conv1d: separableConv,
  separable_conv2d: separableConv,
};
