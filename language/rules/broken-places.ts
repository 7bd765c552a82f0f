/** Where the structure of a file is wrong: of what stands there, nothing more can be said. */
import type { StructureProblem } from '../schema/check';
import { at, itemsOf } from '../syntax/path';
import { entryAt } from '../syntax/path';
import type { Range } from '../syntax/tree';
import type { Analysis } from './rule';

/** What can be wrong without anything else meaning less. */
const ALONE = new Set(['version', 'summary', 'license', 'card', 'tests', 'hooks']);

export interface BrokenPlaces {
  /** A section is misspelt, absent or no section at all: then nothing can be said of what depends on it. */
  isWhole: boolean;
  /** Parts, steps, tasks and the like that are not written as they have to be. */
  items: readonly Range[];
}

const NONE: BrokenPlaces = { isWhole: false, items: [] };

export function brokenPlaces({ source }: Analysis): BrokenPlaces {
  const { structure, tree } = source;
  if (structure.length === 0) return NONE;
  const isWhole = structure.some(
    ({ kind, path, nearest }) =>
      path.length === 1 &&
      (kind === 'unknown-key' ? nearest !== undefined : !ALONE.has(String(path[0]))),
  );
  const items = structure.flatMap((problem) => {
    const [section, item] = problem.path;
    if (section === undefined || item === undefined || !takesMeaning(problem)) return [];
    const range =
      typeof item === 'number' ? itemsOf(at(tree, [section]))[item]?.range : entryAt(tree, [section, item])?.range;
    return range ?? [];
  });
  return { isWhole, items };
}

/** A key that nobody knows leaves the rest as it is, unless another was meant. */
function takesMeaning({ kind, nearest }: StructureProblem): boolean {
  return kind !== 'unknown-key' || nearest !== undefined;
}
