/** Metrics over whole splits. NaN where a metric has no meaning for the outcome. */
import { confusionOf, type Outcome } from './outcome';

export type Metric = (outcome: Outcome) => number;

/** A metric of classes, from the confusion counts. */
const ofCounts =
  (metric: (counts: number[][]) => number): Metric =>
  (outcome) =>
    outcome.kind === 'classes' ? metric(confusionOf(outcome)) : Number.NaN;

/** A metric of numbers, from the errors predicted - true. */
const ofErrors =
  (metric: (errors: Float64Array, truth: Float32Array) => number): Metric =>
  (outcome) =>
    outcome.kind === 'values'
      ? metric(
          Float64Array.from(outcome.predicted, (value, i) => value - outcome.truth[i]!),
          outcome.truth,
        )
      : Number.NaN;

/** Of class 1 for two classes; for more the mean over those that occur, true or predicted (as scikit-learn's macro). */
const perClass = (each: (hits: number, predicted: number, actual: number) => number): Metric =>
  ofCounts((counts) => {
    const values: number[] = [];
    for (const [label, row] of counts.entries()) {
      if (counts.length === 2 && label === 0) continue;
      const actual = sum(row);
      const predicted = sum(counts.map((other) => other[label]!));
      if (counts.length === 2 || actual + predicted > 0) values.push(each(row[label]!, predicted, actual));
    }
    return sum(values) / values.length;
  });

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

export const METRICS: Readonly<Record<string, Metric>> = {
  accuracy: ofCounts((counts) => sum(counts.map((row, label) => row[label]!)) / sum(counts.flat())),
  precision: perClass((hits, predicted) => ratio(hits, predicted)),
  recall: perClass((hits, _, actual) => ratio(hits, actual)),
  f1: perClass((hits, predicted, actual) => ratio(2 * hits, predicted + actual)),
  mse: ofErrors((errors) => meanOf(errors, (error) => error * error)),
  mae: ofErrors((errors) => meanOf(errors, Math.abs)),
  /** 1 - squared error / squared distance from the mean. */
  r2: ofErrors((errors, truth) => {
    const center = meanOf(truth, (value) => value);
    return 1 - meanOf(errors, (error) => error * error) / meanOf(truth, (value) => (value - center) ** 2);
  }),
};

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function meanOf(values: Float64Array | Float32Array, each: (value: number) => number): number {
  let total = 0;
  for (const value of values) total += each(value);
  return total / values.length;
}
