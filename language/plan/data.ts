import { columnType } from '../inference/column';
import type { InferredData } from '../inference/model';
import type { Column } from '../names/declarations';
import { splitShares } from '../names/splits';
import { asNumber, asScalar, asText, get, itemsOf } from '../syntax/path';
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
  const group = asText(get(declaration.splits, 'group'));
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
      ...(group === undefined ? {} : { group }),
      at: place(source.file, declaration.name?.range ?? declaration.root.range),
    },
  ];
}

type Bounds = Partial<Omit<PlanColumn, 'name' | 'type' | 'labels' | 'required' | 'value' | 'at'>>;

function columnOf(column: Column, place: (range: Range) => Place): PlanColumn[] {
  const type = columnType(column, Dim.symbol('batch'));
  if (!type) return [];
  const settings = column.entry.value;
  return [
    {
      name: column.name,
      type: column.type as PlanColumn['type'],
      ...(column.labels ? { labels: column.labels } : {}),
      required: asScalar(get(settings, 'required'))?.value !== false,
      ...boundsOf(column),
      value: typeOf(type),
      at: place(column.key),
    },
  ];
}

/** What else the contract asks of the values. */
function boundsOf({ type, entry: { value: settings } }: Column): Bounds {
  const number = (key: string) => asNumber(get(settings, key));
  const text = (key: string) => asText(get(settings, key));
  const isDate = type === 'date';
  const missing = itemsOf(get(settings, 'missing')).flatMap((item) => asScalar(item)?.value ?? []);
  const bounds: Bounds = {
    min: isDate ? undefined : number('min'),
    max: isDate ? undefined : number('max'),
    min_length: number('min_length'),
    max_length: number('max_length'),
    earliest: isDate ? text('min') : undefined,
    latest: isDate ? text('max') : undefined,
    pattern: text('pattern'),
    unique: asScalar(get(settings, 'unique'))?.value === true ? true : undefined,
    missing: missing.length > 0 ? missing.map(String) : undefined,
    separator: text('separator'),
  };
  return Object.fromEntries(Object.entries(bounds).filter(([, value]) => value !== undefined));
}
