/** How the parts of a composition start and learn, as rules ask. */
import type { FlatModel, FlatNode } from '../inference/flatten';
import type { InferredStep } from '../inference/graph';
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

/** The nodes of a part that have parameters to learn. */
export function trainable(flat: FlatModel, part: string): FlatNode[] {
  return flat.nodes.filter((node) => node.part === part && node.weights.some((weight) => weight.trainable));
}

/** Whether a part was opened down to its ops, so that what it lacks is known. */
export function isOpened(flat: FlatModel, part: string): boolean {
  return (
    flat.parts.some(({ name, outputs }) => name === part && outputs.size > 0) && flat.problems.length === 0
  );
}
