import type { Analysis } from '../rules/rule';
import { holds } from '../syntax/path';
import type { Location } from './answers';
import { type Occurrence, occurrencesIn } from './occurrences';

/** The innermost name at the offset. */
export function occurrenceAt(analysis: Analysis, offset: number): Occurrence | undefined {
  return occurrencesIn(analysis, { start: offset, end: offset })
    .filter(({ range }) => holds(range, offset))
    .sort((a, b) => a.range.end - a.range.start - (b.range.end - b.range.start))[0];
}

export function definitionAt(analysis: Analysis, offset: number): Location[] {
  const declared = occurrenceAt(analysis, offset)?.declared;
  return declared ? [declared] : [];
}
