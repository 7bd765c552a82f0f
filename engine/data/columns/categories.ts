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

function distinct(values: unknown[]): string[] {
  return [...new Set(values.filter((value) => !isBlank(value)).map(String))].sort();
}
