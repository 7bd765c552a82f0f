import { relative, resolve } from 'node:path';

/** A path for people: from the current folder where it lies below it, absolute where it lies elsewhere. */
export function shownPath(file: string): string {
  const path = relative(process.cwd(), file);
  return path === '' || /^\.\.([/\\]|$)/.test(path) ? resolve(file) : path;
}
