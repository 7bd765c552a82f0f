import { locatedText } from '../names/declarations';
import { get, itemsOf } from '../syntax/path';
import type { Rule } from './rule';

export const reservedNameReused: Rule = {
  id: 'reserved-name-reused',
  group: 'names',
  severity: 'error',
  summary: 'A name that the brick itself says must not come back.',
  why: 'Files that were written for an earlier version would be understood, and mean something else.',
  check({ declaration, source }, report) {
    if (declaration?.kind !== 'module') return;
    const reserved = itemsOf(get(declaration.root, 'reserved')).flatMap((item) => locatedText(item) ?? []);
    for (const { value, range } of reserved) {
      for (const [what, names] of [
        ['an input', declaration.inputs],
        ['an output', declaration.outputs],
        ['a parameter', declaration.params],
      ] as const) {
        const found = names.get(value);
        if (!found) continue;
        report({
          range: found.key,
          message: `\`${value}\` is reserved, so ${what} must not be called so`,
          related: [{ file: source.file, range, message: 'reserved here' }],
        });
      }
    }
  },
};
