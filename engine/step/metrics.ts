import type { PlanTask } from '../../language/plan/format';
import type { Builder } from './builder';
import { tokensOf } from './loss/language-model';
import { alignedTargets, type Loss, lastAxis, total } from './loss/loss';
import type { TensorId } from './program';

/** What a metric is summed from, for one batch of a task. */
export interface Judged {
  b: Builder;
  task: PlanTask;
  predictions: TensorId;
  targets: TensorId;
  loss: Loss;
}

/**
 * Metrics that can be added up batch by batch. A step gives the sum over the batch; `finish` turns the sum over many
 * batches and the count (the loss's) into the metric. Others (f1, auc, …) need all predictions and are computed from
 * those.
 */
export interface StreamingMetric {
  sum(judged: Judged): TensorId;
  finish(sum: number, count: number): number;
}

const oneOfSeveral = new Set(['cross_entropy', 'focal']);

/** Scores per class along the last axis, and the index of the right class; undefined for other tasks. */
function classesOf({
  b,
  task,
  predictions,
  targets,
}: Judged): { logits: TensorId; labels: TensorId } | undefined {
  if (oneOfSeveral.has(task.loss)) return { logits: predictions, labels: b.cast(targets, 'int32') };
  if (task.loss === 'distillation') {
    return { logits: predictions, labels: b.argmax(targets, lastAxis(b, targets)) };
  }
  return tokensOf(b, task.loss, predictions, targets, task.options);
}

function correct(judged: Judged): TensorId {
  const { b, predictions, targets } = judged;
  const classes = classesOf(judged);
  if (classes) {
    const predicted = b.argmax(classes.logits, lastAxis(b, classes.logits));
    return total(b, b.cast(b.binary('equal', predicted, classes.labels), 'float32'));
  }
  const positive = b.cast(b.binary('greater', predictions, b.scalar(0)), 'float32');
  const truth = b.cast(
    b.binary('greater', alignedTargets(b, predictions, targets), b.scalar(0.5)),
    'float32',
  );
  return total(b, b.cast(b.binary('equal', positive, truth), 'float32'));
}

/** Rows whose class has fewer than k greater scores. */
const amongFirst =
  (k: number): StreamingMetric['sum'] =>
  (judged) => {
    const { b } = judged;
    const classes = classesOf(judged);
    if (!classes) return b.scalar(Number.NaN);
    const { logits, labels } = classes;
    const last = lastAxis(b, logits);
    const chosen = b.oneHot(labels, b.staticSize(logits, last));
    const own = b.sum(b.mul(chosen, logits), [last], true);
    const above = b.sum(b.cast(b.binary('greater', logits, own), 'float32'), [last]);
    const first = b.cast(b.binary('less', above, b.scalar(k)), 'float32');
    return total(b, b.mul(first, b.sum(chosen, [last])));
  };

const error = ({ b, predictions, targets }: Judged): TensorId =>
  b.sub(predictions, alignedTargets(b, predictions, targets));

const squared: StreamingMetric['sum'] = (judged) => total(judged.b, judged.b.unary('square', error(judged)));

const share = (sum: number, count: number): number => sum / count;

export const streamingMetrics: Readonly<Record<string, StreamingMetric>> = {
  accuracy: { sum: correct, finish: share },
  top_3: { sum: amongFirst(3), finish: share },
  top_5: { sum: amongFirst(5), finish: share },
  mse: { sum: squared, finish: share },
  rmse: { sum: squared, finish: (sum, count) => Math.sqrt(sum / count) },
  mae: { sum: (judged) => total(judged.b, judged.b.unary('abs', error(judged))), finish: share },
  /** The loss is the mean of −log p of the right word. */
  perplexity: {
    sum: ({ b, loss }) => b.mul(loss.mean, loss.count),
    finish: (sum, count) => Math.exp(sum / count),
  },
};

/** The names of a program's outputs for a task. */
export const taskOutput = {
  /** float32 scalar, mean over the batch. */
  loss: (task: string) => `${task}/loss`,
  /** float32 scalar, how many predictions `loss` and the sums are over. */
  count: (task: string) => `${task}/count`,
  /** float32 scalar of the train program where `train.balance` moves it: how much the task's loss counts. */
  weight: (task: string) => `${task}/weight`,
  /** float32 scalar, the sum of a streaming metric. */
  sum: (task: string, metric: string) => `${task}/sum/${metric}`,
  /**
   * The raw output of the model: logits for the cross entropies. From `evaluate`, for losses of words, the id that is
   * chosen at each step instead.
   */
  predictions: (task: string) => `${task}/predictions`,
  /** From `evaluate`, where the targets are not data: what the predictions are held against. */
  targets: (task: string) => `${task}/targets`,
};
/** float32 scalar of the train program: the weighted sum of the tasks' losses. */
export const totalLoss = 'loss';
/** float32 scalar of the train program where gradients are clipped: their global norm before. */
export const gradientNorm = 'gradient_norm';
