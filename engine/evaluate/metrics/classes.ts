/** Metrics of one class out of several. */
import { confusionOf, type Outcome } from '../outcome';
import { areaUnderCurve, type Metric, mean, meanOfKnown, ratio, sum } from './metric';

type Classes = Outcome & { kind: 'classes' };

const ofClasses =
  (metric: (outcome: Classes) => number): Metric =>
  (outcome) =>
    outcome.kind === 'classes' ? metric(outcome) : Number.NaN;

type Scored = Classes & { scores: Float32Array };

/** For metrics that need more than decisions. */
const ofScores = (metric: (outcome: Scored) => number): Metric =>
  ofClasses((outcome) => {
    const { scores } = outcome;
    return scores ? metric({ ...outcome, scores }) : Number.NaN;
  });

/** What there is to say of one class. */
export interface Counts {
  hits: number;
  predicted: number;
  actual: number;
}

/** By class, from the confusion counts. */
function countsOf(outcome: Classes): Counts[] {
  const confusion = confusionOf(outcome);
  return confusion.map((row, label) => ({
    hits: row[label]!,
    predicted: sum(confusion.map((other) => other[label]!)),
    actual: sum(row),
  }));
}

export const precisionOf = ({ hits, predicted }: Counts): number => ratio(hits, predicted);
export const recallOf = ({ hits, actual }: Counts): number => ratio(hits, actual);
export const f1Of = ({ hits, predicted, actual }: Counts): number => ratio(2 * hits, predicted + actual);

/** Those that occur, true or predicted (as scikit-learn's macro). */
const occurring = (counts: Counts[]): Counts[] =>
  counts.filter(({ predicted, actual }) => predicted + actual > 0);

/** Of class 1 for two classes; for more the mean over those that occur. */
const perClass = (each: (counts: Counts) => number): Metric =>
  ofClasses((outcome) => {
    const counts = countsOf(outcome);
    return counts.length === 2 ? each(counts[1]!) : mean(occurring(counts).map(each));
  });

/** The rank of the right class by its score, from 1. */
function rankOf({ count, scores, truth }: Scored, entry: number): number {
  const own = scores[entry * count + truth[entry]!]!;
  let rank = 1;
  for (let other = 0; other < count; other++) if (scores[entry * count + other]! > own) rank += 1;
  return rank;
}

const amongFirst = (k: number): Metric =>
  ofScores((outcome) => mean(Array.from(outcome.truth, (_, entry) => (rankOf(outcome, entry) <= k ? 1 : 0))));

/** The share that softmax gives to the predicted class. */
function confidence({ count, scores, predicted }: Scored, entry: number): number {
  const row = scores.subarray(entry * count, (entry + 1) * count);
  const chosen = row[predicted[entry]!]!;
  return 1 / sum(row.map((score) => Math.exp(score - chosen)));
}

/** Guo et al. 2017, with 15 ranges of confidence. */
function calibrationError(outcome: Scored): number {
  const bins = Array.from({ length: 15 }, () => ({ rows: 0, right: 0, confidence: 0 }));
  for (let entry = 0; entry < outcome.truth.length; entry++) {
    const sure = confidence(outcome, entry);
    const bin = bins[Math.min(Math.ceil(sure * bins.length) - 1, bins.length - 1)]!;
    bin.rows += 1;
    bin.confidence += sure;
    if (outcome.truth[entry] === outcome.predicted[entry]) bin.right += 1;
  }
  return sum(bins.map((bin) => Math.abs(bin.right - bin.confidence))) / outcome.truth.length;
}

/** Gorodkin 2004; 0 where all are predicted, or are, of one class. */
function matthews(outcome: Classes): number {
  const counts = countsOf(outcome);
  const rows = outcome.truth.length;
  const hits = sum(counts.map((each) => each.hits));
  const product = (a: (each: Counts) => number, b: (each: Counts) => number): number =>
    sum(counts.map((each) => a(each) * b(each)));
  const [predicted, actual] = [(each: Counts) => each.predicted, (each: Counts) => each.actual];
  const spread = Math.sqrt(
    (rows ** 2 - product(predicted, predicted)) * (rows ** 2 - product(actual, actual)),
  );
  return ratio(hits * rows - product(predicted, actual), spread);
}

/** Each class against the rest, by the share that softmax gives to it. */
function auc(outcome: Scored): number {
  const { count, scores, truth } = outcome;
  const entries = Array.from(truth, (_, entry) => entry);
  if (count === 2) {
    const margin = entries.map((entry) => scores[2 * entry + 1]! - scores[2 * entry]!);
    return areaUnderCurve(margin, (entry) => truth[entry] === 1);
  }
  const normalizers = entries.map((entry) => {
    const row = scores.subarray(entry * count, (entry + 1) * count);
    const highest = Math.max(...row);
    return highest + Math.log(sum(row.map((score) => Math.exp(score - highest))));
  });
  return meanOfKnown(
    Array.from({ length: count }, (_, label) =>
      areaUnderCurve(
        entries.map((entry) => scores[entry * count + label]! - normalizers[entry]!),
        (entry) => truth[entry] === label,
      ),
    ),
  );
}

export const classMetrics: Record<string, Metric> = {
  accuracy: ofClasses(({ truth, predicted }) =>
    mean(Array.from(truth, (label, i) => Number(label === predicted[i]))),
  ),
  balanced_accuracy: ofClasses((outcome) =>
    mean(
      countsOf(outcome)
        .filter(({ actual }) => actual > 0)
        .map(recallOf),
    ),
  ),
  top_3: amongFirst(3),
  top_5: amongFirst(5),
  precision: perClass(precisionOf),
  recall: perClass(recallOf),
  f1: perClass(f1Of),
  f1_macro: ofClasses((outcome) => mean(occurring(countsOf(outcome)).map(f1Of))),
  f1_weighted: ofClasses((outcome) =>
    ratio(sum(countsOf(outcome).map((counts) => f1Of(counts) * counts.actual)), outcome.truth.length),
  ),
  auc: ofScores(auc),
  matthews: ofClasses(matthews),
  calibration_error: ofScores(calibrationError),
};
