import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import type { UnreadText } from '../language/names/source-file';

/** Kind, name and version stand within so many bytes, mostly. */
const HEAD_BYTES = 1024;
/** What is longer is read at once: it may be too long to mean anything. */
const LONG_BYTES = 2 ** 20;

const buffer = Buffer.allocUnsafe(HEAD_BYTES);

/**
 * The text of a file, of which no more is read than says what is in it; the rest once somebody asks for it. Throws what
 * the file system says of a file that cannot be read.
 */
export function headOf(path: string): string | UnreadText {
  const file = openSync(path, 'r');
  try {
    const length = readSync(file, buffer, 0, HEAD_BYTES, 0);
    if (length < HEAD_BYTES) return buffer.toString('utf8', 0, length);
    const lines = buffer.lastIndexOf('\n') + 1;
    if (lines === 0 || isLong(file)) return readFileSync(path, 'utf8');
    return { head: buffer.toString('utf8', 0, lines), read: () => readFileSync(path, 'utf8') };
  } finally {
    closeSync(file);
  }
}

function isLong(file: number): boolean {
  return readSync(file, Buffer.alloc(1), 0, 1, LONG_BYTES) > 0;
}
