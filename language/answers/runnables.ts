import type { Declaration } from '../names/declarations';
import type { Runnable } from './answers';

/** Compositions with tasks, of their own or of what they extend, can be run. */
export function runnablesOf(declaration: Declaration): Runnable[] {
  if (declaration.kind !== 'model' || !declaration.name) return [];
  if (declaration.tasks.size === 0 && !declaration.base) return [];
  const kind = declaration.root.entries.find((entry) => entry.key.value === 'kind');
  return [{ model: declaration.name.value, range: kind?.range ?? declaration.name.range }];
}
