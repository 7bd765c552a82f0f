import type { PlanTask } from '../../language/plan/format';
import type { Builder } from './builder';
import { alignedTargets } from './loss';
import type { TensorId } from './program';

/**
 * Metrics that can be added up batch by batch. A step gives the sum over the batch; `finish` turns the sum over many
 * batches and the count (the loss's) into the metric. Others (f1, auc, …) need all predictions and are computed from
 * those.
 */
export interface StreamingMetric {
  sum(b: Builder, task: PlanTask, predictions: TensorId, targets: TensorId): TensorId;
  finish(sum: number, count: number): number;
}

const total = (b: Builder, x: TensorId): TensorId =>
  b.sum(
    x,
    b.shape(x).map((_, axis) => axis),
  );

function correct(b: Builder, task: PlanTask, predictions: TensorId, targets: TensorId): TensorId {
  if (task.loss === 'cross_entropy') {
    const predicted = b.argmax(predictions, b.rank(predictions) - 1);
    return total(b, b.cast(b.binary('equal', predicted, b.cast(targets, 'int32')), 'float32'));
  }
  const positive = b.cast(b.binary('greater', predictions, b.scalar(0)), 'float32');
  const truth = b.cast(
    b.binary('greater', alignedTargets(b, predictions, targets), b.scalar(0.5)),
    'float32',
  );
  return total(b, b.cast(b.binary('equal', positive, truth), 'float32'));
}

const error = (b: Builder, predictions: TensorId, targets: TensorId): TensorId =>
  b.sub(predictions, alignedTargets(b, predictions, targets));

const squared: StreamingMetric['sum'] = (b, _, predictions, targets) =>
  total(b, b.unary('square', error(b, predictions, targets)));

export const streamingMetrics: Readonly<Record<string, StreamingMetric>> = {
  accuracy: { sum: correct, finish: (sum, count) => sum / count },
  mse: { sum: squared, finish: (sum, count) => sum / count },
  rmse: { sum: squared, finish: (sum, count) => Math.sqrt(sum / count) },
  mae: {
    sum: (b, _, predictions, targets) => total(b, b.unary('abs', error(b, predictions, targets))),
    finish: (sum, count) => sum / count,
  },
};

/** The names of a program's outputs for a task. */
export const taskOutput = {
  /** float32 scalar, mean over the batch. */
  loss: (task: string) => `${task}/loss`,
  /** float32 scalar, how many predictions `loss` and the sums are over. */
  count: (task: string) => `${task}/count`,
  /** float32 scalar, the sum of a streaming metric. */
  sum: (task: string, metric: string) => `${task}/sum/${metric}`,
  /** The raw output of the model: logits for the cross entropies. */
  predictions: (task: string) => `${task}/predictions`,
};
/** float32 scalar of the train program: the weighted sum of the tasks' losses. */
export const totalLoss = 'loss';
/** float32 scalar of the train program where gradients are clipped: their global norm before. */
export const gradientNorm = 'gradient_norm';
