/** The user's own cache folder: what lies there can be made again, and nobody else's files can bring it. */
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

const UNUSED_MS = 30 * 24 * 3_600_000;
const MOST_ALIKE = 64;

export function cacheFolder(): string {
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  const given = process.platform === 'win32' ? LOCALAPPDATA : XDG_CACHE_HOME;
  const own = process.platform === 'darwin' ? 'Library/Caches' : '.cache';
  return join(given || join(homedir(), own), 'brique');
}

/** Writes all of a file or nothing, and removes its like, of `isAlike`, where they are many or a month old. */
export function keepInCache(file: string, data: Buffer | string, isAlike: (name: string) => boolean): void {
  const folder = dirname(file);
  const unfinished = `${file}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(unfinished, data, { mode: 0o600 });
    renameSync(unfinished, file);
    const alike = readdirSync(folder)
      .filter(isAlike)
      .map((name) => {
        const path = join(folder, name);
        return { path, time: statSync(path).mtimeMs };
      });
    alike.sort((a, b) => b.time - a.time);
    for (const [i, { path, time }] of alike.entries())
      if (i >= MOST_ALIKE || Date.now() - time > UNUSED_MS) rmSync(path);
  } catch {
    // A home that cannot be written to costs time at the next start, and nothing else.
  }
}
