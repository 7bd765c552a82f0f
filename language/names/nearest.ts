/** Of more mistakes in one file, names are compared no longer. */
const MOST_SUGGESTIONS = 50;

/** The nearest names for many, each looked for once. */
export class Suggestions {
  readonly #found = new Map<string, string | undefined>();

  of(name: string, candidates: readonly string[]): string | undefined {
    if (this.#found.has(name) || this.#found.size >= MOST_SUGGESTIONS) return this.#found.get(name);
    const found = nearest(name, candidates);
    this.#found.set(name, found);
    return found;
  }
}

/** The candidate most like a misspelt name, or none when nothing is alike enough. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  const lower = name.toLowerCase();
  for (const candidate of candidates) {
    const other = candidate.toLowerCase();
    const distance = isShort(lower, other)
      ? 1
      : Math.min(editDistance(lower, other, bestDistance), longer(lower, other));
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Damerau-Levenshtein (optimal string alignment), at most `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let leastBefore = 0;
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(previous[j]! + 1, row[j - 1]! + 1, replaced);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
      if (cost < least) least = cost;
    }
    // No later row is less than the least of two rows.
    if (least >= limit && leastBefore >= limit) return limit;
    leastBefore = least;
    before = previous;
    previous = row;
  }
  return Math.min(previous[b.length]!, limit);
}

/** Half a word is the word that was being typed. */
function isBeginning(name: string, candidate: string): boolean {
  return name.length > 1 && name.length < candidate.length && candidate.startsWith(name);
}

function isShort(name: string, candidate: string): boolean {
  return isBeginning(name, candidate) || isInitials(name, candidate);
}

/** `integer` for `int` is farther than any slip, and nearer than another word. */
function longer(name: string, candidate: string): number {
  const isLonger =
    candidate.length > 2 && name.startsWith(candidate) && /[a-z]/.test(name[candidate.length] ?? '');
  return isLonger ? 2 : Infinity;
}

/** `lr` for `learning_rate`. */
export function isInitials(name: string, candidate: string): boolean {
  if (name.length < 2 || name.length * 2 > candidate.length) return false;
  const words = candidate.split(/[_-]/);
  return words.length === name.length && words.every((word, i) => word[0] === name[i]);
}
