import type { TensorId } from '../program';
import type { Lowering, LoweringContext } from './context';

/** x * gamma + beta, whichever of them the node has. */
function scaleAndShift(at: LoweringContext, x: TensorId): TensorId {
  const gamma = at.optionalWeight('gamma');
  const beta = at.optionalWeight('beta');
  const scaled = gamma === undefined ? x : at.b.mul(x, gamma);
  return beta === undefined ? scaled : at.b.add(scaled, beta);
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
    return scaleAndShift(at, b.mul(b.sub(x, mean), inverse));
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
  return scaleAndShift(at, b.mul(centred, b.unary('rsqrt', b.add(batchVariance, epsilon))));
};

/** Keeps each element with probability 1 - rate and scales what is kept, so that the expected value stays. */
const dropout: Lowering = (at) => {
  const { b } = at;
  const x = at.input();
  const rate = at.number('rate');
  if (!at.training || rate === 0) return x;
  const kept = b.cast(b.binary('greater_equal', at.random(x), b.scalar(rate)), 'float32');
  return b.mul(x, b.mul(kept, b.scalar(1 / (1 - rate))));
};

export const normalizations: Record<string, Lowering> = {
  layer_norm: layerNorm,
  rms_norm: rmsNorm,
  batch_norm: batchNorm,
  dropout,
};
