/** What completion at one place looks at, and what its parts share. */
import type { InferredStep } from '../../inference/graph';
import type { Analysis } from '../../rules/rule';
import type { Cursor } from '../../syntax/cursor';
import { entriesOf, keyOf } from '../../syntax/path';
import type { Candidate } from '../answers';

export interface Context {
  analysis: Analysis;
  cursor: Cursor;
  offset: number;
  /** The node or part that the cursor is in. */
  step: InferredStep | undefined;
}

/** Keys of the map that the cursor is in, without the one that is being typed. */
export function presentKeys({ cursor }: Context): Set<string> {
  return new Set(
    entriesOf(cursor.node)
      .filter((entry) => entry !== cursor.entry)
      .map(keyOf),
  );
}

/** Whether the cursor is on a key that has a value already, and so gets no other. */
export function hasValue({ cursor }: Context): boolean {
  const { entry, node } = cursor;
  return entry?.value !== undefined && entriesOf(node).includes(entry);
}

/** What follows a key. */
export function afterKey(context: Context, value = '$0'): string {
  return hasValue(context) ? '' : `: ${value}`;
}

/** Words for a value, best first. */
export function words(
  { cursor }: Context,
  list: Iterable<{ word: string; detail?: string; documentation?: string; rank?: number }>,
): Candidate[] {
  return [...list].map(({ word, rank = 0, ...rest }) => ({
    label: word,
    kind: 'value',
    insert: escapeSnippet(word),
    replace: cursor.replace,
    rank,
    ...rest,
  }));
}

/** Text that stands for itself in a snippet. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** A place of a snippet with a value to start from, or several to choose among. */
export function placeholder(index: number, values: readonly string[], otherwise = ''): string {
  const plain = values.filter((value) => !/[,|\\]/.test(value));
  if (plain.length > 1) return `\${${index}|${plain.slice(0, 8).join(',')}|}`;
  const value = plain[0] ?? otherwise;
  return value === '' ? `$${index}` : `\${${index}:${escapeSnippet(value)}}`;
}
