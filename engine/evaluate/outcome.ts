/** Predictions beside the truth, in the terms of a task. */
import type { PlanTask } from '../../language/plan/format';
import type { HostTensor } from '../step/program';
import { type Found, nearestWithLabel, partners, rankedItems } from './order';

/** What a metric is computed from. One entry per prediction; for sequences, per position. */
export type Outcome =
  /** The true and the predicted index of `count` classes, and `count` scores (logits) for each entry where known. */
  | { kind: 'classes'; count: number; truth: Int32Array; predicted: Int32Array; scores?: Float32Array }
  /** `count` questions for each entry, all side by side: 0 or 1, and the logit of a yes. */
  | { kind: 'labels'; count: number; truth: Int32Array; predicted: Int32Array; scores: Float32Array }
  | { kind: 'values'; truth: Float32Array; predicted: Float32Array }
  /** Where in its order each entry finds what is relevant. */
  | { kind: 'order'; found: Found[] }
  /** The true and the predicted id at each step that counts. */
  | { kind: 'tokens'; truth: Int32Array; predicted: Int32Array };

type Classes = Outcome & { kind: 'classes' };

/**
 * Reads raw predictions (logits for the cross entropies; ids for losses of words) and targets of the same rows. Labels
 * outside the classes, such as -1, mean "not labelled" and are left out, as the loss leaves them out.
 */
export function outcomeOf(task: PlanTask, predictions: HostTensor, targets: HostTensor): Outcome {
  switch (task.loss) {
    case 'cross_entropy':
    case 'focal':
      return classOutcome(predictions, targets);
    case 'distillation':
      return classOutcome(predictions, chosenBy(targets));
    case 'binary_cross_entropy':
    case 'hinge':
      return yesNoOutcome(predictions, targets);
    case 'pairwise_ranking':
    case 'listwise_softmax':
      return { kind: 'order', found: rankedItems(predictions, targets) };
    case 'contrastive':
      return { kind: 'order', found: partners(predictions, targets) };
    case 'triplet':
      return { kind: 'order', found: nearestWithLabel(predictions, targets) };
    case 'next_token':
    case 'masked_token':
      return tokenOutcome(predictions, targets);
    default:
      return {
        kind: 'values',
        truth: Float32Array.from(targets.data),
        predicted: Float32Array.from(predictions.data),
      };
  }
}

function classOutcome(logits: HostTensor, targets: HostTensor): Outcome {
  const count = logits.shape.at(-1) ?? 1;
  const kept: number[] = [];
  for (let i = 0; i < targets.data.length; i++) {
    const label = targets.data[i]!;
    if (label >= 0 && label < count) kept.push(i);
  }
  const data = logits.data as Float32Array;
  return {
    kind: 'classes',
    count,
    truth: Int32Array.from(kept, (i) => targets.data[i]!),
    predicted: Int32Array.from(kept, (i) => argmax(data, i * count, count)),
    scores: kept.length * count === data.length ? data : rowsOf(data, kept, count),
  };
}

/** The class that a teacher scores highest. */
function chosenBy({ shape, data }: HostTensor): HostTensor {
  const count = shape.at(-1) ?? 1;
  const chosen = Int32Array.from({ length: data.length / count }, (_, row) =>
    argmax(data as Float32Array, row * count, count),
  );
  return { dtype: 'int32', shape: shape.slice(0, -1), data: chosen };
}

/** One question per row, or several along the last axis. */
function yesNoOutcome(logits: HostTensor, targets: HostTensor): Outcome {
  const count = logits.shape.length > 1 ? logits.shape.at(-1)! : 1;
  const truth = Int32Array.from(targets.data, (value) => (value > 0.5 ? 1 : 0));
  const predicted = Int32Array.from(logits.data, (value) => (value > 0 ? 1 : 0));
  const scores = Float32Array.from(logits.data);
  if (count > 1) return { kind: 'labels', count, truth, predicted, scores };
  // A no scores 0, so that the softmax of both is the sigmoid.
  const both = Float32Array.from({ length: 2 * scores.length }, (_, i) =>
    i % 2 === 0 ? 0 : scores[i >> 1]!,
  );
  return { kind: 'classes', count: 2, truth, predicted, scores: both };
}

function tokenOutcome(chosen: HostTensor, targets: HostTensor): Outcome {
  const kept = [...targets.data.keys()].filter((i) => targets.data[i]! >= 0);
  return {
    kind: 'tokens',
    truth: Int32Array.from(kept, (i) => targets.data[i]!),
    predicted: Int32Array.from(kept, (i) => chosen.data[i]!),
  };
}

/** The first of the greatest, as the kernels choose. */
function argmax(data: Float32Array, from: number, count: number): number {
  let best = 0;
  for (let i = 1; i < count; i++) if (data[from + i]! > data[from + best]!) best = i;
  return best;
}

function rowsOf<T extends Int32Array | Float32Array>(data: T, rows: number[], count: number): T {
  const kept = data.slice(0, rows.length * count) as T;
  for (const [at, row] of rows.entries()) {
    kept.set(data.subarray(row * count, (row + 1) * count), at * count);
  }
  return kept;
}

/** The number of entries. */
export function entriesOf(outcome: Outcome): number {
  if (outcome.kind === 'order') return outcome.found.length;
  return outcome.kind === 'labels' ? outcome.truth.length / outcome.count : outcome.truth.length;
}

/** The entries at `rows` of an outcome whose entries are rows. */
export function outcomeAt(outcome: Outcome, rows: number[]): Outcome {
  switch (outcome.kind) {
    case 'order':
      return { kind: 'order', found: rows.map((row) => outcome.found[row]!) };
    case 'values':
      return {
        kind: 'values',
        truth: rowsOf(outcome.truth, rows, 1),
        predicted: rowsOf(outcome.predicted, rows, 1),
      };
    case 'tokens':
      return {
        kind: 'tokens',
        truth: rowsOf(outcome.truth, rows, 1),
        predicted: rowsOf(outcome.predicted, rows, 1),
      };
    case 'labels':
      return {
        kind: 'labels',
        count: outcome.count,
        truth: rowsOf(outcome.truth, rows, outcome.count),
        predicted: rowsOf(outcome.predicted, rows, outcome.count),
        scores: rowsOf(outcome.scores, rows, outcome.count),
      };
    case 'classes':
      return {
        kind: 'classes',
        count: outcome.count,
        truth: rowsOf(outcome.truth, rows, 1),
        predicted: rowsOf(outcome.predicted, rows, 1),
        ...(outcome.scores ? { scores: rowsOf(outcome.scores, rows, outcome.count) } : {}),
      };
  }
}

/** counts[true][predicted]. */
export function confusionOf(outcome: Classes): number[][] {
  const counts = Array.from({ length: outcome.count }, () => new Array<number>(outcome.count).fill(0));
  for (let i = 0; i < outcome.truth.length; i++) counts[outcome.truth[i]!]![outcome.predicted[i]!]! += 1;
  return counts;
}
