import type { Declaration } from '../names/declarations';
import type { Runnable } from './answers';

/** Compositions that say how to train can be run. */
export function runnablesOf(declaration: Declaration): Runnable[] {
  if (declaration.kind !== 'model' || !declaration.name || declaration.tasks.size === 0) return [];
  const kind = declaration.root.entries.find((entry) => entry.key.value === 'kind');
  return [{ model: declaration.name.value, range: kind?.range ?? declaration.name.range }];
}
