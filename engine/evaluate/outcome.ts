/** Predictions beside the truth, in the terms of a task. */
import type { PlanTask } from '../../language/plan/format';
import type { HostTensor } from '../step/program';

/** What a metric is computed from. One entry per prediction; for sequences, per position. */
export type Outcome =
  /** The true and the predicted index of `count` classes. */
  | { kind: 'classes'; count: number; truth: Int32Array; predicted: Int32Array }
  | { kind: 'values'; truth: Float32Array; predicted: Float32Array };

/**
 * Reads raw predictions (logits for the cross entropies) and targets of the same rows. Labels outside the classes,
 * such as -1, mean "not labelled" and are left out, as the loss leaves them out.
 */
export function outcomeOf(task: PlanTask, predictions: HostTensor, targets: HostTensor): Outcome {
  if (task.loss === 'cross_entropy') return classOutcome(predictions, targets);
  if (task.loss === 'binary_cross_entropy') return binaryOutcome(predictions, targets);
  return {
    kind: 'values',
    truth: Float32Array.from(targets.data),
    predicted: Float32Array.from(predictions.data),
  };
}

function classOutcome(logits: HostTensor, targets: HostTensor): Outcome {
  const count = logits.shape.at(-1) ?? 1;
  const kept: number[] = [];
  for (let i = 0; i < targets.data.length; i++) {
    const label = targets.data[i]!;
    if (label >= 0 && label < count) kept.push(i);
  }
  return {
    kind: 'classes',
    count,
    truth: Int32Array.from(kept, (i) => targets.data[i]!),
    predicted: Int32Array.from(kept, (i) => argmax(logits.data, i * count, count)),
  };
}

function binaryOutcome(logits: HostTensor, targets: HostTensor): Outcome {
  return {
    kind: 'classes',
    count: 2,
    truth: Int32Array.from(targets.data, (value) => (value > 0.5 ? 1 : 0)),
    predicted: Int32Array.from(logits.data, (value) => (value > 0 ? 1 : 0)),
  };
}

/** The first of the greatest, as the kernels choose. */
function argmax(data: HostTensor['data'], from: number, count: number): number {
  let best = 0;
  for (let i = 1; i < count; i++) if (data[from + i]! > data[from + best]!) best = i;
  return best;
}

/** The entries at `rows` of an outcome whose entries are rows. */
export function outcomeAt(outcome: Outcome, rows: number[]): Outcome {
  if (outcome.kind === 'values') {
    return {
      kind: 'values',
      truth: Float32Array.from(rows, (row) => outcome.truth[row]!),
      predicted: Float32Array.from(rows, (row) => outcome.predicted[row]!),
    };
  }
  return {
    kind: 'classes',
    count: outcome.count,
    truth: Int32Array.from(rows, (row) => outcome.truth[row]!),
    predicted: Int32Array.from(rows, (row) => outcome.predicted[row]!),
  };
}

/** counts[true][predicted]. */
export function confusionOf(outcome: Outcome & { kind: 'classes' }): number[][] {
  const counts = Array.from({ length: outcome.count }, () => new Array<number>(outcome.count).fill(0));
  for (let i = 0; i < outcome.truth.length; i++) counts[outcome.truth[i]!]![outcome.predicted[i]!]! += 1;
  return counts;
}
