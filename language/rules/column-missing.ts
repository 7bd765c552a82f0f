import { locatedText } from '../names/declarations';
import { nearest } from '../names/nearest';
import { get, itemsOf } from '../syntax/path';
import { listed, type Rule, replace } from './rule';

export const columnMissing: Rule = {
  id: 'column-missing',
  severity: 'error',
  summary: 'A column that the dataset does not declare.',
  why: 'Splitting or slicing by it is not possible.',
  check(analysis, report) {
    const { declaration, inference } = analysis;
    const say = (
      value: string,
      range: { start: number; end: number },
      owner: string,
      columns: string[],
      prefix = '',
    ) => {
      const near = nearest(value, columns);
      report({
        range,
        message: `\`${owner}\` has no column \`${value}\`; it has ${listed(columns)}`,
        propose: () =>
          near ? [replace(analysis, range, prefix + near, `Change to \`${prefix}${near}\``)] : [],
      });
    };
    if (declaration?.kind === 'dataset') {
      const stratify = locatedText(get(declaration.splits, 'stratify'));
      if (stratify && !declaration.columns.has(stratify.value)) {
        say(
          stratify.value,
          stratify.range,
          declaration.name?.value ?? 'the dataset',
          declaration.columns.keys(),
        );
      }
    }
    if (inference?.kind !== 'model') return;
    for (const item of itemsOf(get(inference.model.evaluate, 'slices'))) {
      const slice = locatedText(item);
      if (!slice) continue;
      const [alias = '', column = ''] = slice.value.split('.');
      const data = inference.data.get(alias);
      if (!data)
        say(
          slice.value,
          slice.range,
          inference.model.name?.value ?? 'the model',
          [...inference.data.values()].flatMap(({ data: { alias: name }, lookup }) =>
            lookup.status === 'found'
              ? [...lookup.[...declaration.columns.keys()]].map((key) => `$name.$key`)
              : [],
          ),
        );
      else if (data.lookup.status === 'found' && !data.lookup.declaration.columns.has(column)) {
        say(column, slice.range, alias, data.lookup.[...declaration.columns.keys()] `$alias.`);
      }
    }
  },
};
