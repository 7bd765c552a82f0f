import semver from 'semver';
import type { DeclaredKind, Lookup } from '../names/catalogue';
import type { PublishedVersion, Trained } from '../names/published';
import { type BrickReference, brickIn, slotOf } from '../names/reference';
import type { Affected } from '../versions/judge/affected';
import { type BrickVersion, measuredIn } from '../versions/judge/version';
import { namedBricks } from './references';
import { type Analysis, type FixProposal, type Rule, replace } from './rule';
import { isFrozen, staleWires } from './trained-on';

type Found = Extract<Lookup<DeclaredKind>, { status: 'found' }>;

interface Newer {
  version: string;
  affected: Affected;
}

export const newerVersion: Rule = {
  id: 'newer-version',
  group: 'versions',
  severity: 'information',
  summary:
    'A newer version of a brick, a dataset or an extended composition is out, which the range or the lock leaves aside.',
  why: 'Whether it breaks you does not depend on its number, but on what you use: this file is checked again with it, and what was trained with the old version is held against what changed.',
  check(analysis, report) {
    if (analysis.source.origin !== 'workspace') return;
    for (const { kind, reference, lookup } of namedBricks(analysis)) {
      if (lookup.status !== 'found') continue;
      const newer = newerThan(analysis, kind, reference, lookup);
      // What a composition inherits is chosen where that is written.
      if (newer.length === 0 || isInherited(analysis, kind, reference)) continue;
      const [newest, ...others] = judgedOf(newer, analysis, kind, reference, lookup);
      if (!newest) continue;
      const isBreaking = newest.affected.effect === 'breaks you here';
      const harmless = [newest, ...others].filter(isHarmless);
      const beside = isBreaking ? harmless.map((each) => `; ${said(each)}`).join('') : '';
      report({
        range: reference.versionRangeAt ?? reference.nameRange,
        message: `\`${reference.name}\` ${said(newest)}${beside}`,
        severity: isBreaking ? 'information' : 'hint',
        related: newest.affected.places,
        ...(harmless.some((each) => isOnlyLocked(analysis, reference, each))
          ? { help: `run \`brique lock --update ${reference.name}\`` }
          : {}),
        propose: () =>
          harmless
            .filter((each) => !isOnlyLocked(analysis, reference, each))
            .flatMap(({ version }) => upgrade(analysis, kind, reference, version)),
      });
    }
  },
};

function isInherited({ source }: Analysis, kind: DeclaredKind, { nameRange }: BrickReference): boolean {
  return kind !== 'module' && nameRange.start > source.text.length;
}

/** Those that the range allows, of which `range-admits-breakage` says why they are passed over. */
function refuted({ resolution }: Analysis, reference: BrickReference): Set<string> {
  const slot = slotOf(reference);
  const bases = resolution?.bases.filter(({ published }) => published.name === reference.name) ?? [];
  return new Set([
    ...(resolution?.refutations ?? []).flatMap(({ versions }) => versions.get(slot) ?? []),
    ...bases.flatMap(({ passedOver = [] }) => passedOver.map(({ version }) => version)),
  ]);
}

/** Whether the range allows it already, and nothing but the lock holds it back. */
function isOnlyLocked({ resolution }: Analysis, reference: BrickReference, { version }: Newer): boolean {
  const slot = slotOf(reference);
  const chosen = resolution?.versions.get(slot);
  return (
    chosen !== undefined &&
    resolution?.preferences.locked?.get(slot) === chosen &&
    semver.satisfies(version, reference.versionRange ?? '*')
  );
}

/** Versions of the same brick that stand beside it under another name. */
function besideOf({ resolution }: Analysis, reference: BrickReference): Set<string> {
  const own = slotOf(reference);
  return new Set(
    [...(resolution?.versions ?? [])].flatMap(([slot, version]) =>
      slot !== own && brickIn(slot) === reference.name ? [version] : [],
    ),
  );
}

/** Versions that are looked at, at most, for one that breaks nothing where the newest does. */
const MOST_BETWEEN = 3;

/** Published versions that are newer, and not spoken of elsewhere. */
function newerThan(
  analysis: Analysis,
  kind: DeclaredKind,
  reference: BrickReference,
  found: Found,
): PublishedVersion[] {
  const { versions } = analysis.catalogue.published(reference.name);
  const current = found.declaration.version?.value ?? '';
  if (versions.length === 0 || !semver.valid(current)) return [];
  const told = new Set([...besideOf(analysis, reference), ...refuted(analysis, reference)]);
  return versions.filter(
    ({ kind: its, version, yanked }) =>
      its === kind &&
      !yanked &&
      !told.has(version) &&
      !semver.prerelease(version) &&
      semver.gt(version, current),
  );
}

/** The newest version, the newest that is called compatible, and where these break something one that does not. */
function judgedOf(
  newer: PublishedVersion[],
  analysis: Analysis,
  kind: DeclaredKind,
  reference: BrickReference,
  found: Found,
): Newer[] {
  const { catalogue, versions } = analysis;
  const { name } = reference;
  const current = found.declaration.version?.value ?? '';
  const compatible = newer.find(({ version }) => semver.satisfies(version, `^${current}`));
  const held = found.published && catalogue.release(kind, name, found.published.version);
  const old = versionOf(found.source, found.published, held?.trained());
  const stale = new Set(staleWires(analysis).map(({ range }) => range.start));
  const judged = (published: PublishedVersion): Newer | undefined => {
    const release = catalogue.release(kind, name, published.version);
    const affected =
      release && versions.affected(old, versionOf(release.source, published, release.trained()));
    if (!affected) return undefined;
    // A frozen head never gets used to weights that it was not trained on.
    const wires = kind === 'module' ? staleWires(analysis, published) : [];
    const heads = wires.filter(({ head, range }) => isFrozen(head) && !stale.has(range.start));
    const places = heads.map(({ head, range, now }) => ({
      ...{ file: analysis.source.file, range, rule: 'head-stale' },
      message: `\`${head.step.name}\` was not trained on ${now}`,
    }));
    const effect = heads.length > 0 ? 'breaks you here' : affected.effect;
    return {
      version: published.version,
      affected: { ...affected, effect, places: [...affected.places, ...places] },
    };
  };
  const first = [...new Set([newer[0], compatible])].flatMap((each) => (each && judged(each)) ?? []);
  if (first.some(isHarmless)) return first;
  // The newest of those between that breaks nothing here.
  const between = newer.filter((each) => each !== newer[0] && each !== compatible).slice(0, MOST_BETWEEN);
  for (const each of between) {
    const one = judged(each);
    if (one && isHarmless(one)) return [...first, one];
  }
  return first;
}

function isHarmless({ affected }: Newer): boolean {
  return affected.effect !== 'breaks you here';
}

function versionOf(
  source: BrickVersion['source'],
  published: PublishedVersion | undefined,
  trained: Trained | undefined,
): BrickVersion {
  const measured = trained && measuredIn(trained);
  return {
    source,
    ...(published?.weights === undefined ? {} : { weights: { hash: published.weights } }),
    ...(measured ? { measured } : {}),
  };
}

function said({ version, affected: { effect, places, felt } }: Newer): string {
  if (effect !== 'breaks you here') {
    // Nothing fails, and what nobody here has set is something else.
    const [other, ...more] = felt.filter(({ rule }) => rule === 'param-default-changed');
    const but = other ? `, but ${lowered(other.message)}${more.length > 0 ? ', and more' : ''}` : '';
    return `${version} is out: ${effect}${but}`;
  }
  return `${version} is out: breaks you here, in ${places.length === 1 ? 'one place' : `${places.length} places`}`;
}

/** In every place of the file that has the same one: what stands beside it under another name is another matter. */
function upgrade(
  analysis: Analysis,
  kind: DeclaredKind,
  reference: BrickReference,
  version: string,
): FixProposal[] {
  const slot = slotOf(reference);
  const edits = namedBricks(analysis).flatMap(({ kind: its, reference: other }) => {
    if (its !== kind || slotOf(other) !== slot || !other.versionRangeAt) return [];
    return replace(analysis, other.versionRangeAt, `^${version}`, '').edits;
  });
  return edits.length > 0 ? [{ title: `Take \`${reference.name}\` ${version}`, edits }] : [];
}

function lowered(message: string): string {
  return message[0]!.toLowerCase() + message.slice(1);
}
