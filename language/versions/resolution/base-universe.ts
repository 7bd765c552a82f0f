/**
 * Compositions to extend as packages to choose from. What a version of one asks for is what is left of it below the
 * file and whatever stands between: a part that is written anew or taken out there asks for nothing any more.
 */
import semver from 'semver';
import type { Lookup, Names } from '../../names/catalogue';
import type { ModelDeclaration } from '../../names/declarations';
import { extendModel } from '../../names/extend';
import { type BrickReference, slotOf } from '../../names/reference';
import { baseSlot, type Release, type Requirement, type Universe } from '../resolver/universe';
import { tableOf } from '../resolver/version-set';
import { askedBy, rangeOf, universeOf } from './requests';

type Found = Extract<Lookup<'model'>, { status: 'found' }>;

export class BaseUniverse implements Universe {
  private readonly bricks: Universe;
  private readonly wanted = new Map<string, { reference: BrickReference; above: readonly Found[] }>();
  private readonly known = new Map<string, readonly Release[]>();

  constructor(
    private readonly names: Names,
    private readonly model: ModelDeclaration,
  ) {
    this.bricks = universeOf(names);
  }

  /** Where the version of a base is chosen, below those that lead to it. */
  slot(reference: BrickReference, above: readonly Found[]): string {
    const path = above.map(({ declaration: { name, version } }) => `${name?.value}@${version?.value}`);
    const slot = baseSlot(reference.name, path);
    if (!this.wanted.has(slot)) this.wanted.set(slot, { reference, above });
    return slot;
  }

  /** What a solution takes for each base, from the nearest on. */
  chain(versions: ReadonlyMap<string, string>): { slot: string; version: string; found: Found }[] {
    const chain: { slot: string; version: string; found: Found }[] = [];
    for (let next = this.model.base; next; ) {
      const slot = this.slot(
        next.reference,
        chain.map(({ found }) => found),
      );
      const version = versions.get(slot);
      const found = version === undefined ? undefined : this.names.at('model', next.reference.name, version);
      if (version === undefined || found?.status !== 'found') break;
      chain.push({ slot, version, found });
      next = found.declaration.base;
    }
    return chain;
  }

  releases(slot: string): readonly Release[] | undefined {
    const wanted = this.wanted.get(slot);
    if (!wanted) return this.bricks.releases(slot);
    const known = this.known.get(slot) ?? this.releasesOf(wanted.reference, wanted.above);
    this.known.set(slot, known);
    return known;
  }

  private releasesOf(reference: BrickReference, above: readonly Found[]): readonly Release[] {
    const { name } = reference;
    const all = this.bricks.releases(name) ?? [];
    const isIn = ({ version }: Release) => semver.satisfies(version, reference.versionRange ?? '*');
    // A source of the workspace wins.
    const own = all.find((release) => release.local && isIn(release));
    const usable = own ? all.filter((release) => release === own || !isIn(release)) : all;
    return usable.map((release) => {
      let requires: readonly Requirement[] | undefined;
      const ask = () => this.requirements(name, release.version, above);
      return {
        ...release,
        get requires() {
          requires ??= ask();
          return requires;
        },
      };
    });
  }

  private requirements(name: string, version: string, above: readonly Found[]): Requirement[] {
    const found = this.names.at('model', name, version);
    if (found.status !== 'found') return [];
    const chain = [...above, found];
    const { base } = found.declaration;
    return [
      ...(base ? [{ name: this.slot(base.reference, chain), range: this.range(base.reference) }] : []),
      ...this.left(chain),
    ];
  }

  /** What the last of the chain names and nobody above it says otherwise. */
  private left(chain: readonly Found[]): Requirement[] {
    const rest = chain.entries();
    const { layers, ...whole } = extendModel(this.model, () => {
      const [index, found] = rest.next().value!;
      const { declaration } = found;
      return index + 1 < chain.length
        ? found
        : { ...found, declaration: { ...declaration, base: undefined } };
    });
    const layer = layers[chain.length - 1];
    if (!layer) return [];
    return askedBy({ layers, ...whole }).flatMap(({ kind, reference }) => {
      if (reference.nameRange.start < layer.from) return [];
      const [slot, range] = [slotOf(reference), this.range(reference)];
      // A source of the workspace may have no version to choose.
      const isThere = tableOf(this.bricks).of(slot).inRange(range) !== 0n;
      return isThere || this.names.find(kind, reference).status !== 'found' ? [{ name: slot, range }] : [];
    });
  }

  private range({ name, versionRange }: BrickReference): string {
    return rangeOf(versionRange, this.bricks.releases(name) ?? []);
  }
}
