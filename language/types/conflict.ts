/**
 * A smallest subset of `facts` that still contradicts (none of its members can be left out), in the given order.
 * U. Junker, "QuickXplain: Preferred Explanations and Relaxations for Over-Constrained Problems", AAAI 2004:
 * for a conflict of size k among n facts it asks about k*log(n/k) times. Earlier facts are preferred.
 */
export function minimalConflict<T>(facts: readonly T[], contradicts: (facts: readonly T[]) => boolean): T[] {
  const search = (background: readonly T[], added: boolean, candidates: readonly T[]): T[] => {
    if (added && contradicts(background)) return [];
    if (candidates.length <= 1) return [...candidates];
    const middle = Math.ceil(candidates.length / 2);
    const first = candidates.slice(0, middle);
    const second = candidates.slice(middle);
    const fromSecond = search([...background, ...first], true, second);
    const fromFirst = search([...background, ...fromSecond], fromSecond.length > 0, first);
    return [...fromFirst, ...fromSecond];
  };
  if (contradicts([])) return [];
  const kept = new Set(search([], false, facts));
  return facts.filter((fact) => kept.has(fact));
}
