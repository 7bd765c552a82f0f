/**
 * The index of one brick: `.index/bricks/<name>.jsonl`, a line of releases and a line of details. It follows from the
 * published folders, so nobody has to lock it: who finds it not current makes it anew and puts it in place at once.
 */
import { join } from 'node:path';
import type { BrickInterface } from '../../language/versions/interface';
import type { Integrity } from '../generated/integrity';
import type { BrokenRelease, DetailLine, IndexedRelease, ReleaseLine } from '../generated/registry-index';
import { validateDetailLine, validateReleaseLine } from '../generated/validate';
import { describeVersion } from './describe';
import { codeOf, RegistryFailure, refuse } from './failure';
import { listVersions, placeOf } from './folders';
import { sha256 } from './hash';
import { readIntegrity } from './integrity';
import { isFolder, readRegular, readText } from './regular-files';
import { ownFolder, writeAtomic } from './staging';

const MOST_BYTES = 2 ** 29;

type Indexed = Pick<IndexedRelease, 'version' | 'interface'>;

export class BrickIndex {
  private parsed: DetailLine | undefined;

  private constructor(
    /** Highest version first. */
    readonly releases: readonly IndexedRelease[],
    /** Versions that cannot be used, and why. */
    readonly broken: readonly BrokenRelease[],
    private readonly registry: string,
    private readonly name: string,
    details: DetailLine | string,
  ) {
    if (typeof details === 'string') this.unparsed = details;
    else this.parsed = details;
  }

  private unparsed = '';

  /** Current: exactly the versions that have a folder. A registry that cannot be written to is read all the same. */
  static open(registry: string, name: string): BrickIndex {
    const versions = listVersions(registry, name);
    const kept = BrickIndex.read(registry, name);
    if (kept && kept.broken.length === 0 && isAbout(kept, versions)) return kept;
    const made = BrickIndex.make(registry, name, versions, kept);
    if (!kept || made.text() !== kept.text()) made.save();
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
    try {
      const text = readText(ownFolder(registry, '.index'), fileOf(name), MOST_BYTES);
      const end = text.indexOf('\n');
      const line = JSON.parse(text.slice(0, end)) as unknown;
      if (!validateReleaseLine(line) || line.name !== name) return undefined;
      return new BrickIndex(line.releases, line.broken, registry, name, text.slice(end + 1));
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof RegistryFailure) return undefined;
      throw error;
    }
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
    const details: DetailLine = { interfaces: {}, integrity: {} };
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
    return new BrickIndex(releases, broken, registry, name, details);
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

  text(): string {
    const line: ReleaseLine = {
      format: 1,
      name: this.name,
      releases: [...this.releases],
      broken: [...this.broken],
    };
    return `${JSON.stringify(line)}\n${JSON.stringify(this.details())}\n`;
  }

  private entry(version: string): Entry | undefined {
    const release = this.releases.find((each) => each.version === version);
    if (!release) return undefined;
    return { release, interface: this.interfaceOf(release), integrity: this.integrityOf(release) };
  }

  private save(): void {
    if (!isFolder(this.registry)) return;
    try {
      writeAtomic(this.registry, join(ownFolder(this.registry, '.index'), fileOf(this.name)), this.text());
    } catch (error) {
      // Whoever may write here will.
      if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT'].includes(codeOf(error) ?? '')) throw error;
    }
  }

  /** Parsed when first asked for; made anew where the line is damaged. */
  private details(): DetailLine {
    this.parsed ??= soundDetails(this.unparsed, this.releases) ?? this.madeAnew();
    this.unparsed = '';
    return this.parsed;
  }

  private madeAnew(): DetailLine {
    const versions = this.releases.map(({ version }) => version);
    const made = BrickIndex.make(this.registry, this.name, versions, undefined);
    made.save();
    return made.details();
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
  const described = describeVersion(folder, manifest);
  if (described.name !== name || described.version !== version) {
    refuse('manifest-broken', `${manifest} is of ${described.name} ${described.version}`);
  }
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

function soundDetails(line: string, releases: readonly IndexedRelease[]): DetailLine | undefined {
  try {
    const details = JSON.parse(line) as unknown;
    if (!validateDetailLine(details)) return undefined;
    const complete = releases.every(
      ({ version, interface: hash }) =>
        Object.hasOwn(details.interfaces, hash) && Object.hasOwn(details.integrity, version),
    );
    return complete ? details : undefined;
  } catch {
    return undefined; // Cut off: as good as missing.
  }
}

function isAbout({ releases }: BrickIndex, versions: readonly string[]): boolean {
  return (
    releases.length === versions.length && releases.every(({ version }, index) => version === versions[index])
  );
}

function fileOf(name: string): string {
  return `bricks/${name}.jsonl`;
}

/** Of files only what a person can act on; other errors are ours and go on. */
function reasonOf(error: unknown): string {
  if (error instanceof RegistryFailure || codeOf(error) !== undefined) return (error as Error).message;
  throw error;
}
