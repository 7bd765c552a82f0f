import type { PlanColumn } from '../../../language/plan/format';
import { missingOf } from '../missing';
import { isBlank, type Problems, type RawColumn, show } from './problems';

/** The index of each row's label. */
export function readCategories(column: PlanColumn, raw: RawColumn, problems: Problems): Int32Array {
  const indices = new Map<string, number>();
  const labels = column.labels ?? distinct(raw.values).map((name) => ({ name, raw: name }));
  for (const [index, label] of labels.entries()) indices.set(String(label.raw), index);
  const declared = labels
    .map(({ name, raw: own }) => (name === String(own) ? name : `${name}: ${own}`))
    .join(', ');
  return Int32Array.from(raw.values, (value, row) => {
    if (isBlank(value)) return column.required ? problems.add(row, 'has no value') : missingOf('int32');
    const index = indices.get(String(value));
    return (
      index ?? problems.add(row, `holds ${show(value)}, which is not among its declared values (${declared})`)
    );
  });
}

/** 1 for each label that a row has: a list, or text with separators. float32[rows, labels]. */
export function readLabels(column: PlanColumn, raw: RawColumn, problems: Problems): Float32Array {
  const { labels = [], separator = ',' } = column;
  const indices = new Map(labels.map((label, index) => [String(label.raw), index]));
  const data = new Float32Array(raw.values.length * labels.length);
  for (const [row, value] of raw.values.entries()) {
    const items = itemsOf(value, separator);
    if (items.length === 0 && column.required) problems.add(row, 'has no label');
    for (const item of items) {
      const index = indices.get(item);
      if (index === undefined) {
        problems.add(
          row,
          `holds ${show(item)}, which is not among its declared values (${[...indices.keys()].join(', ')})`,
        );
      } else data[row * labels.length + index] = 1;
    }
  }
  return data;
}

function itemsOf(value: unknown, separator: string): string[] {
  if (isBlank(value)) return [];
  const items = Array.isArray(value) ? value : String(value).split(separator);
  return items.map((item) => String(item).trim()).filter((item) => item !== '');
}

function distinct(values: unknown[]): string[] {
  return [...new Set(values.filter((value) => !isBlank(value)).map(String))].sort();
}
