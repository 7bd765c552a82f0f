/** `share`: one brick used in several places of a composition, with the same weights. */
import type { Step } from '../names/declarations';

/** What only the part that has the brick may say: it holds for every use. */
export const ownersKeys = ['module', 'params', 'weights', 'train', 'learning_rate'] as const;

/** The part that has the brick, its params and weights: the step itself, unless it shares another's. */
export function ownerOf(step: Step, steps: ReadonlyMap<string, Step>): Step | undefined {
  if (!step.share) return step;
  const owner = steps.get(step.share.value);
  return owner?.share ? undefined : owner;
}
