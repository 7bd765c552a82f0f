/**
 * A set of the versions of one package, as bits; the last bit stands for "not selected". With finite sets, positive and
 * negative terms of PubGrub are plain set algebra, and the gaps of range arithmetic do not arise.
 */
import semver from 'semver';
import type { Release, Universe } from './universe';

export type VersionSet = bigint;

/** The versions of a package, highest first, and the sets over them. */
export class Versions {
  /** Highest first. */
  readonly releases: readonly Release[];
  /** Everything, "not selected" included. */
  readonly all: VersionSet;
  readonly unselected: VersionSet;
  private readonly index = new Map<string, number>();
  private readonly parsed: readonly (semver.SemVer | null)[];
  private readonly ranges = new Map<string, VersionSet>();
  private readonly sizes = new Map<VersionSet, number>();

  constructor(
    readonly name: string,
    releases: readonly Release[],
    /** Whether anybody knows the name. */
    readonly known: boolean,
  ) {
    this.releases = [...releases].sort((a, b) => compareVersions(b.version, a.version));
    this.releases.forEach((release, index) => {
      this.index.set(release.version, index);
    });
    this.parsed = this.releases.map(({ version }) => semver.parse(version));
    this.unselected = 1n << BigInt(this.releases.length);
    this.all = (this.unselected << 1n) - 1n;
  }

  one(version: string): VersionSet {
    const index = this.index.get(version);
    return index === undefined ? 0n : 1n << BigInt(index);
  }

  of(versions: Iterable<string>): VersionSet {
    let set = 0n;
    for (const version of versions) set |= this.one(version);
    return set;
  }

  /**
   * The versions in a range. Pre-releases are in it only when it names one of the same version. A shared resource has
   * values instead of versions; there a range is one value.
   */
  inRange(range: string): VersionSet {
    let set = this.ranges.get(range);
    if (set === undefined) {
      const parsed = parseRange(range);
      set = this.where(({ version }, index) => {
        const own = this.parsed[index];
        return version === range || (own != null && parsed?.test(own) === true);
      });
      this.ranges.set(range, set);
    }
    return set;
  }

  where(holds: (release: Release, index: number) => boolean): VersionSet {
    let set = 0n;
    this.releases.forEach((release, index) => {
      if (holds(release, index)) set |= 1n << BigInt(index);
    });
    return set;
  }

  not(set: VersionSet): VersionSet {
    return this.all ^ set;
  }

  /** The releases in a set, highest first. */
  *in(set: VersionSet): Generator<Release> {
    for (const [index, release] of this.releases.entries()) if ((set >> BigInt(index)) & 1n) yield release;
  }

  /** Number of members, "not selected" included. */
  size(set: VersionSet): number {
    let count = this.sizes.get(set);
    if (count === undefined) {
      count = 0;
      for (let rest = set; rest > 0n; rest &= rest - 1n) count += 1;
      this.sizes.set(set, count);
    }
    return count;
  }
}

/** What was made of releases, which are the same list for the same name as long as nothing changes. */
const made = new WeakMap<readonly Release[], Versions>();

const tables = new WeakMap<Universe, VersionTable>();

/** The table of a universe; the same one whoever asks. */
export function tableOf(universe: Universe): VersionTable {
  let table = tables.get(universe);
  if (!table) {
    table = new VersionTable(universe);
    tables.set(universe, table);
  }
  return table;
}

/** The sets of a universe, made when first asked for. */
export class VersionTable {
  private readonly byName = new Map<string, Versions>();

  constructor(private readonly universe: Universe) {}

  of(name: string): Versions {
    let versions = this.byName.get(name);
    if (!versions) {
      versions = versionsOf(name, this.universe.releases(name));
      this.byName.set(name, versions);
    }
    return versions;
  }
}

function versionsOf(name: string, releases: readonly Release[] | undefined): Versions {
  const known = releases && made.get(releases);
  if (known?.name === name) return known;
  const versions = new Versions(name, releases ?? [], releases !== undefined);
  if (releases) made.set(releases, versions);
  return versions;
}

const parsedRanges = new Map<string, semver.Range | undefined>();

/** Ranges repeat across a registry, and parsing one costs more than testing with it. */
function parseRange(range: string): semver.Range | undefined {
  if (!parsedRanges.has(range)) {
    if (parsedRanges.size > 10_000) parsedRanges.clear();
    parsedRanges.set(range, semver.validRange(range) === null ? undefined : new semver.Range(range));
  }
  return parsedRanges.get(range);
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [semver.parse(a), semver.parse(b)];
  if (left && right) return left.compare(right);
  return a < b ? -1 : Number(a > b);
}
