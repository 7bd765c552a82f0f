import { namedBricks } from './references';
import type { Rule } from './rule';

export const usesDeprecated: Rule = {
  id: 'uses-deprecated',
  group: 'versions',
  severity: 'warning',
  summary: 'A brick whose author advises against it.',
  why: 'It may get no more versions; its manifest says what to use instead.',
  check(analysis, report) {
    for (const { reference, lookup } of namedBricks(analysis)) {
      if (lookup.status !== 'found' || lookup.declaration.kind !== 'module') continue;
      const { deprecated } = lookup.declaration;
      if (!deprecated) continue;
      report({
        range: reference.nameRange,
        message: `\`${reference.name}\` is deprecated: ${deprecated.value}`,
        tags: ['deprecated'],
        related: [{ file: lookup.source.file, range: deprecated.range, message: 'deprecated here' }],
      });
    }
  },
};
