import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileRecord } from '../generated/integrity';

/** A new file of these bytes, synced; its hash and size. */
export async function writeChunks(chunks: AsyncIterable<Uint8Array>, to: string): Promise<FileRecord> {
  const target = await open(to, 'wx');
  try {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of chunks) {
      hash.update(chunk);
      size += chunk.byteLength;
      await target.writeFile(chunk);
    }
    await target.sync();
    return { sha256: hash.digest('hex'), size };
  } finally {
    await target.close();
  }
}
