/**
 * What a rule looked at of its file. A rule that found nothing finds nothing again as long as all of it is the same:
 * after an edit that leaves it alone, the rule need not run.
 */
import { remember } from '../remember';
import type { Analysis } from './rule';

/** What can be seen: `declaration.train`, for one. */
type Place = 'flat' | 'versions' | { of: 'source' | 'declaration' | 'inference'; key: string };

export type Seen = Map<Place, unknown>;

/** What rules that found nothing looked at, by rule. */
export type Looked = ReadonlyMap<string, Seen>;

/** The same analysis, which notes what is looked at. One for each rule: what rules remember of it is their own. */
export function noting(analysis: Analysis, seen: Seen): Analysis {
  const declaration = analysis.declaration && watched('declaration', analysis.declaration, seen);
  const inference =
    analysis.inference &&
    watched('inference', analysis.inference, seen, (key) =>
      // The declaration of the file itself: what of it is looked at, is noted there.
      key === 'module' || key === 'model' ? declaration : undefined,
    );
  const source = watched('source', analysis.source, seen);
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
  const of = analysis[place.of] as Record<string, unknown> | undefined;
  return of?.[place.key];
}

const NEVER = Symbol('never the same');

/** One object for each place. */
const places = new Map<string, Map<string, Place>>();

function placeOf(of: 'source' | 'declaration' | 'inference', key: string): Place {
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
  what: 'analysis' | 'source' | 'declaration' | 'inference',
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
