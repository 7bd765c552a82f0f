/** What a task can be judged by. */
import type { TaskKind } from './losses/loss';

export interface Metric {
  name: string;
  summary: string;
  /** Markdown, with the formula. */
  doc: string;
  /** Which direction is better. */
  better: 'higher' | 'lower';
  /** Inclusive; what a requirement can sensibly ask for. */
  range: { least?: number; greatest?: number };
  /** What is judged. */
  of: TaskKind[];
}

const share = { least: 0, greatest: 1 };
const either: TaskKind[] = ['class', 'labels'];
const several =
  'of class 1 for two classes, the mean over the classes for more, all labels together for labels';

/** A share, of which more is better. */
const shareOf = (name: string, of: TaskKind[], summary: string, doc: string): Metric => ({
  name,
  summary,
  doc,
  better: 'higher',
  range: share,
  of,
});

/** An error, of which less is better. */
const errorOf = (
  name: string,
  of: TaskKind[],
  summary: string,
  doc: string,
  range: Metric['range'] = { least: 0 },
): Metric => ({
  name,
  summary,
  doc,
  better: 'lower',
  range,
  of,
});

const classMetrics: Metric[] = [
  shareOf(
    'accuracy',
    ['class', 'labels', 'token'],
    'Share of rows whose class is right.',
    'right / all; of labels or words, each counts. Look at `f1` too when some classes are rare.',
  ),
  shareOf(
    'balanced_accuracy',
    ['class'],
    'Mean over the classes of the share that was found.',
    'The mean of tp / (tp + fn) over the classes that occur: as `accuracy`, were all classes as frequent.',
  ),
  ...[3, 5].map((k) =>
    shareOf(
      `top_${k}`,
      ['class'],
      `Share of rows whose class is among the ${k} with the greatest scores.`,
      `Rows with fewer than ${k} greater scores than that of their class / all.`,
    ),
  ),
  shareOf(
    'precision',
    either,
    'Share of the rows called a class that really are of it.',
    `tp / (tp + fp), ${several}. 0 where nothing was called so.`,
  ),
  shareOf(
    'recall',
    either,
    'Share of the rows of a class that were found.',
    `tp / (tp + fn), ${several}. 0 where there are none.`,
  ),
  shareOf('f1', either, 'Precision and recall in one.', `2·tp / (2·tp + fp + fn), ${several}.`),
  shareOf(
    'f1_macro',
    either,
    'The mean f1 over all classes or labels.',
    'The mean of 2·tp / (2·tp + fp + fn) over the classes that occur, class 0 included; rare ones count as much as frequent ones.',
  ),
  shareOf(
    'f1_weighted',
    ['class'],
    'The mean f1, classes counting by how frequent they are.',
    'Σ f1·rows of the class / rows.',
  ),
  shareOf(
    'auc',
    either,
    'How often a positive scores above a negative.',
    'Area under the ROC curve, ties counting half (Mann & Whitney 1947). For more than two classes each against the rest, for labels each by itself; the mean over those that have both sides.',
  ),
  {
    name: 'matthews',
    summary: 'Correlation between predicted and true classes; 0 is chance.',
    doc: 'Matthews 1975, for any number of classes by Gorodkin 2004.',
    better: 'higher',
    range: { least: -1, greatest: 1 },
    of: ['class'],
  },
  errorOf(
    'calibration_error',
    ['class'],
    'How far confidence lies from being right.',
    'Guo et al. 2017: predictions are put in 15 ranges of confidence; Σ |accuracy - mean confidence|·rows / all rows.',
    share,
  ),
  errorOf(
    'hamming_loss',
    ['labels'],
    'Share of the labels that are wrong.',
    'wrong labels / all labels.',
    share,
  ),
  shareOf(
    'subset_accuracy',
    ['labels'],
    'Share of rows all of whose labels are right.',
    'rows without a wrong label / all rows.',
  ),
];

const numberMetrics: Metric[] = [
  errorOf('mse', ['number'], 'Mean squared error.', 'mean((output - target)²).'),
  errorOf(
    'rmse',
    ['number'],
    'Root of the mean squared error, in units of the target.',
    '√mean((output - target)²).',
  ),
  errorOf('mae', ['number'], 'Mean absolute error, in units of the target.', 'mean(|output - target|).'),
  {
    name: 'r2',
    summary: 'Share of the variance that is explained; 0 is as good as always saying the mean.',
    doc: '1 - Σ(output - target)² / Σ(target - mean)².',
    better: 'higher',
    range: { greatest: 1 },
    of: ['number'],
  },
  {
    name: 'correlation',
    summary: 'Whether output and target rise and fall together.',
    doc: "Pearson's: covariance / (deviation of the output · deviation of the target).",
    better: 'higher',
    range: { least: -1, greatest: 1 },
    of: ['number'],
  },
];

const found: TaskKind[] = ['ranking', 'retrieval'];
const candidates = 'For vectors, candidates are blocks of up to 1,000 rows of the split.';

const orderMetrics: Metric[] = [
  ...[1, 5, 10].map((k) =>
    shareOf(
      `recall_at_${k}`,
      found,
      `Share of rows that find something right among the first ${k}.`,
      `Rows with something relevant among the ${k} greatest scores / rows with anything relevant. ${candidates}`,
    ),
  ),
  shareOf(
    'mrr',
    found,
    'How far in front the first right one comes.',
    `Mean of 1 / rank of the first relevant item. ${candidates}`,
  ),
  ...[undefined, 10].map((k) =>
    shareOf(
      k === undefined ? 'ndcg' : `ndcg_at_${k}`,
      ['ranking'],
      `How close the order${k === undefined ? '' : ` of the first ${k}`} is to the best one.`,
      `Järvelin & Kekäläinen 2002: Σ (2^relevance - 1) / log₂(rank + 1)${k === undefined ? '' : ` over the first ${k}`}, divided by that of the best order; the mean over rows with anything relevant.`,
    ),
  ),
];

const tokenMetrics: Metric[] = [
  errorOf(
    'perplexity',
    ['token'],
    'Among how many words the model hesitates.',
    'exp(loss): 1 is certainty, the size of the vocabulary is chance.',
    { least: 1 },
  ),
];

const metrics: readonly Metric[] = [...classMetrics, ...numberMetrics, ...orderMetrics, ...tokenMetrics];

export function allMetrics(): readonly Metric[] {
  return metrics;
}

export function metricNamed(name: string): Metric | undefined {
  return metrics.find((metric) => metric.name === name);
}
