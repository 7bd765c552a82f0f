/** Id of the empty places behind a short text. */
export const PADDING = 0;
/** Id of everything that the training split did not hold, or held too rarely. */
export const UNKNOWN = 1;
/** The first id that stands for a token. */
export const FIRST = 2;

/** Runs of letters and digits; an apostrophe inside a word belongs to it. */
const WORD = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}\p{N}]+)*/gu;

export function words(text: string): string[] {
  return text.match(WORD) ?? [];
}

/** Words, then pairs of neighbouring words. */
export function wordsAndPairs(text: string): string[] {
  const single = words(text);
  return [...single, ...single.slice(1).map((word, i) => `${single[i]} ${word}`)];
}

/** Whole code points. */
export function characters(text: string): string[] {
  return Array.from(text);
}

/** Tokens seen at least `least` times, the most frequent first, ties in alphabetical (code unit) order; at most `count`. */
export function mostFrequent(texts: Iterable<string[]>, count: number, least: number): string[] {
  const counts = new Map<string, number>();
  for (const tokens of texts) for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return [...counts]
    .filter(([, n]) => n >= least)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, Math.max(0, count))
    .map(([token]) => token);
}

/** Ids [rows, length]: cut at the end, or padded there. */
export function idRows(texts: string[][], vocabulary: string[], length: number): Int32Array {
  const ids = new Map(vocabulary.map((token, index) => [token, index + FIRST]));
  const result = new Int32Array(texts.length * length).fill(PADDING);
  for (const [row, tokens] of texts.entries()) {
    const count = Math.min(tokens.length, length);
    for (let i = 0; i < count; i++) result[row * length + i] = ids.get(tokens[i]!) ?? UNKNOWN;
  }
  return result;
}
