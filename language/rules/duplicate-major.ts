import semver from 'semver';
import { namedBricks } from './references';
import { type Rule, replace } from './rule';

export const duplicateMajor: Rule = {
  id: 'duplicate-major',
  group: 'versions',
  severity: 'warning',
  summary: 'Two major versions of one brick in one file.',
  why: 'Both would be trained and kept, and nothing says that they understand each other.',
  check(analysis, report) {
    const newest = new Map<string, { version: string; wanted: string }>();
    const named = namedBricks(analysis).flatMap(({ reference, lookup }) => {
      // Under a name of its own it is meant.
      if (reference.slot !== undefined) return [];
      const version = lookup.status === 'found' ? semver.valid(lookup.declaration.version?.value) : null;
      return version ? [{ reference, version }] : [];
    });
    for (const { reference, version } of named) {
      const known = newest.get(reference.name);
      if (!known || semver.gt(version, known.version))
        newest.set(reference.name, { version, wanted: reference.versionRange ?? `^${version}` });
    }
    for (const { reference, version } of named) {
      const other = newest.get(reference.name)!;
      if (semver.major(version) === semver.major(other.version)) continue;
      const range = reference.versionRangeAt ?? reference.nameRange;
      report({
        range,
        message: `\`${reference.name}\` is used as ${version} here and as ${other.version} elsewhere in this file`,
        propose: () =>
          reference.versionRangeAt
            ? [replace(analysis, range, other.wanted, `Change the range to \`${other.wanted}\``)]
            : [],
      });
    }
  },
};
