/** What `brique.lock` pins: for each file that asks, which published versions were chosen. */
import semver from 'semver';
import { slotOf } from '../../names/reference';

export const LOCK_FILE = 'brique.lock';

export interface LockEntry {
  name: string;
  version: string;
  /** The registry that it is from, as the workspace names it. */
  from?: string;
  /** sha256 of the whole version, of its interface and of its weights, hex. */
  hash: string;
  interface?: string;
  weights?: string;
  /** Who asks, with the range: `demo`, `demo as teacher`, `demo > encoder@1.2.0`. */
  asked: ReadonlyMap<string, string>;
  /** Why it is not the newest. */
  passedOver?: string;
  /** Published versions that its weights were trained on top of, with their hashes. */
  trainedAgainst: ReadonlyMap<string, string>;
}

export interface Lock {
  /** Sorted by name, then version. */
  entries: readonly LockEntry[];
}

/** Why a lock cannot be read, for people. */
export interface LockProblem {
  /** From 1. */
  line: number;
  message: string;
  /** Written by a later Brique, which knows what this one would lose. */
  isLater?: true;
}

/** An entry asked for by a file or by something that the file is made of. */
export function askerOf(file: string, slot: string | undefined, through?: string): string {
  const own = slot === undefined ? file : `${file} as ${slot}`;
  return through === undefined ? own : `${file} > ${through}`;
}

/** By slot, the version that a file had when it was locked; of bricks that it is new to, that of others. */
export function lockedFor({ entries }: Lock, file: string): Map<string, string> {
  const found = new Map<string, string>();
  const others = new Map<string, string>();
  // The highest last, where two branches have brought two.
  for (const { name, version, asked } of entries) {
    others.set(name, version);
    for (const asker of asked.keys()) {
      const [, own, slot] = /^(\S+)(?: as (\S+))?/.exec(asker) ?? [];
      if (own === file) found.set(slotOf({ name, ...(slot === undefined ? {} : { slot }) }), version);
    }
  }
  return new Map([...others, ...found]);
}

export function entryFor({ entries }: Lock, name: string, version: string): LockEntry | undefined {
  return entries.find((entry) => entry.name === name && entry.version === version);
}

export function sortedEntries(entries: readonly LockEntry[]): LockEntry[] {
  return [...entries].sort((a, b) =>
    a.name === b.name ? compared(a.version, b.version) : a.name < b.name ? -1 : 1,
  );
}

function compared(a: string, b: string): number {
  return semver.valid(a) && semver.valid(b) ? semver.compare(a, b) : Number(a > b) - Number(a < b);
}
