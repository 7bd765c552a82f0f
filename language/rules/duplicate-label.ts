import type { Column } from '../names/declarations';
import { get } from '../syntax/path';
import type { Range } from '../syntax/tree';
import type { Rule } from './rule';

export const duplicateLabel: Rule = {
  id: 'duplicate-label',
  group: 'data',
  severity: 'error',
  summary: 'Two labels of a category stand for the same value.',
  why: 'A row with that value would be both.',
  check({ declaration }, report) {
    if (declaration?.kind !== 'dataset') return;
    for (const column of declaration.columns.values()) {
      const seen = new Map<string, string>();
      const places = labelPlaces(column);
      for (const [index, { name, raw }] of (column.labels ?? []).entries()) {
        const first = seen.get(String(raw));
        if (first === undefined) seen.set(String(raw), name);
        else {
          report({
            range: places[index] ?? column.key,
            message:
              first === name
                ? `The label \`${name}\` of \`${column.name}\` is given twice`
                : `The labels \`${first}\` and \`${name}\` of \`${column.name}\` both stand for \`${raw}\``,
          });
          break;
        }
      }
    }
  },
};

function labelPlaces({ entry }: Column): Range[] {
  const values = get(entry.value, 'values');
  if (values?.kind === 'sequence') return values.items.map((item) => item.range);
  return values?.kind === 'map' ? values.entries.map(({ key }) => key.range) : [];
}
