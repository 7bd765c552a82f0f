import type { InferredStep } from '../inference/graph';
import { Dim } from '../types/dim';
import { type Analysis, type FixProposal, replace } from './rule';

/** Gives what is set to one size at a step another size. */
export function resizings(
  inferred: InferredStep | undefined,
  from: number | undefined,
  to: number,
  analysis: Analysis,
): FixProposal[] {
  const { step, values } = inferred ?? {};
  return [...(values ?? [])].flatMap(([name, value]) => {
    const entry = step?.settings.get(name);
    if (!(value instanceof Dim) || value.constant !== from || !entry?.value) return [];
    const title = `Set \`${name}\` of \`${step!.name}\` to ${to}`;
    return [replace(analysis, entry.value.range, String(to), title)];
  });
}
