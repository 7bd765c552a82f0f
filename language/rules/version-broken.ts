import semver from 'semver';
import { namedBricks } from './references';
import type { Rule } from './rule';

export const versionBroken: Rule = {
  id: 'version-broken',
  group: 'versions',
  severity: 'error',
  summary: 'A published version that cannot be read, or that is not what was published.',
  why: 'What was published never changes. Where a file is missing or has another hash, nobody can tell what it would do.',
  check(analysis, report) {
    const { catalogue } = analysis;
    for (const { reference, lookup } of namedBricks(analysis)) {
      if (lookup.status === 'found' && lookup.published) {
        const { version } = lookup.published;
        const better = catalogue
          .published(reference.name)
          .broken.find(
            (each) =>
              semver.gt(each.version, version) &&
              semver.satisfies(each.version, reference.versionRange ?? '*'),
          );
        if (!better) continue;
        report({
          range: reference.nameRange,
          message: `\`${reference.name} ${better.version}\` cannot be taken from the registry, so that ${version} is: ${better.why}`,
          severity: 'warning',
        });
      }
      if (lookup.status !== 'broken') continue;
      const what = lookup.version === '' ? reference.name : `${reference.name} ${lookup.version}`;
      report({
        range: reference.nameRange,
        message: `\`${what}\` cannot be taken from the registry: ${lookup.why}`,
        help: 'put the published files back, or name a version that can be read',
      });
    }
  },
};
