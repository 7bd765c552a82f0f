import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../../protocol/runs/read';

/**
 * Equal as long as no version came or went in a registry and nothing else was said of one. Looks at folders alone: one
 * look for each brick, however many versions it has.
 */
export async function registryStamp(folder: string): Promise<string> {
  const parts: string[] = [];
  const look = async (path: string, depth: number) => {
    const time = await changed(path);
    if (time === undefined) return;
    parts.push(`${path} ${time}`);
    if (depth === 0) return;
    for (const entry of await readdir(path, { withFileTypes: true })) {
      if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
      // A name with a digit first is a version, whose folder never changes.
      if (!/^\d/.test(entry.name)) await look(join(path, entry.name), depth - 1);
    }
  };
  // Names may have a scope, and flags lie below `.index` in the same way.
  for (const root of [folder, join(folder, '.index', 'flags')]) await look(root, 2);
  return parts.join('\n');
}

async function changed(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
