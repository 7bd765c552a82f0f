import semver from 'semver';
import type { DeclaredKind, Headed, Lookup, Named, Names, Release } from './catalogue';
import type { PublishedBrick } from './published';
import { type BrickReference, slotOf } from './reference';

/** The names as one file sees them for which versions were chosen together. */
export class ChosenNames implements Names {
  constructor(
    private readonly names: Names,
    /** By slot. */
    private readonly versions: ReadonlyMap<string, string>,
    /** Slots that are taken to be unknown. */
    private readonly hidden: ReadonlySet<string> = new Set(),
  ) {}

  find<K extends DeclaredKind>(kind: K, reference: BrickReference): Lookup<K> {
    const slot = slotOf(reference);
    if (this.hidden.has(slot)) return { status: 'unknown' };
    const version = this.versions.get(slot);
    if (version === undefined || !isIn(version, reference.versionRange))
      return this.names.find(kind, reference);
    const chosen = this.names.at(kind, reference.name, version);
    return chosen.status === 'unknown' ? this.names.find(kind, reference) : chosen;
  }

  at<K extends DeclaredKind>(kind: K, name: string, version: string): Lookup<K> {
    return this.names.at(kind, name, version);
  }

  release<K extends DeclaredKind>(kind: K, name: string, version: string): Release<K> | undefined {
    return this.names.release(kind, name, version);
  }

  named<K extends DeclaredKind>(kind: K, name: string): Named<K>[] {
    return this.names.named(kind, name);
  }

  all<K extends DeclaredKind>(kind: K): Iterable<Named<K>> {
    return this.names.all(kind);
  }

  headed(kind: DeclaredKind, name: string): Headed[] {
    return this.names.headed(kind, name);
  }

  allNames(kind: DeclaredKind): string[] {
    return this.names.allNames(kind);
  }

  published(name: string): PublishedBrick {
    return this.names.published(name);
  }
}

function isIn(version: string, range: string | undefined): boolean {
  return range === undefined || range === version || semver.satisfies(version, range);
}
