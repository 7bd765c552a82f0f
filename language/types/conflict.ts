/** Which facts of many contradict each other. */

/** Knows the facts added so far. */
export interface Knowledge<T> {
  /** A copy that also knows these; undefined when that is a contradiction. */
  with(facts: readonly T[]): Knowledge<T> | undefined;
}

/**
 * A smallest subset of `facts` that contradicts `background` (no member can be left out), in the given order; all of
 * them when no contradiction is found. U. Junker, "QuickXplain: Preferred Explanations and Relaxations for
 * Over-Constrained Problems", AAAI 2004. Earlier facts are preferred.
 */
export function minimalConflict<T>(background: Knowledge<T>, facts: readonly T[]): T[] {
  const search = (known: Knowledge<T> | undefined, added: boolean, candidates: readonly T[]): T[] => {
    if (!known) return added ? [] : [...candidates];
    if (candidates.length <= 1) return [...candidates];
    const middle = Math.ceil(candidates.length / 2);
    const first = candidates.slice(0, middle);
    const fromSecond = search(known.with(first), true, candidates.slice(middle));
    const fromFirst = search(known.with(fromSecond), fromSecond.length > 0, first);
    return [...fromFirst, ...fromSecond];
  };
  return search(background, false, facts);
}

/**
 * Leaves out what is there for nothing, until every fact is needed. For use after `minimalConflict` where the order
 * in which facts come decides whether a contradiction is found.
 */
export function withoutSpare<T>(facts: readonly T[], contradicts: (facts: readonly T[]) => boolean): T[] {
  for (const fact of facts) {
    const rest = facts.filter((other) => other !== fact);
    if (contradicts(rest)) return withoutSpare(rest, contradicts);
  }
  return [...facts];
}
