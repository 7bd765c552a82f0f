import type { Builder } from './builder';
import type { TensorId } from './program';
import { product, sameShape } from './sizes';

/** A task's loss in a step. */
export interface Loss {
  /** float32 scalar: the mean over what counts. */
  mean: TensorId;
  /** float32 scalar: how many predictions the mean is over, so that batches can be put together. */
  count: TensorId;
}

/** Makes the loss of predictions (floating point) against targets (as they come from the data). */
export type LossFunction = (b: Builder, predictions: TensorId, targets: TensorId) => Loss;

const allAxes = (b: Builder, x: TensorId): number[] => b.shape(x).map((_, axis) => axis);

export function elementCount(b: Builder, x: TensorId): TensorId {
  return allAxes(b, x).reduce((count, axis) => b.mul(count, b.sizeOf(x, axis, 'float32')), b.scalar(1));
}

/** Targets as floats in the shape of the predictions; [batch] and [batch, 1] are the same thing. */
export function alignedTargets(b: Builder, predictions: TensorId, targets: TensorId): TensorId {
  const shape = b.shape(predictions);
  if (!sameShape(shape, b.shape(targets)) && product(shape) !== product(b.shape(targets))) {
    throw new Error(`predictions [${shape.join(', ')}] and targets [${b.shape(targets).join(', ')}] differ`);
  }
  return b.cast(b.reshape(targets, shape), 'float32');
}

/** The mean of a loss per element. */
const elementwise =
  (each: (b: Builder, predictions: TensorId, targets: TensorId) => TensorId): LossFunction =>
  (b, predictions, targets) => {
    const losses = each(b, predictions, alignedTargets(b, predictions, targets));
    return { mean: b.mean(losses, allAxes(b, losses)), count: elementCount(b, losses) };
  };

export const losses: Readonly<Record<string, LossFunction>> = {
  /**
   * −log softmax(logits)[label]; logits [..., classes], int labels [...]. A label outside the classes (such as -1)
   * means "not labelled" and does not count.
   */
  cross_entropy: (b, logits, labels) => {
    const classes = b.staticSize(logits, b.rank(logits) - 1);
    const chosen = b.oneHot(b.cast(labels, 'int32'), classes);
    const axes = allAxes(b, chosen);
    const count = b.sum(chosen, axes);
    const total = b.unary('neg', b.sum(b.mul(chosen, b.logSoftmax(logits)), axes));
    return { mean: b.div(total, b.binary('maximum', count, b.scalar(1))), count };
  },
  /** From logits x and targets y in [0, 1]: log(1 + eˣ) − x y, which never overflows. */
  binary_cross_entropy: elementwise((b, x, y) => b.sub(b.unary('softplus', x), b.mul(x, y))),
  mse: elementwise((b, x, y) => b.unary('square', b.sub(x, y))),
  mae: elementwise((b, x, y) => b.unary('abs', b.sub(x, y))),
  /** Huber 1964 with δ = 1: ½ d² up to 1, |d| − ½ beyond. */
  huber: elementwise((b, x, y) => {
    const distance = b.unary('abs', b.sub(x, y));
    const near = b.binary('minimum', distance, b.scalar(1));
    return b.add(b.mul(b.scalar(0.5), b.unary('square', near)), b.sub(distance, near));
  }),
};
