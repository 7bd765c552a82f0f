import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { WORKSPACE_FILE } from '../language/names/roots';

/**
 * The root that a file or folder belongs to, where `.brique/` lies: the nearest folder above with a workspace file;
 * else the current folder, if it holds the path; else the path's own folder.
 */
export function workspaceRoot(folder: string, current: string): string {
  for (let candidate = resolve(folder); ; candidate = dirname(candidate)) {
    if (existsSync(join(candidate, WORKSPACE_FILE))) return candidate;
    if (dirname(candidate) === candidate) break;
  }
  return isWithin(folder, current) ? resolve(current) : resolve(folder);
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(way.startsWith('..') || resolve(way) === way);
}
