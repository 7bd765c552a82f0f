/** Metrics of numbers. */
import type { Outcome } from '../outcome';
import { type Metric, mean, ratio } from './metric';

type Values = Outcome & { kind: 'values' };

const ofValues =
  (metric: (outcome: Values) => number): Metric =>
  (outcome) =>
    outcome.kind === 'values' ? metric(outcome) : Number.NaN;

const pairs = <T>({ truth, predicted }: Values, each: (predicted: number, truth: number) => T): T[] =>
  Array.from(predicted, (value, i) => each(value, truth[i]!));

const squaredError = (outcome: Values): number =>
  mean(pairs(outcome, (value, truth) => (value - truth) ** 2));

/** 1 - squared error / squared distance from the mean. */
function explained(outcome: Values): number {
  const center = mean([...outcome.truth]);
  return 1 - squaredError(outcome) / mean(Array.from(outcome.truth, (value) => (value - center) ** 2));
}

/** Pearson's; 0 where one side does not vary. */
function correlation(outcome: Values): number {
  const [own, center] = [mean([...outcome.predicted]), mean([...outcome.truth])];
  const moment = (of: (value: number, truth: number) => number): number => mean(pairs(outcome, of));
  const spread = Math.sqrt(
    moment((value) => (value - own) ** 2) * moment((_, truth) => (truth - center) ** 2),
  );
  return ratio(
    moment((value, truth) => (value - own) * (truth - center)),
    spread,
  );
}

export const numberMetrics: Record<string, Metric> = {
  mse: ofValues(squaredError),
  rmse: ofValues((outcome) => Math.sqrt(squaredError(outcome))),
  mae: ofValues((outcome) => mean(pairs(outcome, (value, truth) => Math.abs(value - truth)))),
  r2: ofValues(explained),
  correlation: ofValues(correlation),
};
