import type { Gradual } from '../../gradual';

/**
 * Some of a set that together are enough for something that needs more than none of them, and of which none can be left
 * out. Asked about k of n about 2k·log2(n/k) + 2k times: QuickXplain (Junker, 2004).
 */
export function* fewest<T>(
  all: readonly T[],
  isEnough: (some: readonly T[]) => Gradual<boolean>,
): Gradual<T[]> {
  function* within(kept: readonly T[], isNew: boolean, open: readonly T[]): Gradual<T[]> {
    if (isNew && (yield* isEnough(kept))) return [];
    if (open.length === 1) return [...open];
    const half = Math.ceil(open.length / 2);
    const [first, second] = [open.slice(0, half), open.slice(half)];
    const later = yield* within([...kept, ...first], true, second);
    const earlier = yield* within([...kept, ...later], later.length > 0, first);
    return [...earlier, ...later];
  }
  return all.length === 0 ? [] : yield* within([], false, all);
}
