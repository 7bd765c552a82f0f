import type { Located } from '../names/declarations';
import { locatedText } from '../names/declarations';
import { nearest } from '../names/nearest';
import { entriesOf, get, itemsOf } from '../syntax/path';
import { type Analysis, listed, type Report, type Rule, respell } from './rule';

export const columnMissing: Rule = {
  id: 'column-missing',
  group: 'data',
  severity: 'error',
  summary: 'A column that the dataset does not declare.',
  why: 'Splitting or slicing by it is not possible.',
  check(analysis, report) {
    const { declaration, inference } = analysis;
    if (declaration?.kind === 'dataset') {
      const columns = [...declaration.columns.keys()];
      for (const key of ['stratify', 'group']) {
        const named = locatedText(get(declaration.splits, key));
        if (named && !columns.includes(named.value))
          report(missing(analysis, named, declaration.name?.value ?? 'The dataset', columns));
      }
    }
    if (inference?.kind !== 'model') return;
    const { evaluate } = inference.model;
    // What names no dataset may be meant for a measure.
    const required = entriesOf(get(evaluate, 'require')).filter(
      ({ key, value }) => value?.kind === 'map' && inference.data.has(String(key.value).split('.')[0]!),
    );
    const named = [...itemsOf(get(evaluate, 'slices')), ...required.map(({ key }) => key)];
    for (const slice of named.map(locatedText)) {
      const [alias = '', column] = slice?.value.split('.') ?? [];
      const lookups = [...inference.data.values()].filter(
        ({ data }) => !inference.data.has(alias) || data.alias === alias,
      );
      if (!slice || lookups.some(({ lookup }) => lookup.status !== 'found')) continue;
      const columns = lookups.flatMap(({ data, lookup }) =>
        lookup.status === 'found'
          ? [...lookup.declaration.columns.keys()].map((name) => `${data.alias}.${name}`)
          : [],
      );
      if (columns.includes(slice.value)) continue;
      if (inference.data.has(alias) && column !== undefined) report(missing(analysis, slice, alias, columns));
      else report(noSlice(analysis, slice, [...inference.data.keys()], columns));
    }
  },
};

/** What does not start with the name of a dataset, or is nothing more than that. */
function noSlice(
  analysis: Analysis,
  { value, range }: Located<string>,
  data: string[],
  columns: string[],
): Report {
  const alike = columns.filter((column) => column.endsWith(`.${value}`));
  const near = alike.length === 1 ? alike[0] : data.includes(value) ? undefined : nearest(value, columns);
  const what = data.includes(value) ? 'all of a dataset' : 'no column of the data';
  const form = columns.length > 0 ? `, as \`${columns[0]}\`` : '';
  return {
    range,
    message: `\`${value}\` is ${what}; ${near ? `did you mean \`${near}\`?` : `a slice is named \`data.column\`${form}`}`,
    propose: () => (near ? [respell(analysis, range, near)] : []),
  };
}

function missing(
  analysis: Analysis,
  { value, range }: Located<string>,
  owner: string,
  columns: string[],
): Report {
  const near = nearest(value, columns);
  const shown = value.startsWith(`${owner}.`) ? value.slice(owner.length + 1) : value;
  const there = columns.length === 1 ? 'is' : 'are';
  const has = columns.length > 0 ? `there ${there} ${listed(columns)}` : 'there are none';
  return {
    range,
    message: `\`${owner}\` has no column \`${shown}\`; ${near ? `did you mean \`${near}\`?` : has}`,
    propose: () => (near ? [respell(analysis, range, near)] : []),
  };
}
