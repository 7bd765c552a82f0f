/** Which facts of many contradict each other. */

/** Knows facts, takes more in, and forgets the latest again. */
export interface Knowledge<T> {
  /** How much is known now, for `forget`. */
  mark(): number;
  /** False when the fact contradicts what is known. */
  add(fact: T): boolean;
  forget(mark: number): void;
  /** Whether what is known contradicts the background. */
  isContradictory(): boolean;
}

/**
 * A smallest subset of `facts` that contradicts the background (no member can be left out); all of them when no
 * contradiction is found. U. Junker, "QuickXplain: Preferred Explanations and Relaxations for Over-Constrained
 * Problems", AAAI 2004. Earlier facts are preferred.
 */
export function minimalConflict<T>(known: Knowledge<T>, facts: readonly T[]): T[] {
  /** `holds` is false once adding facts has already failed. */
  const search = (holds: boolean, added: boolean, candidates: readonly T[]): T[] => {
    if (!holds || (added && known.isContradictory())) return [];
    if (candidates.length <= 1) return [...candidates];
    const middle = Math.ceil(candidates.length / 2);
    const first = candidates.slice(0, middle);
    const fromSecond = within(first, candidates.slice(middle));
    return [...within(fromSecond, first), ...fromSecond];
  };
  const within = (given: readonly T[], candidates: readonly T[]): T[] => {
    const mark = known.mark();
    const found = search(
      given.every((fact) => known.add(fact)),
      given.length > 0,
      candidates,
    );
    known.forget(mark);
    return found;
  };
  return search(true, false, facts);
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
