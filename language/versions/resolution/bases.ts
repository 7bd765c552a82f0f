/** The compositions that a file extends: which version of each, and the file with all that these say. */
import semver from 'semver';
import type { Lookup, Names } from '../../names/catalogue';
import type { ModelDeclaration } from '../../names/declarations';
import { extendModel } from '../../names/extend';
import type { PublishedVersion } from '../../names/published';
import type { BrickReference } from '../../names/reference';
import { pinnedFor, type ReadLock } from '../lock/read';
import type { PlacedRequest } from './requests';

/** One that was published. */
export interface Base {
  published: PublishedVersion;
  /** Where the file asks for it, or for what extends it. */
  request: PlacedRequest;
  /** Who asks for it, as `name@version`, where it is not the file itself. */
  through?: string;
  /** Newer versions that the range allows, the newest first. */
  passedOver?: readonly PassedOver[];
}

export interface PassedOver {
  version: string;
  /** One clause. */
  reason: string;
}

/** A composition with all that it extends. */
export interface Extended {
  declaration: ModelDeclaration;
  /** Nearest first. */
  bases: readonly Base[];
}

export interface Extending {
  names: Names;
  /** Asked only where something comes from a registry. */
  lock(): ReadLock | undefined;
}

/** With what is locked, else with the newest of each range. */
export function extendedByNewest(model: ModelDeclaration, { names, lock }: Extending): Extended {
  return extended(model, (reference) => {
    const newest = names.find('model', reference);
    if (
      (newest.status === 'found' && !newest.published) ||
      names.published(reference.name).versions.length === 0
    )
      return newest;
    const version = lockedIn(lock(), model, reference);
    const locked = version === undefined ? undefined : names.at('model', reference.name, version);
    return locked?.status === 'found' ? locked : newest;
  });
}

/** With what `choose` takes for each; it is asked from the nearest on. */
export function extended(
  model: ModelDeclaration,
  choose: (reference: BrickReference) => Lookup<'model'>,
): Extended {
  const bases: Base[] = [];
  const declaration = extendModel(model, (reference) => {
    const lookup = choose(reference);
    if (lookup.status !== 'found' || !lookup.published) return lookup;
    const above = bases.at(-1)?.published;
    const { name, versionRange = '*' } = reference;
    bases.push({
      published: lookup.published,
      request: { name, range: versionRange, asker: '', reference: model.base!.reference },
      ...(above ? { through: `${above.name}@${above.version}` } : {}),
    });
    return lookup;
  });
  return { declaration, bases };
}

function lockedIn(
  read: ReadLock | undefined,
  { name: file }: ModelDeclaration,
  { name, versionRange }: BrickReference,
): string | undefined {
  const version = pinnedFor(read, file?.value).get(name);
  return version !== undefined && (versionRange === undefined || semver.satisfies(version, versionRange))
    ? version
    : undefined;
}
