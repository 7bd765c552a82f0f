/** Where the structure of a file is wrong: of what stands there, nothing more can be said. */
import type { StructureProblem } from '../schema/check';
import { at, entryAt, itemsOf, type Path } from '../syntax/path';
import type { Range, Tree } from '../syntax/tree';
import type { Analysis } from './rule';

/** Sections that the meaning of others rests on. */
const BASIS = new Set([
  ...['params', 'inputs', 'outputs', 'graph', 'where'],
  ...['data', 'parts', 'plug', 'dims', 'tasks'],
  ...['files', 'columns', 'splits'],
]);

export interface BrokenPlaces {
  /** A section is misspelt, absent or not what it has to be: then nothing can be said of what depends on it. */
  isWhole: boolean;
  /** Parts, steps, tasks and the like that are not written as they have to be. */
  items: readonly Range[];
}

const NONE: BrokenPlaces = { isWhole: false, items: [] };

export function brokenPlaces({ source: { structure, tree } }: Analysis): BrokenPlaces {
  if (structure.length === 0) return NONE;
  const telling = structure.filter(takesMeaning);
  return {
    isWhole: telling.some(
      ({ kind, path }) => path.length === 1 && (isGone(kind) || BASIS.has(String(path[0]))),
    ),
    items: telling.flatMap(({ path }) => itemAt(tree, path) ?? []),
  };
}

/** A key that nobody knows leaves the rest as it is, unless another was meant; a version is nothing to others. */
function takesMeaning({ kind, nearest, path }: StructureProblem): boolean {
  return kind === 'unknown-key'
    ? nearest !== undefined
    : !(kind === 'missing-field' && path[0] === 'version');
}

function isGone(kind: StructureProblem['kind']): boolean {
  return kind === 'missing-field' || kind === 'unknown-key';
}

function itemAt(tree: Tree, [section, item]: Path): Range | undefined {
  if (section === undefined) return undefined;
  const within = item === undefined ? [section] : [section, item];
  return typeof item === 'number' ? itemsOf(at(tree, [section]))[item]?.range : entryAt(tree, within)?.range;
}
