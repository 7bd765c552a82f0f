import { createHash } from 'node:crypto';
import { type BigIntStats, createReadStream } from 'node:fs';
import type { FileRecord } from '../generated/integrity';
import { openRegular } from './regular-files';

/** Hashes of this process, by place, and what tells that the file is still the same. */
const known = new Map<string, { stamp: string; record: FileRecord }>();
const MOST_KNOWN = 100_000;

/** Hash and size of a plain file, streamed; read again only when it has changed. Throws as `openRegular` does. */
export async function hashFile(folder: string, path: string): Promise<FileRecord> {
  const { fd, status } = openRegular(folder, path);
  // The stream closes the file.
  const stream = createReadStream('', { fd, start: 0, highWaterMark: 2 ** 20 });
  try {
    const place = `${folder}\0${path}`;
    const stamp = stampOf(status);
    const kept = known.get(place);
    if (kept?.stamp === stamp) return kept.record;
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of stream) {
      hash.update(chunk as Buffer);
      size += (chunk as Buffer).byteLength;
    }
    const record = { sha256: hash.digest('hex'), size };
    if (known.size > MOST_KNOWN) known.clear();
    known.set(place, { stamp, record });
    return record;
  } finally {
    stream.destroy();
  }
}

function stampOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}
