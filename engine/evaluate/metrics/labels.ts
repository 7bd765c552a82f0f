/** Metrics of several labels at once. */
import type { Outcome } from '../outcome';
import { type Counts, f1Of, precisionOf, recallOf } from './classes';
import { areaUnderCurve, type Metric, mean, meanOfKnown } from './metric';

type Labels = Outcome & { kind: 'labels' };

const ofLabels =
  (metric: (outcome: Labels) => number): Metric =>
  (outcome) =>
    outcome.kind === 'labels' ? metric(outcome) : Number.NaN;

/** Of the entries of all labels, or of one. */
function countsOf({ truth, predicted, count }: Labels, label?: number): Counts {
  const counts = { hits: 0, predicted: 0, actual: 0 };
  const [start, stride] = label === undefined ? [0, 1] : [label, count];
  for (let i = start; i < truth.length; i += stride) {
    counts.hits += truth[i]! & predicted[i]!;
    counts.predicted += predicted[i]!;
    counts.actual += truth[i]!;
  }
  return counts;
}

const labelsOf = ({ count }: Labels): number[] => Array.from({ length: count }, (_, label) => label);

const share = ({ truth, predicted }: Labels): number =>
  mean(Array.from(truth, (label, i) => Number(label === predicted[i])));

function wholeRows({ truth, predicted, count }: Labels): number {
  return mean(
    Array.from({ length: truth.length / count }, (_, row) => {
      for (let i = row * count; i < (row + 1) * count; i++) if (truth[i] !== predicted[i]) return 0;
      return 1;
    }),
  );
}

function auc(outcome: Labels): number {
  const { count, scores, truth } = outcome;
  return meanOfKnown(
    labelsOf(outcome).map((label) => {
      const rows = Array.from({ length: truth.length / count }, (_, row) => row * count + label);
      return areaUnderCurve(
        rows.map((at) => scores[at]!),
        (row) => truth[rows[row]!] === 1,
      );
    }),
  );
}

export const labelMetrics: Record<string, Metric> = {
  accuracy: ofLabels(share),
  precision: ofLabels((outcome) => precisionOf(countsOf(outcome))),
  recall: ofLabels((outcome) => recallOf(countsOf(outcome))),
  f1: ofLabels((outcome) => f1Of(countsOf(outcome))),
  f1_macro: ofLabels((outcome) => mean(labelsOf(outcome).map((label) => f1Of(countsOf(outcome, label))))),
  auc: ofLabels(auc),
  hamming_loss: ofLabels((outcome) => 1 - share(outcome)),
  subset_accuracy: ofLabels(wholeRows),
};
