import semver from 'semver';
import type { Lookup } from '../names/catalogue';
import type { PublishedVersion } from '../names/published';
import type { BrickReference } from '../names/reference';
import { lockedOnce } from './locked-once';
import { namedBricks } from './references';
import { listed, type Rule, respell } from './rule';
import { unsolved } from './version-conflict';

type NoVersion = Extract<Lookup<'module'>, { status: 'no-version' }>;

export const noMatchingVersion: Rule = {
  id: 'no-matching-version',
  group: 'versions',
  severity: 'error',
  summary: 'The brick exists, but in no version that the range allows.',
  why: 'A range is a promise about compatibility; a version outside it may break the wires.',
  check(analysis, report) {
    const behind = unsolved(analysis, 'no-version');
    if (behind) report(behind);
    for (const { reference, lookup } of namedBricks(analysis)) {
      if (lookup.status !== 'no-version') continue;
      const range = reference.versionRangeAt ?? reference.nameRange;
      const newest = lookup.versions.filter((version) => semver.valid(version)).sort(semver.rcompare)[0];
      const was = lockedOnce(analysis, reference);
      report({
        range,
        message: `${claim(reference, lookup.withdrawn)}; ${others(lookup)}${was ? `. \`brique.lock\` has ${was.version}, which is no longer in \`${was.from ?? 'its registry'}\`` : ''}`,
        propose: () =>
          newest ? [respell(analysis, range, `^${newest}`, `Change the range to \`^${newest}\``)] : [],
      });
    }
  },
};

/** What is withdrawn is not gone: those who have it locked keep it. */
function claim({ name, versionRange }: BrickReference, withdrawn: readonly PublishedVersion[]): string {
  const [newest] = withdrawn;
  if (!newest) return `No version of \`${name}\` is in \`${versionRange}\``;
  const reason = newest.yanked?.reason ? `: ${newest.yanked.reason}` : '';
  const asked = versionRange === undefined ? '' : ` in \`${versionRange}\``;
  return withdrawn.length === 1
    ? `\`${name} ${newest.version}\`, all that there is${asked}, was withdrawn${reason}`
    : `Every version of \`${name}\`${asked} was withdrawn, \`${newest.version}\` last${reason}`;
}

function others({ versions, withdrawn }: NoVersion): string {
  if (versions.length === 0 && withdrawn.length > 0) return 'there is no other';
  return `there ${versions.length === 1 ? 'is' : 'are'} ${listed(versions) || 'none with a version'}`;
}
