/**
 * What a rule looked at of its file. A rule that found nothing finds nothing again as long as all of it is the same:
 * after an edit that leaves it alone, the rule need not run.
 */
import type { GraphScope, InferredGraph } from '../inference/graph';
import { remember } from '../remember';
import type { Tree } from '../syntax/tree';
import type { Analysis } from './rule';

/** What can be seen: `declaration.train`, for one. */
type Place = 'flat' | 'versions' | { of: Watched; key: string };
type Watched = 'source' | 'tree' | 'declaration' | 'inference' | 'scope' | 'graph';

export type Seen = Map<Place, unknown>;

/** What rules that found nothing looked at, by rule. */
export type Looked = ReadonlyMap<string, Seen>;

/** The same analysis, which notes what is looked at. One for each rule: what rules remember of it is their own. */
export function noting(analysis: Analysis, seen: Seen): Analysis {
  const declaration = analysis.declaration && watched('declaration', analysis.declaration, seen);
  let scope: GraphScope | undefined;
  let graph: InferredGraph | undefined;
  const inference =
    analysis.inference &&
    watched('inference', analysis.inference, seen, (key) => {
      // The declaration of the file itself: what of it is looked at, is noted there.
      if (key === 'module' || key === 'model') return declaration;
      if (key === 'scope')
        scope ??= watched('scope', analysis.inference!.scope, seen, (each) =>
          // What other files say: when that changes, everything is computed anew.
          each === 'module' ? analysis.inference!.scope.module : undefined,
        );
      if (key === 'graph') graph ??= watched('graph', analysis.inference!.graph, seen);
      return key === 'scope' ? scope : key === 'graph' ? graph : undefined;
    });
  let tree: Tree | undefined;
  const source = watched('source', analysis.source, seen, (key) => {
    if (key === 'tree') tree ??= watched('tree', analysis.source.tree, seen);
    return key === 'tree' ? tree : undefined;
  });
  return watched('analysis', analysis, seen, (key) => {
    if (key === 'source') return source;
    if (key === 'declaration') return declaration;
    if (key === 'inference') return inference;
    if (key === 'flat') return () => note(seen, 'flat', analysis.flat());
    // Asked about all of the file.
    if (key === 'versions') seen.set('versions', undefined);
    // What other files and the host say: when that changes, everything is computed anew.
    return undefined;
  });
}

/** Whether everything is as it was. */
export function isUnchanged(analysis: Analysis, seen: Seen): boolean {
  for (const [place, value] of seen) if (!isSame(value, at(analysis, place))) return false;
  return true;
}

function at(analysis: Analysis, place: Place): unknown {
  if (place === 'flat') return analysis.flat();
  if (place === 'versions') return NEVER;
  return (targetOf(analysis, place.of) as Record<string, unknown> | undefined)?.[place.key];
}

function targetOf(analysis: Analysis, of: Watched): object | undefined {
  if (of === 'tree') return analysis.source.tree;
  if (of === 'scope' || of === 'graph') return analysis.inference?.[of];
  return analysis[of];
}

const NEVER = Symbol('never the same');

/** One object for each place. */
const places = new Map<string, Map<string, Place>>();

function placeOf(of: Watched, key: string): Place {
  const all = remember(places, of, () => new Map<string, Place>());
  return remember(all, key, () => ({ of, key }));
}

function note<T>(seen: Seen, place: Place, value: T): T {
  seen.set(place, value);
  return value;
}

/** Of a source these never change with its text. */
const FIXED = new Set(['file', 'origin', 'kind']);

function watched<T extends object>(
  what: 'analysis' | Watched,
  target: T,
  seen: Seen,
  instead?: (key: string | symbol) => unknown,
): T {
  return new Proxy(target, {
    get(_, key) {
      const other = instead?.(key);
      if (other !== undefined) return other;
      const value = (target as Record<string | symbol, unknown>)[key];
      if (what === 'analysis' || typeof key === 'symbol' || FIXED.has(key)) return value;
      return note(seen, placeOf(what, key), value);
    },
  });
}

/** The same object, or what is made anew of the same parts. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => item === b[i]);
  // A text with its place: a `Located`.
  if (!('value' in a && 'range' in a && 'value' in b && 'range' in b)) return false;
  return a.value === b.value && a.range === b.range;
}
