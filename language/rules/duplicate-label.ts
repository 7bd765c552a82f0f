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
      for (const { name, raw } of column.labels ?? []) {
        const first = seen.get(String(raw));
        if (first === undefined) seen.set(String(raw), name);
        else {
          report({
            range: column.key,
            message: `The labels \`${first}\` and \`${name}\` of \`${column.name}\` both stand for \`${raw}\``,
          });
          break;
        }
      }
    }
  },
};
