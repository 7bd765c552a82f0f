import { resolve } from 'node:path';
import semver from 'semver';
import type { BrickInterface } from '../../language/versions/interface';
import type { Release as Choice } from '../../language/versions/resolver/universe';
import type { FileRecord, Integrity } from '../generated/integrity';
import type { BrokenRelease, IndexedRelease } from '../generated/registry-index';
import { sha256 } from '../sha256';
import { BrickIndex } from './brick-index';
import { refuse } from './failure';
import {
  type Deprecated,
  type Flags,
  hasFlags,
  readFlags,
  removeFlag,
  writeFlag,
  type Yanked,
} from './flags';
import { listNames, listVersions, versionFolder } from './folders';
import { hashFile } from './hash';
import { readIntegrity } from './integrity';
import { problemOfName, quoted } from './names';
import { decode, readRegular } from './regular-files';

/** A published version, as the index knows it, with what was said of it since. */
export interface Release extends Omit<IndexedRelease, 'deprecated'>, Flags {
  name: string;
  /** The registry's folder. */
  registry: string;
}

interface Brick {
  index: BrickIndex;
  flags: ReadonlyMap<string, Flags>;
  /** Made when first asked for: the resolver looks at many bricks, and needs less. */
  releases?: readonly Release[];
}

const MOST_MANIFEST_BYTES = 16 * 2 ** 20;

/**
 * A folder of published versions, which may not exist yet. What it answers is what was there when it was first asked
 * about a brick; `refresh` looks again. Every method throws `RegistryFailure` for what a person can act on.
 */
export class Registry {
  readonly folder: string;
  private readonly bricks = new Map<string, Brick>();
  /** Whether anything was said of any version; most registries have nothing to look for. */
  private flagged: boolean | undefined;

  constructor(folder: string) {
    this.folder = resolve(folder);
  }

  /** Forgets one brick, or everything, so that the next question is answered from disk. */
  refresh(name?: string): void {
    if (name === undefined) this.bricks.clear();
    else this.bricks.delete(name);
    this.flagged = undefined;
  }

  /** Of all bricks with at least one version, sorted. */
  names(): string[] {
    return listNames(this.folder);
  }

  /** Usable versions of a brick, highest first; none if the name is not known here. */
  releases(name: string): readonly Release[] {
    const brick = this.brick(name);
    brick.releases ??= brick.index.releases.map(({ deprecated, ...release }) => ({
      ...release,
      name,
      registry: this.folder,
      ...(deprecated === undefined ? {} : { deprecated: { message: deprecated } }),
      ...brick.flags.get(release.version),
    }));
    return brick.releases;
  }

  /** The same versions, as far as the resolver cares. */
  choices(name: string): readonly Choice[] {
    const { index, flags } = this.brick(name);
    if (flags.size === 0) return index.releases;
    return index.releases.map(({ version, requires }) =>
      flags.get(version)?.yanked ? { version, requires, yanked: true } : { version, requires },
    );
  }

  release(name: string, version: string): Release | undefined {
    return this.releases(name).find((release) => release.version === version);
  }

  /** Versions that are there and cannot be used, and why. */
  broken(name: string): readonly BrokenRelease[] {
    return this.brick(name).index.broken;
  }

  interfaceOf(release: Release): BrickInterface {
    return this.brick(release.name).index.interfaceOf(release);
  }

  /** Its files, their hashes and what it was trained from, as the index remembers them. */
  integrityOf(release: Release): Integrity {
    return this.brick(release.name).index.integrityOf(release);
  }

  /** Text of the manifest and where it lies; its hash is checked. */
  manifest(name: string, version: string): { folder: string; file: string; text: string } {
    const folder = versionFolder(this.folder, name, version);
    const { manifest, files } = readIntegrity(folder, name, version);
    const bytes = readRegular(folder, manifest, MOST_MANIFEST_BYTES);
    requireSame(`${name} ${version}`, manifest, files[manifest], {
      sha256: sha256(bytes),
      size: bytes.byteLength,
    });
    return { folder, file: manifest, text: decode(bytes, manifest) };
  }

  /** The folder of a version and the path of one of its files in it, whose content is what was published. */
  async verifiedFile(
    name: string,
    version: string,
    path: string,
  ): Promise<{ folder: string; path: string } & FileRecord> {
    const folder = versionFolder(this.folder, name, version);
    const { files } = readIntegrity(folder, name, version);
    const published = Object.hasOwn(files, path) ? files[path] : undefined;
    if (!published) refuse('not-there', `${name} ${version} has no file ${quoted(path)}`);
    requireSame(`${name} ${version}`, path, published, await hashFile(folder, path));
    return { folder, path, ...published! };
  }

  /** Withdraws a version: it stays for those who have it locked, and is not chosen any more. */
  yank(name: string, version: string, reason = ''): void {
    this.say(name, version, 'yanked', { reason, time: now() });
  }

  unyank(name: string, version: string): void {
    this.unsay(name, version, 'yanked');
  }

  /** `replacement` is a brick to use instead, as `name` or `name@range`. */
  deprecate(name: string, version: string, message: string, replacement?: string): void {
    const [instead, range] = replacement?.split('@') ?? [];
    if (instead !== undefined) {
      const problem = problemOfName(instead);
      if (problem) refuse('name-invalid', `The replacement ${quoted(instead)} ${problem}`);
      if (range !== undefined && semver.validRange(range) === null) {
        refuse('version-invalid', `The range ${quoted(range)} of the replacement is none`);
      }
    }
    const flag: Deprecated = { message, ...(replacement === undefined ? {} : { replacement }), time: now() };
    this.say(name, version, 'deprecated', flag);
  }

  undeprecate(name: string, version: string): void {
    this.unsay(name, version, 'deprecated');
  }

  /** Makes the index anew from the folders, of one brick or of all. */
  rebuild(name?: string): void {
    for (const each of name === undefined ? this.names() : [name]) BrickIndex.rebuild(this.folder, each);
    this.refresh(name);
  }

  private say(name: string, version: string, said: 'yanked' | 'deprecated', flag: Yanked | Deprecated): void {
    versionFolder(this.folder, name, version);
    writeFlag(this.folder, name, version, said, flag);
    this.refresh(name);
  }

  private unsay(name: string, version: string, said: 'yanked' | 'deprecated'): void {
    versionFolder(this.folder, name, version);
    removeFlag(this.folder, name, version, said);
    this.refresh(name);
  }

  private brick(name: string): Brick {
    let brick = this.bricks.get(name);
    if (!brick) {
      const index = BrickIndex.open(this.folder, name);
      this.flagged ??= hasFlags(this.folder);
      const flags = this.flagged ? readFlags(this.folder, name) : new Map<string, Flags>();
      brick = { index, flags };
      this.bricks.set(name, brick);
    }
    return brick;
  }

  /** Versions that have a folder, usable or not. */
  versions(name: string): string[] {
    return listVersions(this.folder, name);
  }
}

function requireSame(of: string, path: string, published: FileRecord | undefined, found: FileRecord): void {
  if (published?.sha256 === found.sha256 && published.size === found.size) return;
  const sizes =
    published && published.size !== found.size ? `: ${found.size} bytes instead of ${published.size}` : '';
  refuse(
    'hash-mismatch',
    `${quoted(path)} of ${of} is not what was published${sizes}`,
    'Publish a new version, or put the published file back.',
  );
}

function now(): string {
  return new Date().toISOString();
}
