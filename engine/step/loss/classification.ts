import type { Builder } from '../builder';
import type { TensorId } from '../program';
import {
  allAxes,
  elementCount,
  elementwise,
  type LossFunction,
  type LossOptions,
  lastAxis,
  meanOver,
  option,
  total,
} from './loss';

/** 1 at the right class of each row; a row whose label is outside the classes has none. */
function chosenOf(b: Builder, logits: TensorId, labels: TensorId): TensorId {
  return b.oneHot(b.cast(labels, 'int32'), b.staticSize(logits, lastAxis(b, logits)));
}

/** `class_weights` as a constant along the last axis. */
function weightsOf(b: Builder, logits: TensorId, options?: LossOptions): TensorId | undefined {
  const weights = options?.class_weights;
  if (!Array.isArray(weights)) return undefined;
  const classes = b.staticSize(logits, lastAxis(b, logits));
  if (weights.length !== classes) {
    throw new Error(`'class_weights' has ${weights.length} numbers, but there are ${classes} classes`);
  }
  return b.constant(Float32Array.from(weights, Number), [classes]);
}

/**
 * −Σ q log softmax(logits), with q the right class, smoothed to (1 - ε) of it and ε spread over all (Szegedy et al.
 * 2016), and each row weighted by its class. A label outside the classes (such as -1) means "not labelled" and does not
 * count; the mean is over the number of labelled rows.
 */
export const crossEntropy: LossFunction = (b, logits, labels, options) => {
  const chosen = chosenOf(b, logits, labels);
  const count = total(b, chosen);
  const smoothing = option(options, 'label_smoothing', 0);
  const weights = weightsOf(b, logits, options);
  let truth = weights === undefined ? chosen : b.mul(chosen, weights);
  if (smoothing > 0) {
    const last = lastAxis(b, logits);
    const spread = b.mul(b.sum(truth, [last], true), b.scalar(smoothing / b.staticSize(logits, last)));
    truth = b.add(b.mul(truth, b.scalar(1 - smoothing)), spread);
  }
  return meanOver(b, b.unary('neg', total(b, b.mul(truth, b.logSoftmax(logits)))), count);
};

/** Lin et al. 2017: −(1 − p)^γ log p of the right class. */
const focal: LossFunction = (b, logits, labels, options) => {
  const chosen = chosenOf(b, logits, labels);
  const gamma = option(options, 'gamma', 2);
  const logs = b.logSoftmax(logits);
  // A power of exactly 0 has no slope.
  const missed = b.binary('maximum', b.sub(b.scalar(1), b.unary('exp', logs)), b.scalar(1e-7));
  const weights = weightsOf(b, logits, options);
  const truth = weights === undefined ? chosen : b.mul(chosen, weights);
  const each = b.mul(truth, b.mul(b.binary('pow', missed, b.scalar(gamma)), logs));
  return meanOver(b, b.unary('neg', total(b, each)), total(b, chosen));
};

/**
 * From logits x and targets y in [0, 1]: w y log(1 + e⁻ˣ) + (1 − y) log(1 + eˣ), which never overflows; w is the weight
 * of a yes. Smoothing moves y towards a half.
 */
const binaryCrossEntropy = elementwise((b, x, y, options) => {
  const smoothing = option(options, 'label_smoothing', 0);
  const truth = smoothing > 0 ? b.add(b.mul(y, b.scalar(1 - smoothing)), b.scalar(smoothing / 2)) : y;
  const weight = option(options, 'positive_weight', 1);
  if (weight === 1) return b.sub(b.unary('softplus', x), b.mul(x, truth));
  const yes = b.mul(b.mul(truth, b.scalar(weight)), b.unary('softplus', b.unary('neg', x)));
  return b.add(yes, b.mul(b.sub(b.scalar(1), truth), b.unary('softplus', x)));
});

/** max(0, 1 − y x), with y = 1 for a target above a half, else −1. */
const hinge = elementwise((b, x, y) => {
  const side = b.sub(
    b.mul(b.cast(b.binary('greater', y, b.scalar(0.5)), 'float32'), b.scalar(2)),
    b.scalar(1),
  );
  return b.unary('relu', b.sub(b.scalar(1), b.mul(side, x)));
});

/** Hinton et al. 2015: T² Σ p (log p − log q) over the last axis, of scores divided by T. */
const distillation: LossFunction = (b, logits, teacher, options) => {
  const temperature = option(options, 'temperature', 1);
  const levelled = (x: TensorId): TensorId => b.logSoftmax(b.mul(x, b.scalar(1 / temperature)));
  const [own, wanted] = [levelled(logits), levelled(teacher)];
  const rows = b.sum(b.mul(b.unary('exp', wanted), b.sub(wanted, own)), [lastAxis(b, logits)]);
  return {
    mean: b.mul(b.mean(rows, allAxes(b, rows)), b.scalar(temperature ** 2)),
    count: elementCount(b, rows),
  };
};

export const classificationLosses: Record<string, LossFunction> = {
  cross_entropy: crossEntropy,
  binary_cross_entropy: binaryCrossEntropy,
  focal,
  hinge,
  distillation,
};
