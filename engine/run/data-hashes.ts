import type { Plan } from '../../language/plan/format';
import { cacheFolder, FileHashes, hashText } from '../data/cache';
import { sourceFiles } from '../data/sources';
import { EngineFailure } from '../failure';

/** Content hash of every dataset by alias. Files that are not there have no hash here; preparing the data says so. */
export function dataHashes(root: string, plan: Plan): Record<string, string> {
  const hashes = new FileHashes(cacheFolder(root));
  const result: Record<string, string> = {};
  for (const data of plan.data) {
    try {
      const files = Object.entries(sourceFiles(data));
      const content = files.map(([name, paths]) => [name, paths.map((path) => hashes.of(path))]);
      result[data.alias] = hashText(JSON.stringify(content));
    } catch (error) {
      if (!(error instanceof EngineFailure)) throw error;
    }
  }
  hashes.save();
  return result;
}
