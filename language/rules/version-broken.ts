import { namedBricks } from './references';
import type { Rule } from './rule';

export const versionBroken: Rule = {
  id: 'version-broken',
  group: 'versions',
  severity: 'error',
  summary: 'A published version that cannot be read, or that is not what was published.',
  why: 'What was published never changes. Where a file is missing or has another hash, nobody can tell what it would do.',
  check(analysis, report) {
    for (const { reference, lookup } of namedBricks(analysis)) {
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
