import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

interface Seen {
  time: number;
  /** Folders in it that may change: none where it holds versions only. */
  folders: readonly string[];
}

/**
 * Tells whether versions came or went in a registry, or something else was said of one. Looks at folders alone: one look
 * for each brick, however many versions it has; a version's own folder never changes.
 */
export class RegistryChanges {
  #seen: ReadonlyMap<string, Seen> | undefined;

  constructor(readonly folder: string) {}

  /** Whether anything is other than at the last look; false at the first. */
  look(): boolean {
    const before = this.#seen;
    const now = new Map<string, Seen>();
    // Names may have a scope, and flags lie below `.index` in the same way.
    for (const root of [this.folder, join(this.folder, '.index', 'flags')]) this.#visit(root, 2, now);
    this.#seen = now;
    if (!before) return false;
    return before.size !== now.size || [...now].some(([path, { time }]) => before.get(path)?.time !== time);
  }

  #visit(path: string, depth: number, now: Map<string, Seen>): void {
    const time = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (time === undefined) return;
    const known = this.#seen?.get(path);
    const folders = depth === 0 ? [] : known?.time === time ? known.folders : foldersIn(path);
    now.set(path, { time, folders });
    for (const name of folders) this.#visit(join(path, name), depth - 1, now);
  }
}

/** Without versions, which begin with a digit, and without what is hidden. */
function foldersIn(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^[\d.]/.test(entry.name))
      .map(({ name }) => name);
  } catch {
    return []; // Gone since, or not for us to read: whoever asks for a brick is told.
  }
}
