/** Which number a version gets: what its manifest or the command says, held against what the judge finds. */
import semver from 'semver';
import type { Names } from '../../language/names/catalogue';
import type { Surroundings, Verdict } from '../../language/versions/judge/judge';
import { judge } from '../../language/versions/judge/judge';
import { publishedIn } from '../../language/versions/judge/judgements';
import type { BrickVersion } from '../../language/versions/judge/version';
import { RegistryFailure } from '../../registry/published/failure';
import { problemOfVersion } from '../../registry/published/names';
import type { Registries } from '../../registry/published/registries';
import type { Release } from '../../registry/published/registry';
import { type NamedVersion, releasedVersion } from '../brick-version';
import { type Reason, Refused, refused } from './reasons';

export interface Numbered {
  version: string;
  /** The published version that it follows, and what changed since; undefined for the first. */
  old?: string;
  verdict?: Verdict;
}

export interface Numbering {
  name: string;
  /** What the manifest or `--version` says. */
  wanted: string | undefined;
  /** Take the least version that goes far enough, where `wanted` does not. */
  bump: boolean;
  registries: Registries;
  /** Bricks of the workspace and the library. */
  around: Surroundings;
  /** What else the versions are made of. */
  names: Names;
  /** The version to come, under a number. */
  next(version: string): BrickVersion;
}

/** Throws `Refused` with the number that it must be. */
export function numbered(numbering: Numbering): Numbered {
  const { name, wanted, registries } = numbering;
  if (wanted === undefined)
    return refused(
      'version-missing',
      `${name} has no \`version\``,
      'Write `version: 1.0.0`, or give one with --version.',
    );
  const problem = problemOfVersion(wanted);
  if (problem) return refused('version-invalid', `The version \`${wanted}\` ${problem}`);
  const versions = publishedVersions(registries, name);
  if (versions.length === 0) return { version: wanted };
  const isPublished = versions.includes(wanted);
  const usable = registries.releases(name).map(({ version }) => version);
  if (isPublished && !numbering.bump && !usable.includes(wanted)) {
    const broken = registries.all.flatMap((registry) => registry.broken(name));
    const why = broken.find(({ version }) => version === wanted)?.why;
    return refused(
      'already-published',
      `${name} ${wanted} is already published, and cannot be read${why === undefined ? '' : `: ${why}`}`,
      `brique registry verify ${name} says what is wrong.`,
    );
  }
  const old = (isPublished ? undefined : followed(usable, wanted)) ?? followed(usable, undefined);
  if (old === undefined) {
    return refused(
      'version-broken',
      `No published version of ${name} can be read`,
      'brique registry verify says what is wrong.',
    );
  }
  const verdict = verdictOf(numbering, old, wanted);
  // What nobody's check sees is advice, which `--bump` takes.
  const isEnough =
    !isPublished && semver.gt(wanted, old) && (numbering.bump ? verdict.enough : verdict.tolerable) !== false;
  if (isEnough) return { version: wanted, old, verdict };
  const least = leastAfter(verdict, old, versions);
  if (verdict.required === 'none' && isPublished)
    refused('already-published', `${name} ${wanted} is already published, and nothing changed since`);
  if (numbering.bump) return { version: least, old, verdict: verdictOf(numbering, old, least) };
  throw new Refused(tooSmall(name, wanted, old, least, verdict, isPublished));
}

function tooSmall(
  name: string,
  wanted: string,
  old: string,
  least: string,
  verdict: Verdict,
  isPublished: boolean,
): Reason {
  const surfaces = surfacesOf(verdict);
  const since = `what changed since ${old} is ${verdict.required}${surfaces === '' ? '' : ` (${surfaces})`}`;
  return {
    code: isPublished ? 'already-published' : 'bump-too-small',
    message: isPublished
      ? `${name} ${wanted} is already published, and ${since}: it must be at least ${least}`
      : `${wanted} is too small: ${since}, so it must be at least ${least}`,
    help: `--bump writes ${least} into the file; --version ${least} leaves the file as it is.`,
  };
}

/** `call major, load patch`; empty where nothing changed. */
export function surfacesOf({ surfaces }: Verdict): string {
  const touched = Object.entries(surfaces).filter(([, bump]) => bump !== 'none');
  return touched.map(([surface, bump]) => `${surface} ${bump}`).join(', ');
}

function verdictOf(
  { name, registries, around, names, next }: Numbering,
  old: string,
  version: string,
): Verdict {
  const [before, after] = [readable(registries, registries.release(name, old)!, version), next(version)];
  const published = publishedIn([before.source, after.source], names);
  const verdict = judge(before, after, { ...around, sources: [...around.sources, ...published] });
  return verdict ?? refused('version-broken', `${name} ${old} cannot be compared`);
}

function readable(registries: Registries, release: Release, wanted: string): NamedVersion {
  try {
    return releasedVersion(registries, release);
  } catch (error) {
    if (!(error instanceof RegistryFailure)) throw error;
    const { name, version } = release;
    const claim =
      version === wanted
        ? `${name} ${version} is already published, and cannot be read`
        : `${name} ${version}, which this follows, cannot be read`;
    const help = `brique registry verify ${name} says what is wrong.`;
    return refused(
      version === wanted ? 'already-published' : 'version-broken',
      `${claim}: ${error.message}`,
      help,
    );
  }
}

/** At least one more than `old`, even where nothing changed. */
function leastAfter({ least }: Verdict, old: string, versions: readonly string[]): string {
  const start = least !== undefined && semver.gt(least, old) ? least : semver.inc(old, 'patch')!;
  let free = start;
  while (versions.includes(free)) free = semver.inc(free, 'patch')!;
  return free;
}

/** Usable or not: their numbers are taken. */
function publishedVersions({ all }: Registries, name: string): string[] {
  return [...new Set(all.flatMap((registry) => registry.versions(name)))].sort(semver.rcompare);
}

/** The highest version below another one, a stable one if there is one; the highest of all without it. */
function followed(versions: readonly string[], below: string | undefined): string | undefined {
  const lower = below === undefined ? versions : versions.filter((each) => semver.lt(each, below));
  return lower.find((each) => semver.prerelease(each) === null) ?? lower[0];
}
