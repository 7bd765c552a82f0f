import { columnType } from '../inference/column';
import type { InferredData } from '../inference/model';
import type { Column } from '../names/declarations';
import { splitShares } from '../names/splits';
import { asNumber, asScalar, asText, get } from '../syntax/path';
import type { Range } from '../syntax/tree';
import { Dim } from '../types/dim';
import type { Place, PlanColumn, PlanData } from './format';
import { typeOf } from './plan';

type PlaceOf = (file: string, range: Range) => Place;

export function dataOf({ data, lookup }: InferredData, place: PlaceOf): PlanData[] {
  if (lookup.status !== 'found') return [];
  const { declaration, source } = lookup;
  const files: Record<string, string[]> = {};
  for (const { split, path } of declaration.files) files[split] = [...(files[split] ?? []), path.value];
  const shares = splitShares(declaration).map(({ name, share }): [string, number] => [name, share]);
  const stratify = asText(get(declaration.splits, 'stratify'));
  return [
    {
      alias: data.alias,
      name: declaration.name?.value ?? '',
      version: declaration.version?.value ?? '0.0.0',
      file: source.file,
      files,
      columns: [...declaration.columns.values()].flatMap((column) =>
        columnOf(column, (range) => place(source.file, range)),
      ),
      splits: shares.length > 0 ? Object.fromEntries(shares) : undefined,
      seed: asNumber(get(declaration.splits, 'seed')) ?? 0,
      ...(stratify === undefined ? {} : { stratify }),
      at: place(source.file, declaration.name?.range ?? declaration.root.range),
    },
  ];
}

function columnOf(column: Column, place: (range: Range) => Place): PlanColumn[] {
  const type = columnType(column, Dim.symbol('batch'));
  if (!type) return [];
  const settings = column.entry.value;
  const bounds = ['min', 'max', 'max_length'].flatMap((key): [string, number][] => {
    const value = asNumber(get(settings, key));
    return value === undefined ? [] : [[key, value]];
  });
  return [
    {
      name: column.name,
      type: column.type as PlanColumn['type'],
      ...(column.labels ? { labels: column.labels } : {}),
      required: asScalar(get(settings, 'required'))?.value !== false,
      ...Object.fromEntries(bounds),
      value: typeOf(type),
      at: place(column.key),
    },
  ];
}
