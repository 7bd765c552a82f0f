/** Several registries, in order: of a version that several have, the first counts. */
import { resolve } from 'node:path';
import semver from 'semver';
import { DEFAULT_REGISTRIES } from '../../language/names/published';
import type { Release as Choice, Universe } from '../../language/versions/resolver/universe';
import { Registry, type Release } from './registry';

export class Registries {
  readonly all: readonly Registry[];
  private readonly merged = new Map<string, readonly Release[]>();

  /** Folders in order, relative to the workspace root. */
  constructor(root: string, folders: readonly string[] = DEFAULT_REGISTRIES) {
    this.all = [...new Set(folders.map((folder) => resolve(root, folder)))].map(
      (folder) => new Registry(folder),
    );
  }

  /** Forgets one brick, or everything, so that the next question is answered from disk. */
  refresh(name?: string): void {
    for (const registry of this.all) registry.refresh(name);
    if (name === undefined) this.merged.clear();
    else this.merged.delete(name);
  }

  names(): string[] {
    return [...new Set(this.all.flatMap((registry) => registry.names()))].sort();
  }

  /** Highest first. */
  releases(name: string): readonly Release[] {
    let releases = this.merged.get(name);
    if (!releases) {
      const [first, ...rest] = this.all
        .map((registry) => registry.releases(name))
        .filter((all) => all.length > 0);
      releases = rest.length > 0 ? merged([first!, ...rest]) : (first ?? []);
      this.merged.set(name, releases);
    }
    return releases;
  }

  release(name: string, version: string): Release | undefined {
    return this.releases(name).find((release) => release.version === version);
  }

  /** The registry that a release is from. */
  of({ registry }: Release): Registry {
    return this.all.find(({ folder }) => folder === registry)!;
  }

  /** What the resolver chooses from. Stays as it is until it is made again after `refresh`. */
  universe(): Universe {
    const known = new Map<string, readonly Choice[] | undefined>();
    return {
      releases: (name) => {
        if (!known.has(name)) known.set(name, this.choices(name));
        return known.get(name);
      },
    };
  }

  private choices(name: string): readonly Choice[] | undefined {
    const all = this.all.map((registry) => registry.choices(name)).filter((each) => each.length > 0);
    return all.length > 1 ? merged(all) : all[0];
  }
}

/** Highest first; of equal versions the first. */
function merged<T extends { version: string }>(all: readonly (readonly T[])[]): T[] {
  const byVersion = new Map<string, T>();
  for (const release of all.flat()) {
    if (!byVersion.has(release.version)) byVersion.set(release.version, release);
  }
  return [...byVersion.values()].sort((a, b) => semver.rcompare(a.version, b.version));
}
