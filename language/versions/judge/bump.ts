/** How far a version number has to go. */
import semver from 'semver';
import type { Bump } from './change';

/**
 * The least version that may follow `old` with such a change. Before 1.0.0 what breaks goes into the minor number, and
 * before 0.1.0 into the patch, which is what `^` admits there.
 */
export function leastVersion(old: string, bump: Bump): string | undefined {
  const parsed = semver.parse(old);
  if (!parsed) return undefined;
  if (bump === 'none') return parsed.version;
  const next = semver.inc(parsed.version, numberFor(parsed, bump));
  return next ?? undefined;
}

function numberFor({ major, minor }: semver.SemVer, bump: Exclude<Bump, 'none'>): semver.ReleaseType {
  if (major > 0 || bump === 'patch') return bump;
  return bump === 'major' && minor > 0 ? 'minor' : 'patch';
}

/** Whether the new number goes far enough; undefined where one of them is no version. A release to come counts as it. */
export function goesFarEnough(old: string, next: string, bump: Bump): boolean | undefined {
  const least = leastVersion(old, bump);
  const parsed = semver.parse(next);
  if (least === undefined || !parsed) return undefined;
  const release = `${parsed.major}.${parsed.minor}.${parsed.patch}`;
  if (bump !== 'none' && semver.lte(parsed, old)) return false;
  return semver.gte(release, semver.prerelease(least) ? parsed.version : least);
}
