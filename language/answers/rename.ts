import type { Analysis } from '../rules/rule';
import type { Range } from '../syntax/tree';
import type { TextEdit } from './answers';
import { occurrenceAt, referencesAt } from './definition';
import type { Meaning } from './occurrences';

/** Names that start another way would need quotes or could not be named in a wire. */
const patterns: Partial<Record<Meaning['kind'], RegExp>> = {
  module: /^([a-z0-9]+(-[a-z0-9]+)*\/)?[a-z0-9]+(-[a-z0-9]+)*$/,
  dataset: /^([a-z0-9]+(-[a-z0-9]+)*\/)?[a-z0-9]+(-[a-z0-9]+)*$/,
};
const word = /^[A-Za-z_][\w-]*$/;

/** What can be renamed at the offset, and what it is called now. */
export function renamable(analysis: Analysis, offset: number): { range: Range; name: string } | undefined {
  const found = occurrenceAt(analysis, offset);
  if (!found?.declared) return undefined;
  return { range: found.range, name: analysis.source.text.slice(found.range.start, found.range.end) };
}

/** Edits that give it another name wherever it is named, or why that name cannot be. */
export function renameAt(
  analysis: Analysis,
  offset: number,
  name: string,
  all: () => Analysis[],
): { edits: TextEdit[] } | { refusal: string } {
  const found = occurrenceAt(analysis, offset);
  if (!found?.declared) return { refusal: 'There is nothing here that has a name of its own' };
  if (!(patterns[found.meaning.kind] ?? word).test(name)) {
    return { refusal: `\`${name}\` cannot be a name here` };
  }
  return { edits: referencesAt(analysis, offset, all).map((location) => ({ ...location, text: name })) };
}
