/** Reading files of a registry without being led out of it: no links are followed, nothing but plain files opened. */
import {
  type BigIntStats,
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  type Stats,
} from 'node:fs';
import { join } from 'node:path';
import { codeOf, RegistryFailure, refuse } from './failure';
import { quoted } from './names';

/** A pipe must not wait for a writer, and a link in the last place must not be followed. Windows knows neither. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a plain file below `folder`, whose own path is trusted. The caller closes it.
 * Throws `not-there`, `is-link` or `not-a-file`.
 */
export function openRegular(folder: string, path: string): { fd: number; status: BigIntStats } {
  const segments = path.split('/');
  for (let count = 1; count < segments.length; count++) requireFolder(folder, segments.slice(0, count));
  const full = join(folder, path);
  const before = statusOf(full) ?? refuse('not-there', `${quoted(path)} is not there (${full})`);
  if (before.isSymbolicLink())
    refuse('is-link', `${quoted(path)} is a link, which a registry does not follow`);
  if (!before.isFile()) refuse('not-a-file', `${quoted(path)} is not a plain file (${full})`);
  const fd = openedFile(full);
  const status = fstatSync(fd, { bigint: true });
  if (status.isFile()) return { fd, status };
  closeSync(fd);
  return refuse('not-a-file', `${quoted(path)} is not a plain file (${full})`);
}

function openedFile(path: string): number {
  try {
    return openSync(path, FLAGS);
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** What the system refuses is told as other failures are. */
function unreadable(path: string, error: unknown): unknown {
  const why = WHY[codeOf(error) ?? ''];
  return why === undefined ? error : new RegistryFailure('unreadable', `${path} cannot be read: ${why}`);
}

const WHY: Record<string, string> = {
  EACCES: 'no permission',
  EPERM: 'no permission',
  EIO: 'the disk reported an error',
  ELOOP: 'it is a link, or links go round',
  ENAMETOOLONG: 'its path is too long for this system',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
};

function requireFolder(folder: string, segments: string[]): void {
  const path = segments.join('/');
  const status = statusOf(join(folder, path));
  if (!status) refuse('not-there', `The folder ${quoted(path)} is not there`);
  if (status.isSymbolicLink())
    refuse('is-link', `${quoted(path)} is a link, which a registry does not follow`);
  if (!status.isDirectory()) refuse('not-a-file', `${quoted(path)} is not a folder`);
}

/** Of the link itself, where it is one; undefined where nothing is there. */
function statusOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return undefined;
    throw unreadable(path, error);
  }
}

/** Whether it is a folder, and not a link to one. */
export function isFolder(path: string): boolean {
  return statusOf(path)?.isDirectory() ?? false;
}

/** At most `most` bytes from the start of an open file. */
export function readStart(fd: number, most: number): Buffer {
  const bytes = Buffer.alloc(most);
  let length = 0;
  while (length < most) {
    const count = readSync(fd, bytes, length, most - length, length);
    if (count === 0) break;
    length += count;
  }
  return bytes.subarray(0, length);
}

/** The whole file. Throws `too-large` beyond `most` bytes. */
export function readRegular(folder: string, path: string, most: number): Buffer {
  const { fd, status } = openRegular(folder, path);
  try {
    if (status.size > BigInt(most)) {
      refuse('too-large', `${quoted(path)} has ${status.size} bytes; at most ${most} are read`);
    }
    return readStart(fd, Number(status.size));
  } finally {
    closeSync(fd);
  }
}

/** UTF-8 without invalid bytes, of a file of at most `most` bytes. */
export function readText(folder: string, path: string, most: number): string {
  return decode(readRegular(folder, path, most), path);
}

export function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse('not-text', `${quoted(path)} is not UTF-8 text`);
  }
}

/** What lies in a folder, by name; nothing where there is no such folder. */
export function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    throw unreadable(folder, error);
  }
}

const MOST_FILES = 100_000;

export interface Found {
  /** With `/`. */
  path: string;
  what: 'file' | 'link' | 'other';
}

/** Everything below a folder that is not a folder; empty folders are left out. */
export function filesBelow(folder: string): Found[] {
  const found: Found[] = [];
  const open = [''];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    for (const entry of entriesOf(join(folder, current))) {
      const path = current === '' ? entry.name : `${current}/${entry.name}`;
      if (entry.isDirectory()) open.push(path);
      else found.push({ path, what: entry.isFile() ? 'file' : entry.isSymbolicLink() ? 'link' : 'other' });
      if (found.length + open.length > MOST_FILES) {
        refuse('too-many-files', `${folder} holds more than ${MOST_FILES} files`);
      }
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
