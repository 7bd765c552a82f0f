import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Fills a folder. Where its path has a space, which make takes for the end of a name, that is done elsewhere first. */
export async function filling(folder: string, fill: (place: string) => Promise<void>): Promise<void> {
  if (!/\s/.test(folder)) return fill(folder);
  const place = mkdtempSync(join(tmpdir(), 'brique-build-'));
  try {
    await fill(place);
    cpSync(place, folder, { recursive: true, verbatimSymlinks: true });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
