import semver from 'semver';
import { namedBricks } from './references';
import { listed, type Rule, replace } from './rule';
import { unsolved } from './version-conflict';

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
      report({
        range,
        message: `No version of \`${reference.name}\` is in \`${reference.versionRange}\`; there ${lookup.versions.length === 1 ? 'is' : 'are'} ${listed(lookup.versions) || 'none with a version'}`,
        propose: () =>
          newest ? [replace(analysis, range, `^${newest}`, `Change the range to \`^${newest}\``)] : [],
      });
    }
  },
};
