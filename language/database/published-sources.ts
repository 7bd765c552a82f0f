/** Published versions that were looked up, and the manifests that were read. */
import type { Published, PublishedBrick, PublishedVersion, RegistryScope, Trained } from '../names/published';
import { SourceFile } from '../names/source-file';
import { type ReadLock, readLock } from '../versions/lock/read';

interface Asked {
  scope: RegistryScope;
  /** By name. */
  bricks: Map<string, PublishedBrick>;
  /** What all of them are called, once somebody asked. */
  names?: readonly string[];
  lock?: { text: string | undefined; read: ReadLock | undefined };
}

interface Read {
  scope: RegistryScope;
  version: PublishedVersion;
  read: SourceFile | { why: string };
}

/** What has changed since it was looked at. */
export interface PublishedChanges {
  names: Set<string>;
  /** Whether other names are there. */
  isOtherNames: boolean;
  /** Roots whose lock is another one. */
  locks: string[];
  /** Manifests that are no longer what they were. */
  files: string[];
}

const NONE: PublishedBrick = { versions: [], broken: [] };

/** Shared by a database and its copies: what lies in a registry does not depend on any edit. */
export class PublishedSources {
  readonly #asked = new Map<string, Asked>();
  readonly #scopes = new WeakMap<RegistryScope, Asked>();
  /** By version. */
  readonly #read = new Map<string, Read>();
  /** By file, those that could be read. */
  readonly #files = new Map<string, Read & { read: SourceFile }>();

  constructor(
    private readonly published: Published | undefined,
    private readonly onParse: (source: SourceFile) => void,
  ) {}

  brick(scope: RegistryScope, name: string): PublishedBrick {
    if (!this.published) return NONE;
    const { bricks } = this.#about(scope);
    let brick = bricks.get(name);
    if (!brick) {
      brick = this.published.brick(scope, name);
      bricks.set(name, brick);
    }
    return brick;
  }

  names(scope: RegistryScope): readonly string[] {
    if (!this.published) return [];
    const asked = this.#about(scope);
    asked.names ??= this.published.names(scope);
    return asked.names;
  }

  /** What the weights of a version come from. */
  trained(scope: RegistryScope, version: PublishedVersion): Trained | undefined {
    return this.published?.trained(scope, version);
  }

  /** What `brique.lock` pins; undefined where there is none. */
  lock(scope: RegistryScope): ReadLock | undefined {
    if (!this.published) return undefined;
    const asked = this.#about(scope);
    asked.lock ??= this.#readLock(scope);
    return asked.lock.read;
  }

  /** The text of `brique.lock`. */
  lockText(scope: RegistryScope): string | undefined {
    this.lock(scope);
    return this.#about(scope).lock?.text;
  }

  #readLock(scope: RegistryScope): NonNullable<Asked['lock']> {
    const text = this.published?.lock(scope);
    return { text, read: text === undefined ? undefined : readLock(text) };
  }

  /** The manifest of a version, read when first asked for; or why it cannot be. */
  read(scope: RegistryScope, version: PublishedVersion): SourceFile | { why: string } {
    const id = idOf(version);
    const known = this.#read.get(id);
    if (known) return known.read;
    const manifest = this.published?.manifest(scope, version) ?? { why: 'there is no registry' };
    if ('why' in manifest) {
      this.#read.set(id, { scope, version, read: manifest });
      return manifest;
    }
    const read = new SourceFile(manifest.file, manifest.text, 'registry', this.onParse);
    this.#read.set(id, { scope, version, read });
    this.#files.set(manifest.file, { scope, version, read });
    return read;
  }

  source(file: string): SourceFile | undefined {
    return this.#files.get(file)?.read;
  }

  /** Of a manifest that was read: its version, and the registries beside which it was found. */
  found(file: string): { scope: RegistryScope; version: PublishedVersion } | undefined {
    return this.#files.get(file);
  }

  /** Compares what was asked with what is there now. */
  refresh(): PublishedChanges {
    const changes: PublishedChanges = {
      names: new Set(),
      isOtherNames: false,
      locks: [],
      files: [],
    };
    if (!this.published) return changes;
    this.published.refresh();
    for (const asked of this.#asked.values()) {
      for (const [name, before] of asked.bricks) {
        const after = this.published.brick(asked.scope, name);
        if (JSON.stringify(before) !== JSON.stringify(after)) changes.names.add(name);
        asked.bricks.set(name, after);
      }
      if (asked.lock) {
        const now = this.#readLock(asked.scope);
        if (now.text !== asked.lock.text) changes.locks.push(asked.scope.root);
        asked.lock = now;
      }
      if (!asked.names) continue;
      const names = this.published.names(asked.scope);
      changes.isOtherNames ||= JSON.stringify(names) !== JSON.stringify(asked.names);
      asked.names = names;
    }
    for (const [id, { scope, version, read }] of this.#read) {
      const now = this.published.manifest(scope, version);
      if (read instanceof SourceFile) {
        if ('text' in now && now.file === read.file && now.text === read.text) continue;
        this.#files.delete(read.file);
        changes.files.push(read.file);
      } else if ('why' in now && now.why === read.why) continue;
      this.#read.delete(id);
      changes.names.add(version.name);
    }
    return changes;
  }

  #about(scope: RegistryScope): Asked {
    const known = this.#scopes.get(scope);
    if (known) return known;
    const id = JSON.stringify([scope.root, scope.folders]);
    let asked = this.#asked.get(id);
    if (!asked) {
      asked = { scope, bricks: new Map() };
      this.#asked.set(id, asked);
    }
    this.#scopes.set(scope, asked);
    return asked;
  }
}

/** A version may be published anew in place of one that was removed by hand. */
function idOf({ registry, name, version, hash, kind }: PublishedVersion): string {
  return JSON.stringify([registry, kind, name, version, hash]);
}
