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
  summary: 'A newer version of a brick is out, which the range or the lock leaves aside.',
  why: 'Whether it breaks you does not depend on its number, but on what you use: this file is checked again with it, and what was trained with the old version is held against what changed.',
  check(analysis, report) {
    if (analysis.source.origin !== 'workspace') return;
    for (const { kind, reference, lookup } of namedBricks(analysis)) {
      if (kind !== 'module' || lookup.status !== 'found') continue;
      const [newest, ...others] = newerOf(analysis, reference, lookup);
      if (!newest || isRefuted(analysis, reference, newest)) continue;
      const isBreaking = newest.affected.effect === 'breaks you here';
      const harmless = [newest, ...others].filter(({ affected }) => affected.effect !== 'breaks you here');
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
            .flatMap(({ version }) => upgrade(analysis, reference, version)),
      });
    }
  },
};

/** Whether the range allows it, and `range-admits-breakage` says why it is passed over. */
function isRefuted({ resolution }: Analysis, reference: BrickReference, { version }: Newer): boolean {
  const slot = slotOf(reference);
  return resolution?.refutations.some(({ versions }) => versions.get(slot)?.includes(version)) ?? false;
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

/** The newest version, and the newest that is called compatible where that is another one. */
function newerOf(analysis: Analysis, reference: BrickReference, found: Found): Newer[] {
  const { catalogue, versions } = analysis;
  const { name } = reference;
  const beside = besideOf(analysis, reference);
  const current = found.declaration.version?.value ?? '';
  if (!semver.valid(current)) return [];
  const newer = catalogue
    .published(name)
    .versions.filter(
      ({ kind, version, yanked }) =>
        kind === 'module' &&
        !yanked &&
        !beside.has(version) &&
        !semver.prerelease(version) &&
        semver.gt(version, current),
    );
  const compatible = newer.find(({ version }) => semver.satisfies(version, `^${current}`));
  const held = found.published && catalogue.release('module', name, found.published.version);
  const old = versionOf(found.source, found.published, held?.trained());
  const stale = new Set(staleWires(analysis).map(({ range }) => range.start));
  return [...new Set([newer[0], compatible])].flatMap((published): Newer[] => {
    const release = published && catalogue.release('module', name, published.version);
    const affected =
      release && versions.affected(old, versionOf(release.source, published, release.trained()));
    if (!affected) return [];
    // A frozen head never gets used to weights that it was not trained on.
    const heads = staleWires(analysis, published).filter(
      ({ head, range }) => isFrozen(head) && !stale.has(range.start),
    );
    const places = heads.map(({ head, range, now }) => ({
      ...{ file: analysis.source.file, range, rule: 'head-stale' },
      message: `\`${head.step.name}\` was not trained on ${now}`,
    }));
    const effect = heads.length > 0 ? 'breaks you here' : affected.effect;
    return [
      {
        version: published.version,
        affected: { ...affected, effect, places: [...affected.places, ...places] },
      },
    ];
  });
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

function said({ version, affected: { effect, places } }: Newer): string {
  if (effect !== 'breaks you here') return `${version} is out: ${effect}`;
  return `${version} is out: breaks you here, in ${places.length === 1 ? 'one place' : `${places.length} places`}`;
}

/** In every place of the file that has the same one: what stands beside it under another name is another matter. */
function upgrade(analysis: Analysis, reference: BrickReference, version: string): FixProposal[] {
  const slot = slotOf(reference);
  const edits = namedBricks(analysis).flatMap(({ kind, reference: other }) => {
    if (kind !== 'module' || slotOf(other) !== slot || !other.versionRangeAt) return [];
    return replace(analysis, other.versionRangeAt, `^${version}`, '').edits;
  });
  return edits.length > 0 ? [{ title: `Take \`${reference.name}\` ${version}`, edits }] : [];
}
