import semver from 'semver';
import { namedBricks } from './references';
import { type Rule, replace } from './rule';

export const invalidRange: Rule = {
  id: 'invalid-range',
  group: 'versions',
  severity: 'error',
  summary: 'What follows `@` is not a version range.',
  why: 'Ranges follow npm: `^1.2`, `~1.2.3`, `>=1 <3`, `1.2.3`.',
  check(analysis, report) {
    for (const { kind, reference, lookup } of namedBricks(analysis)) {
      if (lookup.status !== 'invalid-range') continue;
      const range = reference.versionRangeAt ?? reference.nameRange;
      report({
        range,
        message: `\`${reference.versionRange}\` is not a version range; write for example \`^1.2\``,
        propose() {
          const { catalogue } = analysis;
          const versions = [
            ...catalogue.headed(kind, reference.name).map(({ version }) => version),
            ...catalogue
              .published(reference.name)
              .versions.flatMap(({ yanked, version }) => (yanked ? [] : version)),
          ];
          const known = versions.flatMap((version) => semver.valid(version) ?? []);
          const newest = known.sort(semver.rcompare)[0];
          return newest ? [replace(analysis, range, `^${newest}`, `Change the range to \`^${newest}\``)] : [];
        },
      });
    }
  },
};
