import { dirname, relative } from 'node:path';
import type { Plan } from '../../language/plan/format';
import { cacheFolder, FileHashes, hashText } from '../data/cache';
import { sourceFiles } from '../data/sources';
import { EngineFailure } from '../failure';

/** So many files are listed one by one; of more than that only the whole is known. */
const MOST_LISTED = 1000;

/** What a dataset's files hold. */
export interface DataHash {
  /** Of all of them. */
  hash: string;
  /** sha256 by path from the dataset's folder; undefined where there are very many. */
  files: Record<string, string> | undefined;
}

/** Of every dataset by alias. Files that are not there have no hash here; preparing the data says so. */
export function dataHashes(root: string, plan: Plan): Record<string, DataHash> {
  const hashes = new FileHashes(cacheFolder(root));
  const result: Record<string, DataHash> = {};
  for (const data of plan.data) {
    try {
      const files = Object.entries(sourceFiles(data));
      const content = files.map(([name, paths]) => [name, paths.map((path) => hashes.of(path))]);
      const named = files.flatMap(([, paths]) =>
        paths.map((path) => [relative(dirname(data.file), path).replaceAll('\\', '/'), hashes.of(path)]),
      );
      result[data.alias] = {
        hash: hashText(JSON.stringify(content)),
        files: named.length <= MOST_LISTED ? Object.fromEntries(named) : undefined,
      };
    } catch (error) {
      if (!(error instanceof EngineFailure)) throw error;
    }
  }
  hashes.save();
  return result;
}

/** How files differ from what they were, in words: `b.csv is gone, and c.csv is new`. Undefined where it is not known. */
export function changeOf(before: DataHash['files'], now: DataHash['files']): string | undefined {
  if (!before || !now) return undefined;
  const gone = Object.keys(before).filter((file) => !(file in now));
  const added = Object.keys(now).filter((file) => !(file in before));
  const changed = Object.keys(now).filter((file) => file in before && before[file] !== now[file]);
  const told = [
    ...inWords(gone, 'is gone', 'are gone'),
    ...inWords(changed, 'has changed', 'have changed'),
    ...inWords(added, 'is new', 'are new'),
  ];
  return told.length > 0 ? told.join(', and ') : undefined;
}

function inWords([first, ...others]: string[], one: string, several: string): string[] {
  if (first === undefined) return [];
  return others.length === 0 ? [`${first} ${one}`] : [`${first} and ${others.length} more ${several}`];
}
