import type { DeclaredKind, Headed, Lookup, Named, Names, Release } from '../names/catalogue';
import type { PublishedBrick } from '../names/published';
import type { BrickReference } from '../names/reference';
import { type Depth, type Facts, kindFact, nameFact, publishedFact } from './facts';

/** The names as one computation sees them: whatever is looked up becomes a fact that the computation rests on. */
export class TrackedNames implements Names {
  constructor(
    private readonly names: Names,
    private readonly facts: Facts,
    /** How much of a file is looked at that was found by its name. */
    private readonly depth: (kind: DeclaredKind) => Depth,
  ) {}

  find<K extends DeclaredKind>(kind: K, reference: BrickReference): Lookup<K> {
    const { facts } = this;
    const depth = this.depth(kind);
    const before = facts.foundBefore?.get(reference);
    if (before?.depth === depth) {
      facts.found.set(reference, before);
      return before.lookup as Lookup<K>;
    }
    facts.add(nameFact(kind, reference.name));
    const lookup = this.names.find(kind, reference);
    if (lookup.status === 'found' || lookup.status === 'unreadable') facts.see(lookup.source, depth);
    facts.found.set(reference, { depth, lookup });
    return lookup;
  }

  at<K extends DeclaredKind>(kind: K, name: string, version: string): Lookup<K> {
    this.facts.add(nameFact(kind, name));
    const lookup = this.names.at(kind, name, version);
    if (lookup.status === 'found' || lookup.status === 'unreadable')
      this.facts.see(lookup.source, this.depth(kind));
    return lookup;
  }

  named<K extends DeclaredKind>(kind: K, name: string): Named<K>[] {
    this.facts.add(nameFact(kind, name));
    const named = this.names.named(kind, name);
    for (const { source } of named) this.facts.see(source, this.depth(kind));
    return named;
  }

  *all<K extends DeclaredKind>(kind: K): Iterable<Named<K>> {
    this.facts.add(kindFact(kind));
    for (const named of this.names.all(kind)) {
      this.facts.add(nameFact(kind, named.declaration.name?.value ?? ''));
      this.facts.see(named.source, this.depth(kind));
      yield named;
    }
  }

  published(name: string): PublishedBrick {
    this.facts.add(publishedFact(name));
    return this.names.published(name);
  }

  release<K extends DeclaredKind>(kind: K, name: string, version: string): Release<K> | undefined {
    this.facts.add(nameFact(kind, name));
    const release = this.names.release(kind, name, version);
    if (release) this.facts.see(release.source, this.depth(kind));
    return release;
  }

  headed(kind: DeclaredKind, name: string): Headed[] {
    this.facts.add(nameFact(kind, name));
    return this.names.headed(kind, name);
  }

  allNames(kind: DeclaredKind): string[] {
    this.facts.add(kindFact(kind));
    return this.names.allNames(kind);
  }
}
