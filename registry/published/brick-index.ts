/**
 * The index of one brick: `.index/bricks/<name>.json` for what every question needs, `.index/details/<name>.json` for
 * the rest. It follows from the published folders, so nobody has to lock it: who finds it not current makes it anew.
 */
import { basename, dirname, join, posix } from 'node:path';
import type { BrickInterface } from '../../language/versions/interface';
import type { Integrity } from '../generated/integrity';
import type { BrickDetails, BrickReleases, BrokenRelease, IndexedRelease } from '../generated/registry-index';
import { validateBrickDetails, validateBrickReleases } from '../generated/validate';
import { sha256 } from '../sha256';
import { describePublished } from './describe';
import { codeOf, RegistryFailure, refuse } from './failure';
import { listFolders, listVersions, placeOf } from './folders';
import { readIntegrity } from './integrity';
import { problemOfVersion } from './names';
import { isFolder, readRegular, readText } from './regular-files';
import { ownFolder, writeAtomic } from './staging';

const MOST_BYTES = 2 ** 29;

/** Not ours to write, full, or something else stands in the way. */
const UNWRITABLE = new Set(
  'EACCES EPERM EROFS ENOSPC EDQUOT EISDIR ENOTDIR EEXIST ENOTEMPTY is-link not-writable'.split(' '),
);

type Indexed = Pick<IndexedRelease, 'version' | 'interface'>;

export class BrickIndex {
  private constructor(
    private readonly registry: string,
    private readonly name: string,
    /** Highest version first. */
    readonly releases: readonly IndexedRelease[],
    /** Versions that cannot be used, and why. */
    readonly broken: readonly BrokenRelease[],
    private known?: BrickDetails,
  ) {}

  /** Current: exactly the versions that have a folder. A registry that cannot be written to is read all the same. */
  static open(registry: string, name: string): BrickIndex {
    const folders = listFolders(registry, name);
    // Most names that are asked for are published nowhere: nothing is kept of those.
    if (folders.size === 0 && !BrickIndex.read(registry, name)) {
      return new BrickIndex(registry, name, [], [], { interfaces: {}, integrity: {} });
    }
    const kept = folders.size > 0 ? BrickIndex.read(registry, name) : undefined;
    if (kept && kept.broken.length === 0 && isAbout(kept, folders)) return kept;
    const made = BrickIndex.make(registry, name, listVersions(registry, name), kept);
    if (JSON.stringify(kept?.summary()) !== JSON.stringify(made.summary())) made.save();
    return made;
  }

  /** Made from the folders alone. */
  static rebuild(registry: string, name: string): BrickIndex {
    const made = BrickIndex.make(registry, name, listVersions(registry, name), undefined);
    made.save();
    return made;
  }

  /** As it lies on disk, whether or not it is current; undefined where it is missing or damaged. */
  static read(registry: string, name: string): BrickIndex | undefined {
    const summary = readJson(registry, 'bricks', name);
    if (!validateBrickReleases(summary) || summary.name !== name) return undefined;
    return new BrickIndex(registry, name, summary.releases, summary.broken);
  }

  /** What does not change is taken over from an index that was already there. */
  private static make(
    registry: string,
    name: string,
    versions: readonly string[],
    kept: BrickIndex | undefined,
  ): BrickIndex {
    const releases: IndexedRelease[] = [];
    const broken: BrokenRelease[] = [];
    const details: BrickDetails = { interfaces: {}, integrity: {} };
    for (const version of versions) {
      try {
        const entry = kept?.entry(version) ?? entryOf(registry, name, version);
        releases.push(entry.release);
        details.interfaces[entry.release.interface] = { ...entry.interface };
        details.integrity[version] = { ...entry.integrity };
      } catch (error) {
        broken.push({ version, why: reasonOf(error) });
      }
    }
    return new BrickIndex(registry, name, releases, broken, details);
  }

  interfaceOf(release: Indexed): BrickInterface {
    return (this.details().interfaces[release.interface] ?? this.lost(release)) as unknown as BrickInterface;
  }

  /** What was published, as the index remembers it. */
  integrityOf(release: Indexed): Integrity {
    return (this.details().integrity[release.version] ?? this.lost(release)) as unknown as Integrity;
  }

  private lost({ version }: Indexed): never {
    return refuse('version-broken', `${this.name} ${version} cannot be read, and the index has lost it too`);
  }

  private summary(): BrickReleases {
    return { format: 1, name: this.name, releases: [...this.releases], broken: [...this.broken] };
  }

  private entry(version: string): Entry | undefined {
    const release = this.releases.find((each) => each.version === version);
    if (!release) return undefined;
    return { release, interface: this.interfaceOf(release), integrity: this.integrityOf(release) };
  }

  /** Details first: a summary without its details would have to make them anew. */
  private save(): void {
    if (!isFolder(this.registry)) return;
    try {
      for (const [part, content] of [
        ['details', this.details()],
        ['bricks', this.summary()],
      ] as const) {
        const file = join(ownFolder(this.registry, '.index'), part, `${this.name}.json`);
        writeAtomic(this.registry, file, `${JSON.stringify(content)}\n`);
      }
    } catch (error) {
      // The answer does not rest on what is kept: whoever may write here will keep it.
      if (!UNWRITABLE.has(codeOf(error) ?? '')) throw error;
    }
  }

  /** Read when first asked for; made anew where they are missing or damaged. */
  private details(): BrickDetails {
    this.known ??=
      soundDetails(readJson(this.registry, 'details', this.name), this.releases) ?? this.madeAnew();
    return this.known;
  }

  private madeAnew(): BrickDetails {
    const versions = this.releases.map(({ version }) => version);
    const made = BrickIndex.make(this.registry, this.name, versions, undefined);
    made.save();
    return made.details();
  }
}

/** Undefined where it is missing or damaged, which is the same to an index. */
function readJson(registry: string, part: 'bricks' | 'details', name: string): unknown {
  const path = posix.join('.index', part, `${name}.json`);
  try {
    return JSON.parse(readText(join(registry, dirname(path)), basename(path), MOST_BYTES));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RegistryFailure) return undefined;
    throw error;
  }
}

interface Entry {
  release: IndexedRelease;
  interface: BrickInterface;
  integrity: Integrity;
}

function entryOf(registry: string, name: string, version: string): Entry {
  const folder = placeOf(registry, name, version);
  const integrity = readIntegrity(folder, name, version);
  const { manifest, files } = integrity;
  if (sha256(readRegular(folder, manifest, MOST_BYTES)) !== files[manifest]?.sha256) {
    refuse('hash-mismatch', `${manifest} is not what was published`);
  }
  const described = describePublished(folder, integrity);
  return {
    release: {
      version,
      kind: described.kind,
      requires: described.requires.map(({ name, range }) => ({ name, range })),
      hash: integrity.hash,
      interface: described.interfaceHash,
      ...(integrity.weights === undefined ? {} : { weights: integrity.weights }),
      published: integrity.published,
      ...(described.deprecated === undefined ? {} : { deprecated: described.deprecated }),
    },
    interface: described.interface,
    integrity,
  };
}

function soundDetails(details: unknown, releases: readonly IndexedRelease[]): BrickDetails | undefined {
  if (!validateBrickDetails(details)) return undefined;
  const { interfaces, integrity } = details;
  const complete = releases.every(
    ({ version, hash, interface: promised }) =>
      Object.hasOwn(interfaces, promised) &&
      Object.hasOwn(integrity, version) &&
      integrity[version]!.hash === hash,
  );
  return complete ? details : undefined;
}

/** Without a look at what else lies there, as scoped bricks do, unless it comes to that. */
function isAbout({ releases }: BrickIndex, folders: ReadonlySet<string>): boolean {
  if (!releases.every(({ version }) => folders.has(version))) return false;
  if (releases.length === folders.size) return true;
  return [...folders].filter((folder) => !problemOfVersion(folder)).length === releases.length;
}

/** Of files only what a person can act on; other errors are ours and go on. */
function reasonOf(error: unknown): string {
  if (error instanceof RegistryFailure || codeOf(error) !== undefined) return (error as Error).message;
  throw error;
}
