import { isAbsolute, relative, sep } from 'node:path';

/** Whether a path lies in a folder; both absolute, with links resolved. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
