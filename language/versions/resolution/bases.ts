/** The compositions that a file extends; they are chosen one by one, before it can be read. */
import semver from 'semver';
import type { Lookup, Names } from '../../names/catalogue';
import type { ModelDeclaration } from '../../names/declarations';
import type { PublishedVersion } from '../../names/published';
import type { BrickReference } from '../../names/reference';
import { lockedFor } from '../lock/lock';
import type { ReadLock } from '../lock/read';
import type { PlacedRequest } from './requests';

/** One that was published. */
export interface Base {
  published: PublishedVersion;
  /** Where the file asks for it, or for what extends it. */
  request: PlacedRequest;
  /** Who asks for it, as `name@version`, where it is not the file itself. */
  through?: string;
}

export class Bases {
  readonly chosen: Base[] = [];

  constructor(
    private readonly names: Names,
    private readonly model: ModelDeclaration,
    /** Asked only where something comes from a registry. */
    private readonly lock: () => ReadLock | undefined,
  ) {}

  /** What is locked, else what `Names` finds. */
  find(reference: BrickReference): Lookup<'model'> {
    const { names } = this;
    const newest = names.find('model', reference);
    if (
      (newest.status === 'found' && !newest.published) ||
      names.published(reference.name).versions.length === 0
    )
      return newest;
    const version = this.locked(reference);
    const locked = version === undefined ? undefined : names.at('model', reference.name, version);
    const lookup = locked?.status === 'found' ? locked : newest;
    if (lookup.status === 'found' && lookup.published) this.add(lookup.published, reference);
    return lookup;
  }

  private locked({ name, versionRange }: BrickReference): string | undefined {
    const read = this.lock();
    const file = this.model.name?.value;
    if (!read || !('lock' in read) || file === undefined) return undefined;
    const version = lockedFor(read.lock, file).get(name);
    return version !== undefined && (versionRange === undefined || semver.satisfies(version, versionRange))
      ? version
      : undefined;
  }

  private add(published: PublishedVersion, { name, versionRange = '*' }: BrickReference): void {
    const above = this.chosen.at(-1)?.published;
    const request = { name, range: versionRange, asker: '', reference: this.model.base!.reference };
    this.chosen.push({
      ...{ published, request },
      ...(above ? { through: `${above.name}@${above.version}` } : {}),
    });
  }
}
