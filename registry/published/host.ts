/** The registries as the language asks about them. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type {
  Published,
  PublishedBrick,
  PublishedVersion,
  RegistryScope,
  Trained,
} from '../../language/names/published';
import { LOCK_FILE } from '../../language/versions/lock/lock';
import { codeOf, RegistryFailure } from './failure';
import { Registries } from './registries';

/** Opens a registry when it is first asked about, and keeps what it said until `refresh`. */
export class PublishedVersions implements Published {
  readonly #opened = new Map<string, Registries>();
  readonly #bricks = new Map<Registries, Map<string, PublishedBrick>>();
  readonly #there = new Map<Registries, boolean>();

  /** `locked` is what counts in the place of the lock that lies in the root. */
  constructor(private readonly locked?: () => string | undefined) {}

  brick(scope: RegistryScope, name: string): PublishedBrick {
    const registries = this.#open(scope);
    if (!registries) return { versions: [], broken: [] };
    const known = this.#bricks.get(registries) ?? new Map<string, PublishedBrick>();
    this.#bricks.set(registries, known);
    let brick = known.get(name);
    if (!brick) {
      brick = this.#isThere(registries) ? brickIn(registries, name) : { versions: [], broken: [] };
      known.set(name, brick);
    }
    return brick;
  }

  names(scope: RegistryScope): readonly string[] {
    try {
      return this.#open(scope)?.names() ?? [];
    } catch (error) {
      // Whoever asks for one of the names is told.
      reasonOf(error);
      return [];
    }
  }

  manifest(
    scope: RegistryScope,
    version: PublishedVersion,
  ): { file: string; text: string } | { why: string } {
    try {
      const registry = this.#open(scope)?.all.find(({ folder }) => folder === version.registry);
      if (!registry) return { why: `the registry ${version.registry} is no longer looked through` };
      const { folder, file, text } = registry.manifest(version.name, version.version);
      return { file: join(folder, file), text };
    } catch (error) {
      return { why: reasonOf(error) };
    }
  }

  trained(scope: RegistryScope, version: PublishedVersion): Trained | undefined {
    try {
      const registries = this.#open(scope);
      const release = registries?.release(version.name, version.version);
      return release && registries!.of(release).integrityOf(release).trained;
    } catch (error) {
      // Whoever takes the version is told what is wrong with it.
      reasonOf(error);
      return undefined;
    }
  }

  lock({ root }: RegistryScope): string | undefined {
    if (this.locked) return this.locked();
    const file = join(root, LOCK_FILE);
    const isFile = isAbsolute(root) && statSync(file, { throwIfNoEntry: false })?.isFile();
    return isFile ? readFileSync(file, 'utf8') : undefined;
  }

  refresh(): void {
    for (const registries of this.#opened.values()) registries.refresh();
    this.#bricks.clear();
    this.#there.clear();
  }

  /** Most workspaces have none, and name much. */
  #isThere(registries: Registries): boolean {
    let isThere = this.#there.get(registries);
    if (isThere === undefined) {
      isThere = registries.all.some(({ folder }) => existsSync(folder));
      this.#there.set(registries, isThere);
    }
    return isThere;
  }

  /** Undefined for what is not on disk. */
  #open({ root, folders }: RegistryScope): Registries | undefined {
    if (!isAbsolute(root)) return undefined;
    const id = JSON.stringify([root, folders]);
    let opened = this.#opened.get(id);
    if (!opened) {
      opened = new Registries(root, folders);
      this.#opened.set(id, opened);
    }
    return opened;
  }
}

function brickIn(registries: Registries, name: string): PublishedBrick {
  try {
    const versions = registries.releases(name);
    const usable = new Set(versions.map(({ version }) => version));
    const broken = registries.all.flatMap((registry) => registry.broken(name));
    return { versions, broken: broken.filter(({ version }) => !usable.has(version)) };
  } catch (error) {
    return { versions: [], broken: [], failure: reasonOf(error) };
  }
}

/** What a person can act on; other errors are ours and go on. */
function reasonOf(error: unknown): string {
  if (error instanceof RegistryFailure || codeOf(error) !== undefined) return (error as Error).message;
  throw error;
}
