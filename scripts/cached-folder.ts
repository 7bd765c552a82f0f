import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filling } from '../cli/runtime/filling';
import { repository } from './shell';

const cache = join(repository, '.cache');

/** The folder if it is there, whole, and built from `key`. */
export function findCachedFolder(name: string, key: string): string | undefined {
  const folder = join(cache, name);
  const stamp = join(folder, '.complete');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === key ? folder : undefined;
}

/**
 * Builds a folder beside its final place and renames it, so that a build that was cut short is
 * never taken for a whole one.
 */
export async function cachedFolder(
  name: string,
  key: string,
  build: (folder: string) => Promise<void>,
): Promise<string> {
  const found = findCachedFolder(name, key);
  if (found) return found;
  const partial = join(cache, `${name}.partial-${process.pid}`);
  const remove = () => rmSync(partial, { recursive: true, force: true });
  const cancel = () => {
    remove();
    process.exit(130);
  };
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  process.once('SIGINT', cancel);
  process.once('SIGTERM', cancel);
  try {
    await filling(partial, build);
    writeFileSync(join(partial, '.complete'), key);
    const builtMeanwhile = findCachedFolder(name, key);
    if (builtMeanwhile) return builtMeanwhile;
    const folder = join(cache, name);
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
    return folder;
  } finally {
    process.removeListener('SIGINT', cancel);
    process.removeListener('SIGTERM', cancel);
    remove();
  }
}
