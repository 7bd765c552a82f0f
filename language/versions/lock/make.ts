/** What is locked, from what was chosen. */
import semver from 'semver';
import type { Names } from '../../names/catalogue';
import type { PublishedVersion } from '../../names/published';
import { brickIn } from '../../names/reference';
import { choicesOf } from '../resolution/choices';
import type { Resolution } from '../resolution/resolve';
import { askerOf, entryFor, type Lock, type LockEntry, sortedEntries } from './lock';

/** A file that asks registries for something. */
export interface Locking {
  name: string;
  resolution: Resolution;
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
    for (const { slot, published } of choicesOf(file.resolution, file.names)) {
      const id = `${published.name}@${published.version}`;
      let entry = entries.get(id);
      if (!entry) {
        entry = { ...described(published, describe(published)), asked: new Map() };
        const why =
          (before && entryFor(before, published.name, published.version))?.passedOver ??
          whyNotNewest(file, slot, published);
        if (why !== undefined) entry.passedOver = why;
        entries.set(id, entry);
      }
      for (const [asker, range] of askers(file, slot)) entry.asked.set(asker, range);
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

/** The file itself, and whatever it is made of that asks for the same. */
function askers({ name: file, resolution }: Locking, slot: string): [string, string][] {
  const { requests, universe, versions } = resolution;
  const own = requests.filter(({ name }) => name === slot);
  const ranges = [...new Set(own.map(({ range }) => range))].sort().join(', ');
  const found: [string, string][] = own.length > 0 ? [[askerOf(file, own[0]!.reference.slot), ranges]] : [];
  for (const [other, version] of versions) {
    const release = universe.releases(other)?.find((each) => each.version === version);
    for (const { name, range } of release?.requires ?? [])
      if (name === slot) found.push([askerOf(file, undefined, `${brickIn(other)}@${version}`), range]);
  }
  return found;
}

/** One clause; undefined where it is the newest that could be. */
function whyNotNewest(file: Locking, slot: string, chosen: PublishedVersion): string | undefined {
  const { resolution, names } = file;
  const newest = names
    .published(chosen.name)
    .versions.find(({ version, yanked }) => !yanked && !semver.prerelease(version));
  if (!newest || !semver.gt(newest.version, chosen.version)) return undefined;
  const refuted = resolution.refutations.find(({ versions }) => versions.get(slot)?.includes(newest.version));
  if (refuted) return `${newest.version}: ${refuted.reason}`;
  const excluding = askers(file, slot).find(([, ranges]) =>
    ranges.split(', ').some((range) => !semver.satisfies(newest.version, range)),
  );
  if (excluding) return `${newest.version}: ${excluding[0]} asks for ${excluding[1]}`;
  const needs = newest.requires.find(({ name, range }) => {
    const other = resolution.versions.get(name);
    return other === undefined || !semver.satisfies(other, range);
  });
  return needs && `${newest.version}: it requires ${needs.name} ${needs.range}`;
}
