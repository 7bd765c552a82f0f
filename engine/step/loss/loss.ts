import type { PlanAttribute } from '../../../language/plan/format';
import type { Builder } from '../builder';
import type { TensorId } from '../program';
import { product, sameShape } from '../sizes';

/** A task's loss in a step. */
export interface Loss {
  /** float32 scalar: the mean over what counts. */
  mean: TensorId;
  /** float32 scalar: how many predictions the mean is over, so that batches can be put together. */
  count: TensorId;
}

export type LossOptions = Readonly<Record<string, PlanAttribute>>;

/** Makes the loss of predictions (floating point) against targets (as they come from the data). */
export type LossFunction = (
  b: Builder,
  predictions: TensorId,
  targets: TensorId,
  options?: LossOptions,
) => Loss;

/** A number of the options, or its default in the catalogue. */
export function option(options: LossOptions | undefined, name: string, otherwise: number): number {
  const value = options?.[name];
  return typeof value === 'number' ? value : otherwise;
}

export const allAxes = (b: Builder, x: TensorId): number[] => b.shape(x).map((_, axis) => axis);
export const lastAxis = (b: Builder, x: TensorId): number => b.rank(x) - 1;
export const total = (b: Builder, x: TensorId): TensorId => b.sum(x, allAxes(b, x));

export function elementCount(b: Builder, x: TensorId): TensorId {
  return allAxes(b, x).reduce((count, axis) => b.mul(count, b.sizeOf(x, axis, 'float32')), b.scalar(1));
}

/** Sums divided by how many there are; 0 where nothing counts. */
export function meanOver(b: Builder, sum: TensorId, count: TensorId): Loss {
  return { mean: b.div(sum, b.binary('maximum', count, b.scalar(1))), count };
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
export const elementwise =
  (
    each: (b: Builder, predictions: TensorId, targets: TensorId, options?: LossOptions) => TensorId,
  ): LossFunction =>
  (b, predictions, targets, options) => {
    const losses = each(b, predictions, alignedTargets(b, predictions, targets), options);
    return { mean: b.mean(losses, allAxes(b, losses)), count: elementCount(b, losses) };
  };
