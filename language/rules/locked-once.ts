import semver from 'semver';
import type { BrickReference } from '../names/reference';
import type { LockEntry } from '../versions/lock/lock';
import type { Analysis } from './rule';

/** The highest version that the lock has of what a name asks for, and no registry any more. */
export function lockedOnce(
  { lock, catalogue }: Analysis,
  { name, versionRange = '*' }: BrickReference,
): LockEntry | undefined {
  const read = lock();
  if (!read || !('lock' in read)) return undefined;
  const there = new Set(catalogue.published(name).versions.map(({ version }) => version));
  return read.lock.entries.findLast(
    (entry) =>
      entry.name === name && !there.has(entry.version) && semver.satisfies(entry.version, versionRange),
  );
}
