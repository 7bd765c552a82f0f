/** Prepared tensors on disk, by the content that they came from. A cache: whatever is unsound in it is made anew. */
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../make-folder';

/** Content hashes of files, remembered by size and time so that unchanged files are not read again. */
export class FileHashes {
  readonly #file: string;
  readonly #known: Record<string, { size: number; modified: string; hash: string }>;
  #changed = false;

  constructor(folder: string) {
    this.#file = join(folder, 'files.json');
    this.#known = readJson(this.#file) ?? {};
  }

  /** sha256 of a file's bytes, hex. */
  of(file: string): string {
    const before = statSync(file, { bigint: true });
    const modified = `${before.mtimeNs} ${before.ino}`;
    const known = this.#known[file];
    if (known && known.size === Number(before.size) && known.modified === modified) return known.hash;
    const hash = hashFile(file);
    // A file that was changed a moment ago may change again within the clock's grain, unseen (git's "racy" entries).
    if (Date.now() - Number(before.mtimeMs) > 2000) {
      this.#known[file] = { size: Number(before.size), modified, hash };
      this.#changed = true;
    }
    return hash;
  }

  /** What cannot be written is hashed again the next time. */
  save(): void {
    if (!this.#changed) return;
    try {
      writeAtomically(this.#file, JSON.stringify(this.#known));
    } catch {
      return;
    }
    this.#changed = false;
  }
}

export function hashFile(file: string): string {
  const hash = createHash('sha256');
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.allocUnsafe(1 << 20);
    for (let count = readSync(descriptor, buffer); count > 0; count = readSync(descriptor, buffer)) {
      hash.update(buffer.subarray(0, count));
    }
  } finally {
    closeSync(descriptor);
  }
  return hash.digest('hex');
}

export function hashBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Writes beside the target, then renames: a reader sees the old file or the new one, never half of it. */
export function writeAtomically(file: string, content: Uint8Array | string): void {
  const temporary = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** As `writeAtomically`, and on the disk before it has its name: what was there before outlives a power cut. */
export function writeDurably(file: string, content: Uint8Array | string): void {
  const temporary = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    writeFileSync(temporary, content, { flush: true });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  // Only where folders can be opened is a new name made sure of this way.
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

export function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return undefined; // Not there, or unsound: to a cache that is the same.
  }
}

/** The folder of a workspace's cache, made if need be. */
export function cacheFolder(root: string): string {
  const folder = join(root, '.brique', 'cache');
  makeFolder(folder);
  return folder;
}
