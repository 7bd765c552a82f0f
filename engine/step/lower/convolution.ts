import type { Conv2dGeometry, Size, TensorId } from '../program';
import { activate } from './activation';
import type { Lowering, LoweringContext } from './context';
import { type Pads, padsFor, strided } from './windows';

/** Bias and activation, common to all convolutions. */
function finish(at: LoweringContext, x: TensorId): TensorId {
  const bias = at.optionalWeight('bias');
  const shifted = bias === undefined ? x : at.b.add(x, bias);
  return activate(at.b, at.string('activation', 'linear'), shifted);
}

/** x [batch, length, in] * kernel [k, in, out]: a picture of height 1. */
const conv1d: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const kernel = at.weight('kernel');
  const [batch, length, channels] = b.shape(x) as [Size, Size, Size];
  const [k, inner, filters] = b.shape(kernel) as [number, number, number];
  const stride = at.number('stride', 1);
  const dilation = at.number('dilation', 1);
  const pads = padsFor(at.string('padding', 'valid'), b.staticSize(x, 1), k, stride, dilation);
  const y = b.conv2d(b.reshape(x, [batch, 1, length, channels]), b.reshape(kernel, [1, k, inner, filters]), {
    strides: [1, stride],
    dilations: [1, dilation],
    pads: [[0, 0], pads],
  });
  return finish(at, b.reshape(y, [batch, b.shape(y)[2]!, filters]));
};

function geometry2d(at: LoweringContext, x: TensorId, window: [number, number]): Conv2dGeometry {
  const strides = at.numbers('stride', 2, [1, 1]) as [number, number];
  const dilations = at.numbers('dilation', 2, [1, 1]) as [number, number];
  const padding = at.string('padding', 'valid');
  const pads = [0, 1].map((axis) =>
    padsFor(padding, at.b.staticSize(x, axis + 1), window[axis]!, strides[axis]!, dilations[axis]!),
  ) as [Pads, Pads];
  return { strides, dilations, pads };
}

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
const depthwiseConv2d: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const kernel = at.weight('kernel');
  const [kh, kw, channels, multiplier] = b.shape(kernel) as [number, number, number, number];
  const { strides, dilations, pads } = geometry2d(at, x, [kh, kw]);
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
  return finish(at, b.reshape(sum!, [...shape.slice(0, 3), channels * multiplier]));
};

export const convolutions: Record<string, Lowering> = { conv1d, conv2d, depthwise_conv2d: depthwiseConv2d };
