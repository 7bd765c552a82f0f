import { namedBricks } from './references';
import type { Rule } from './rule';

export const invalidRange: Rule = {
  id: 'invalid-range',
  group: 'versions',
  severity: 'error',
  summary: 'What follows `@` is not a version range.',
  why: 'Ranges follow npm: `^1.2`, `~1.2.3`, `>=1 <3`, `1.2.3`.',
  check(analysis, report) {
    for (const { reference, lookup } of namedBricks(analysis)) {
      if (lookup.status !== 'invalid-range') continue;
      report({
        range: reference.versionRangeAt ?? reference.nameRange,
        message: `\`${reference.versionRange}\` is not a version range; write for example \`^1.2\``,
      });
    }
  },
};
