import type { Column } from '../names/declarations';
import { type Located, locatedText } from '../names/declarations';
import { get, itemsOf } from '../syntax/path';
import type { Rule } from './rule';

export const columnTypeMismatch: Rule = {
  id: 'column-type-mismatch',
  group: 'data',
  severity: 'error',
  after: ['missing-field', 'unknown-key', 'wrong-value'],
  summary: 'A column is used for something that its type does not allow.',
  why: 'Splits keep the proportions of labels, and slices are told apart by few values: neither works on numbers or pictures.',
  check({ declaration, inference, source }, report) {
    const complain = (
      at: Located<string>,
      column: Column | undefined,
      allowed: string[],
      what: string,
      file: string,
    ) => {
      if (!column || allowed.includes(column.type)) return;
      report({
        range: at.range,
        message: `\`${column.name}\` is a column of type \`${column.type}\`; ${what}`,
        related: [{ file, range: column.key, message: 'declared here' }],
      });
    };
    if (declaration?.kind === 'dataset') {
      const stratify = locatedText(get(declaration.splits, 'stratify'));
      const column = stratify && declaration.columns.get(stratify.value);
      if (stratify)
        complain(stratify, column, ['category', 'bool'], 'only labels have proportions to keep', source.file);
    }
    if (inference?.kind !== 'model') return;
    for (const item of itemsOf(get(inference.model.evaluate, 'slices'))) {
      const slice = locatedText(item);
      const [alias = '', name = ''] = slice?.value.split('.') ?? [];
      const lookup = inference.data.get(alias)?.lookup;
      if (!slice || lookup?.status !== 'found') continue;
      const column = lookup.declaration.columns.get(name);
      const allowed = ['category', 'bool', 'string', 'int', 'date', 'datetime'];
      complain(slice, column, allowed, 'slices need values that come again', lookup.source.file);
    }
  },
};
