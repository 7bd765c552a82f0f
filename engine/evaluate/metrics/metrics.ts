/** Metrics over whole splits. NaN where a metric has no meaning for the outcome. */
import type { Outcome } from '../outcome';
import { classMetrics } from './classes';
import { labelMetrics } from './labels';
import type { Metric } from './metric';
import { numberMetrics } from './numbers';
import { orderMetrics, tokenMetrics } from './order';

const byKind: Readonly<Record<Outcome['kind'], Record<string, Metric>>> = {
  classes: classMetrics,
  labels: labelMetrics,
  values: numberMetrics,
  order: orderMetrics,
  tokens: tokenMetrics,
};

/** The names of all metrics that can be computed. */
export const metricNames: ReadonlySet<string> = new Set(Object.values(byKind).flatMap(Object.keys));

/** `loss`: the mean loss over the same rows, NaN where it is not known. */
export function measure(name: string, outcome: Outcome, loss = Number.NaN): number {
  return byKind[outcome.kind][name]?.(outcome, loss) ?? Number.NaN;
}
