/** How the parts of a composition start and learn, as rules ask. */
import type { FlatModel } from '../inference/flatten';
import type { InferredStep } from '../inference/graph';
import type { OpenedOp } from '../inference/opened';
import { type Located, locatedText } from '../names/declarations';

/** What stands behind `weights:`; `fresh` where it does not. */
export function weightsOf({ step }: InferredStep): Located<string> | undefined {
  return locatedText(step.extras.get('weights')?.value);
}

/** The run or model that a part takes its weights from. */
export function runOf(inferred: InferredStep): Located<string> | undefined {
  const weights = weightsOf(inferred);
  if (!weights?.value.startsWith('run:')) return undefined;
  const value = weights.value.slice('run:'.length).trim();
  const start = weights.range.end - value.length;
  return { value, range: { start, end: weights.range.end } };
}

/** Whether it has parameters to learn. */
export function learns({ weights }: OpenedOp): boolean {
  return weights.some((weight) => weight.trainable);
}

/** The ways from a part to its layers that have parameters to learn: `layers.0/attention`. */
export function layersOf(flat: FlatModel, part: string): string[] {
  return flat.ops(part, learns);
}

/** Whether a part was opened down to its ops, so that what it lacks is known. */
export function isOpened(flat: FlatModel, part: string): boolean {
  return (
    flat.parts.some(({ name, outputs }) => name === part && outputs.size > 0) && flat.problems.length === 0
  );
}
