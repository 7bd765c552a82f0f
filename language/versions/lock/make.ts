/** What is locked, from what was chosen. */
import semver from 'semver';
import type { Names } from '../../names/catalogue';
import type { PublishedVersion } from '../../names/published';
import type { Resolution } from '../resolution/resolve';
import { entryFor, type Lock, type LockEntry, sortedEntries } from './lock';
import type { Taken } from './taken';

/** A file that asks registries for something. */
export interface Locking {
  taken: readonly Taken[];
  /** Undefined where nothing had to be chosen. */
  resolution: Resolution | undefined;
  names: Names;
}

/** What only the host knows of a version. */
export interface Described {
  /** Its registry, as the workspace names it. */
  from: string;
  parents: readonly { name: string; version: string; hash: string }[];
}

export function makeLock(
  files: readonly Locking[],
  before: Lock | undefined,
  describe: (version: PublishedVersion) => Described,
): Lock {
  const entries = new Map<string, LockEntry & { asked: Map<string, string> }>();
  for (const file of files)
    for (const taken of file.taken) {
      const { published } = taken;
      const id = `${published.name}@${published.version}`;
      let entry = entries.get(id);
      if (!entry) {
        entry = { ...described(published, describe(published)), asked: new Map() };
        const why =
          (before && entryFor(before, published.name, published.version))?.passedOver ??
          whyNotNewest(file, taken);
        if (why !== undefined) entry.passedOver = why;
        entries.set(id, entry);
      }
      for (const [asker, range] of taken.askers) entry.asked.set(asker, range);
    }
  return { entries: sortedEntries([...entries.values()]) };
}

function described(version: PublishedVersion, { from, parents }: Described): Omit<LockEntry, 'asked'> {
  return {
    name: version.name,
    version: version.version,
    from,
    hash: version.hash,
    interface: version.interface,
    ...(version.weights === undefined ? {} : { weights: version.weights }),
    trainedAgainst: new Map(parents.map(({ name, version: of, hash }) => [`${name}@${of}`, hash])),
  };
}

/** One clause; undefined where it is the newest that could be. */
function whyNotNewest(
  { resolution, names }: Locking,
  { slot, published: chosen, askers }: Taken,
): string | undefined {
  const newest = names
    .published(chosen.name)
    .versions.find(({ version, yanked }) => !yanked && !semver.prerelease(version));
  if (!newest || !semver.gt(newest.version, chosen.version)) return undefined;
  const refuted = resolution?.refutations.find(({ versions }) =>
    versions.get(slot)?.includes(newest.version),
  );
  if (refuted) return `${newest.version}: ${refuted.reason}`;
  const base = resolution?.bases.find(({ published }) => published === chosen);
  const over = base?.passedOver?.find(({ version }) => version === newest.version);
  if (over) return `${newest.version}: ${over.reason}`;
  const excluding = askers.find(([, ranges]) =>
    ranges.split(', ').some((range) => !semver.satisfies(newest.version, range)),
  );
  if (excluding) return `${newest.version}: ${excluding[0]} asks for ${excluding[1]}`;
  // Only the lock holds it back, or nothing was chosen.
  if (resolution?.versions.get(slot) !== chosen.version) return undefined;
  if (resolution.preferences.locked?.get(slot) === chosen.version) return undefined;
  const needs = newest.requires.find(({ name, range }) => {
    const other = resolution.versions.get(name);
    return other === undefined || !semver.satisfies(other, range);
  });
  return needs && `${newest.version}: it requires ${needs.name} ${needs.range}`;
}
