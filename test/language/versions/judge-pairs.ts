/** Pairs of versions, and what is to be said of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SourceFile } from '../../../language/names/source-file';
import { judge, type Verdict } from '../../../language/versions/judge/judge';
import { libraryFiles } from '../library';

const folder = join(__dirname, 'pairs');

export interface FixturePair {
  name: string;
  old: string;
  next: string;
  expected: string;
}

export const pairs: FixturePair[] = readdirSync(folder)
  .sort()
  .map((name) => {
    const read = (file: string) => readFileSync(join(folder, name, file), 'utf8');
    return {
      name,
      old: read('old.brique.yaml'),
      next: read('new.brique.yaml'),
      expected: read('expected.txt'),
    };
  });

export const library = libraryFiles().map(({ file, text }) => new SourceFile(file, text, 'library'));

const known = new Map<string, Verdict>();

export function judged(old: string, next: string): Verdict {
  const key = JSON.stringify([old, next]);
  const before = known.get(key);
  if (before) return before;
  const version = (text: string) => ({ source: new SourceFile('brick.brique.yaml', text, 'workspace') });
  const verdict = judge(version(old), version(next), { sources: library });
  if (!verdict) throw new Error('one of the two is no brick');
  known.set(key, verdict);
  return verdict;
}

/** As in `expected.txt`. */
export function shown({ required, changes }: Verdict): string {
  const lines = changes.map(
    ({ rule, surface, severity, subject }) => `${rule} ${surface} ${severity} ${subject.name}`,
  );
  return `${[required, ...lines].join('\n')}\n`;
}
