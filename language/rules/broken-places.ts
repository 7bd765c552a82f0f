/** Where the structure of a file is wrong: of what stands there, nothing more can be said. */
import { remember } from '../remember';
import type { StructureProblem } from '../schema/check';
import { entriesOf, itemsOf, keyOf, type Path } from '../syntax/path';
import type { Entry, Range, Tree, TreeNode } from '../syntax/tree';
import type { Analysis } from './rule';
import { strayParams } from './stray-params';

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

export function brokenPlaces(analysis: Analysis): BrokenPlaces {
  const { structure, tree } = analysis.source;
  if (structure.length === 0) return NONE;
  const { all } = strayParams(analysis);
  const telling = structure.filter((problem) => takesMeaning(problem) || all.has(problem));
  const find = finderOf(tree);
  return {
    isWhole: telling.some(
      ({ kind, path, shift }) =>
        (path.length === 1 && (isGone(kind) || BASIS.has(String(path[0])))) ||
        (shift !== undefined && BASIS.has(String(path.at(-1)))),
    ),
    items: telling.flatMap(({ path }) => find(path) ?? []),
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

/** By the first two parts of a path; each map is gone through once, as there may be thousands of places. */
function finderOf({ root }: Tree): (path: Path) => Range | undefined {
  const maps = new Map<TreeNode | undefined, Map<string, Entry>>();
  const entryIn = (node: TreeNode | undefined, key: string) =>
    remember(maps, node, () => {
      const named = new Map<string, Entry>();
      for (const entry of entriesOf(node)) if (!named.has(keyOf(entry))) named.set(keyOf(entry), entry);
      return named;
    }).get(key);
  return ([section, item]) => {
    if (section === undefined) return undefined;
    const entry = entryIn(root, String(section));
    if (item === undefined) return entry?.range;
    return typeof item === 'number' ? itemsOf(entry?.value)[item]?.range : entryIn(entry?.value, item)?.range;
  };
}
