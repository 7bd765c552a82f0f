import type { Analysis } from '../rules/rule';
import { holds } from '../syntax/path';
import type { Location } from './answers';
import { type Occurrence, occurrencesIn } from './occurrences';

/** The innermost name at the offset. */
export function occurrenceAt(analysis: Analysis, offset: number): Occurrence | undefined {
  return occurrencesIn(analysis)
    .filter(({ range }) => holds(range, offset))
    .sort((a, b) => a.range.end - a.range.start - (b.range.end - b.range.start))[0];
}

export function definitionAt(analysis: Analysis, offset: number): Location[] {
  const declared = occurrenceAt(analysis, offset)?.declared;
  return declared ? [declared] : [];
}

export function referencesAt(analysis: Analysis, offset: number, all: () => Analysis[]): Location[] {
  const declared = occurrenceAt(analysis, offset)?.declared;
  if (!declared) return [];
  const found = all().flatMap((other) =>
    occurrencesIn(other)
      .filter((occurrence) => sameLocation(occurrence.declared, declared))
      .map(({ range }) => ({ file: other.source.file, range })),
  );
  return [declared, ...found.filter((location) => !sameLocation(location, declared))];
}

function sameLocation(a: Location | undefined, b: Location): boolean {
  return a?.file === b.file && a.range.start === b.range.start;
}
