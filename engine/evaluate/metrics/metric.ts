import type { Outcome } from '../outcome';

/** NaN where a metric has no meaning for the outcome. `loss`: the mean loss, NaN where it is not known. */
export type Metric = (outcome: Outcome, loss: number) => number;

export const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

export const mean = (values: number[]): number => sum(values) / values.length;

/**
 * How often a positive scores above a negative, ties counting half (Mann & Whitney 1947), from the mean ranks of the
 * positives. NaN where one side is missing.
 */
export function areaUnderCurve(scores: ArrayLike<number>, isPositive: (entry: number) => boolean): number {
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  let [positives, ranks] = [0, 0];
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end += 1;
    const rank = (start + 1 + end) / 2;
    for (let place = start; place < end; place++) {
      if (!isPositive(order[place]!)) continue;
      positives += 1;
      ranks += rank;
    }
    start = end;
  }
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return Number.NaN;
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** The mean over those that have a meaning. */
export function meanOfKnown(values: number[]): number {
  return mean(values.filter((value) => !Number.isNaN(value)));
}
