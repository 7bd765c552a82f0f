import type { TensorId } from '../program';
import { product } from '../sizes';
import type { Lowering, LoweringContext } from './context';
import { isOpen, someSteps } from './shapes';

/** x * gamma + beta, whichever of them the node has. */
function scaleAndShift(at: LoweringContext, x: TensorId): TensorId {
  const gamma = at.optionalWeight('gamma');
  return shift(at, gamma === undefined ? x : at.b.mul(x, gamma));
}

function shift(at: LoweringContext, x: TensorId): TensorId {
  const beta = at.optionalWeight('beta');
  return beta === undefined ? x : at.b.add(x, beta);
}

/** x * inverse * gamma + beta, `inverse` having one number for each channel as gamma has: these are multiplied first. */
function scaleChannels(at: LoweringContext, x: TensorId, inverse: TensorId): TensorId {
  const gamma = at.optionalWeight('gamma');
  return shift(at, at.b.mul(x, gamma === undefined ? inverse : at.b.mul(inverse, gamma)));
}

/** Over the last axis. Ba et al. 2016. */
const layerNorm: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const last = [b.rank(x) - 1];
  const centred = b.sub(x, b.mean(x, last, true));
  const variance = b.mean(b.unary('square', centred), last, true);
  const inverse = b.unary('rsqrt', b.add(variance, b.scalar(at.number('epsilon', 1e-5))));
  return scaleAndShift(at, b.mul(centred, inverse));
};

/** x / root mean square over the last axis. Zhang & Sennrich 2019. */
const rmsNorm: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const square = b.mean(b.unary('square', x), [b.rank(x) - 1], true);
  const inverse = b.unary('rsqrt', b.add(square, b.scalar(at.number('epsilon', 1e-5))));
  return scaleAndShift(at, b.mul(x, inverse));
};

/**
 * Over all axes but the last. Ioffe & Szegedy 2015. In training the batch's own mean and (biased) variance are used,
 * and the running ones move towards them: running = momentum * running + (1 - momentum) * batch.
 */
const batchNorm: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const epsilon = b.scalar(at.number('epsilon', 1e-5));
  const mean = at.weight('moving_mean');
  const variance = at.weight('moving_variance');
  if (!at.training) {
    const inverse = b.unary('rsqrt', b.add(variance, epsilon));
    return scaleChannels(at, b.sub(x, mean), inverse);
  }
  const axes = b
    .shape(x)
    .map((_, axis) => axis)
    .slice(0, -1);
  const batchMean = b.mean(x, axes);
  const centred = b.sub(x, batchMean);
  const batchVariance = b.mean(b.unary('square', centred), axes);
  const rest = b.scalar(1 - at.number('momentum', 0.9));
  at.assign('moving_mean', b.add(mean, b.mul(b.sub(batchMean, mean), rest)));
  at.assign('moving_variance', b.add(variance, b.mul(b.sub(batchVariance, variance), rest)));
  return scaleChannels(at, centred, b.unary('rsqrt', b.add(batchVariance, epsilon)));
};

const dropout: Lowering = (at) => at.dropout(at.input(), at.number('rate'));

/** Whole channels: the same draw for every place between batch and channels. */
const spatialDropout: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const shape = b.shape(x);
  const one = isOpen(at, x, 1)
    ? someSteps(at, x, 0, 1)
    : b.cut(b.reshape(x, [shape[0]!, product(shape.slice(1, -1)), shape.at(-1)!]), 1, 0, 1);
  const draw = b.reshape(one, [shape[0]!, ...shape.slice(1, -1).map(() => 1), shape.at(-1)!]);
  return at.dropout(x, at.number('rate'), draw);
};

/** Normal numbers from pairs of uniform ones, Box & Muller 1958. */
const gaussianNoise: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const spread = at.number('stddev');
  if (!at.training || spread === 0) return x;
  const pair = at.random(
    b.concat([b.reshape(x, [...b.shape(x), 1]), b.reshape(x, [...b.shape(x), 1])], b.rank(x)),
  );
  const side = (index: number): TensorId => b.reshape(b.cut(pair, b.rank(x), index, 1), b.shape(x));
  // 1 - u lies in (0, 1], so that its logarithm is finite.
  const length = b.unary('sqrt', b.mul(b.unary('log', b.sub(b.scalar(1), side(0))), b.scalar(-2)));
  const normal = b.mul(length, b.unary('cos', b.mul(side(1), b.scalar(2 * Math.PI))));
  return b.add(x, b.mul(normal, b.scalar(spread)));
};

/** Over the axes between batch and channels, and the channels of a group. Wu & He 2018. */
const groupNorm: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const shape = b.shape(x);
  const channels = b.staticSize(x, shape.length - 1);
  const groups = at.number('groups');
  const places = product(shape.slice(1, -1));
  const apart = b.reshape(x, [shape[0]!, places, groups, channels / groups]);
  const centred = b.sub(apart, b.mean(apart, [1, 3], true));
  const variance = b.mean(b.unary('square', centred), [1, 3], true);
  const inverse = b.unary('rsqrt', b.add(variance, b.scalar(at.number('epsilon', 1e-5))));
  return scaleAndShift(at, b.reshape(b.mul(centred, inverse), shape));
};

/** x / √(Σx² + epsilon) over the last axis. */
const l2Normalize: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const square = b.sum(b.unary('square', x), [b.rank(x) - 1], true);
  return b.mul(x, b.unary('rsqrt', b.add(square, b.scalar(at.number('epsilon', 1e-12)))));
};

export const normalizations: Record<string, Lowering> = {
  layer_norm: layerNorm,
  rms_norm: rmsNorm,
  batch_norm: batchNorm,
  group_norm: groupNorm,
  l2_normalize: l2Normalize,
  dropout,
  spatial_dropout: spatialDropout,
  gaussian_noise: gaussianNoise,
};
