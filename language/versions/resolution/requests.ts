/** What a file asks for, and what the workspace has to choose from. */
import semver from 'semver';
import { type DeclaredKind, KINDS, type Names } from '../../names/catalogue';
import type { Declaration } from '../../names/declarations';
import { writtenAt } from '../../names/layers';
import type { PublishedVersion } from '../../names/published';
import { type BrickReference, brickIn, slotOf } from '../../names/reference';
import type { Host } from '../../rules/rule';
import { type LineMap, lineMap } from '../../syntax/lines';
import type { ReadLock } from '../lock/read';
import { referencesOf, requirementsOf } from '../requires';
import type { Release, Request, Requirement, Universe } from '../resolver/universe';
import { tableOf } from '../resolver/version-set';
import type { Base } from './bases';

export interface AskedReference {
  kind: DeclaredKind;
  reference: BrickReference;
}

/** Asked after every edit of whoever uses it. */
const asked = new WeakMap<Declaration, readonly AskedReference[]>();

/** The bricks and datasets that a file names itself; what it extends is chosen before it can be read. */
export function askedBy(declaration: Declaration): readonly AskedReference[] {
  let all = asked.get(declaration);
  if (!all) {
    all = findAsked(declaration);
    asked.set(declaration, all);
  }
  return all;
}

function findAsked(declaration: Declaration): AskedReference[] {
  const isModel = declaration.kind === 'model';
  const datasets = new Set(
    isModel ? [...declaration.data.values()].map(({ dataset }) => dataset.reference) : [],
  );
  const base = isModel ? declaration.base?.reference : undefined;
  return referencesOf(declaration)
    .filter((reference) => reference !== base)
    .map((reference) => ({ kind: datasets.has(reference) ? 'dataset' : 'module', reference }));
}

/**
 * Whether anything is to come from a registry: what the file names itself or, of a composition, which opens its bricks,
 * what they name.
 */
export function asksRegistry(declaration: Declaration, names: Names): boolean {
  const open = [declaration];
  const seen = new Set<Declaration>(open);
  for (let next = open.pop(); next; next = open.pop()) {
    for (const { kind, reference } of askedBy(next)) {
      const lookup = names.find(kind, reference);
      if (lookup.status === 'found' && lookup.source.origin !== 'registry') {
        const inside = lookup.declaration;
        if (declaration.kind !== 'model' || lookup.source.origin === 'library' || seen.has(inside)) continue;
        seen.add(inside);
        open.push(inside);
      } else if (names.published(reference.name).versions.length > 0) return true;
    }
  }
  return false;
}

/** A request with the place where it is written. */
export interface PlacedRequest extends Request {
  reference: BrickReference;
}

/** What versions are chosen for. */
export interface Asking {
  declaration: Declaration;
  /** Of the file. */
  text: string;
  names: Names;
  host: Host;
  /** What it extends of that, from registries. */
  bases: readonly Base[];
  /** What `brique.lock` pins; asked only where something comes from a registry. */
  lock(): ReadLock | undefined;
}

/** What the file asks for, without what cannot be had by itself: of that there are findings of their own. */
export function requestsOf(
  asking: Asking,
  universe: Universe,
  locked: ReadonlyMap<string, string>,
): PlacedRequest[] {
  const { declaration, names } = asking;
  const table = tableOf(universe);
  const asker = askersOf(asking);
  return askedBy(declaration).flatMap(({ kind, reference }) => {
    const name = slotOf(reference);
    const versions = table.of(name);
    const range = rangeOf(reference.versionRange, versions.releases);
    const usable = versions.where(({ version, yanked }) => !yanked || locked.get(name) === version);
    if ((versions.inRange(range) & usable) === 0n || names.find(kind, reference).status === 'unknown')
      return [];
    return [{ name, range, asker: asker(reference), reference }];
  });
}

/** Without a range a source of the workspace is taken in whatever version it has. */
export function rangeOf(written: string | undefined, releases: readonly Release[]): string {
  return written ?? releases.find(({ local }) => local)?.version ?? '*';
}

/** Where each request is written, for people. */
export function askersOf({
  declaration,
  text,
}: Pick<Asking, 'declaration' | 'text'>): (reference: BrickReference) => string {
  const lines = new Map<string, LineMap>();
  const lineOf = (own: string, offset: number) => {
    const map = lines.get(own) ?? lineMap(own);
    lines.set(own, map);
    return map.place(offset).line + 1;
  };
  return ({ nameRange }) => {
    const written = declaration.kind === 'model' ? writtenAt(declaration, nameRange) : undefined;
    const line = lineOf(written?.inherited?.text ?? text, (written?.range ?? nameRange).start);
    return written?.inherited ? `line ${line} of what it extends` : `line ${line}`;
  };
}

/** Sources of the workspace and the library, and what is published. Bricks of the workspace may ask for published ones. */
export function universeOf(names: Names): Universe {
  const known = new Map<string, readonly Release[] | undefined>();
  return {
    releases(slot) {
      if (!known.has(slot)) known.set(slot, releasesOf(brickIn(slot), names));
      return known.get(slot);
    },
  };
}

function releasesOf(name: string, names: Names): readonly Release[] | undefined {
  const local = KINDS.flatMap((kind) => names.named(kind, name)).flatMap(({ source, declaration }) => {
    const { version } = source.header;
    if (version === undefined || semver.valid(version) === null) return [];
    return [{ version, requires: known(declaration), local: true }];
  });
  const { versions } = names.published(name);
  if (local.length === 0) return versions.length === 0 ? undefined : publishedReleases(versions);
  const own = new Set(local.map(({ version }) => version));
  const published = publishedReleases(versions).filter(({ version }) => !own.has(version));
  const different = local.filter(
    ({ version }, index) => index === local.findIndex((each) => each.version === version),
  );
  return [...different, ...published];
}

const releases = new WeakMap<readonly PublishedVersion[], readonly Release[]>();

/** The same list as long as nothing has changed in the registries. */
function publishedReleases(versions: readonly PublishedVersion[]): readonly Release[] {
  let all = releases.get(versions);
  if (!all) {
    all = versions.map(({ version, requires, yanked }) => ({
      version,
      requires,
      yanked: yanked !== undefined,
    }));
    releases.set(versions, all);
  }
  return all;
}

const requirements = new WeakMap<Declaration, readonly Requirement[]>();

function known(declaration: Declaration): readonly Requirement[] {
  let all = requirements.get(declaration);
  if (!all) {
    all = requirementsOf(declaration);
    requirements.set(declaration, all);
  }
  return all;
}
