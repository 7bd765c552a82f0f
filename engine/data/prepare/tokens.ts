/** Id of the empty places behind a short text. */
export const PADDING = 0;
/** Id of everything that the training split did not hold, or held too rarely. */
export const UNKNOWN = 1;
/** The first id that stands for a token. */
export const FIRST = 2;

/** Words (with the apostrophes inside them) and single other signs, as people read them. */
const TOKEN = /[\p{L}\p{M}\p{N}_]+(?:['’][\p{L}\p{M}\p{N}]+)*|[^\s\p{L}\p{M}\p{N}_]/gu;

export function words(text: string, lowercase: boolean): string[] {
  return (lowercase ? text.toLowerCase() : text).match(TOKEN) ?? [];
}

export function characters(text: string, lowercase: boolean): string[] {
  return Array.from(lowercase ? text.toLowerCase() : text);
}

/** The most frequent tokens first, ties in alphabetical (code unit) order; at most `count`. */
export function mostFrequent(texts: Iterable<string[]>, count: number): string[] {
  const counts = new Map<string, number>();
  for (const tokens of texts) for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return [...counts]
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
