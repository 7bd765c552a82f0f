/** Which rows belong to which split: by seed and content, never by chance. */
import type { PlanData } from '../../language/plan/format';
import { fail } from '../failure';
import { hashText } from './cache';
import type { Table } from './table';
import type { HostValue } from './value';

/** Row numbers by split, each ascending. */
export type Splits = Record<string, Int32Array>;

/**
 * Splits a dataset. Rows of an own file belong to that split; rows of `all` are shared out by the ratios, within
 * each value of the `stratify` column; rows with the same `group` stay together, and then groups alone are shared
 * out. The order in which rows are shared out is that of a hash of the seed and the row's content, so identical
 * rows fall into the same split and a test row cannot have been trained on.
 */
export function splitRows(data: PlanData, table: Table): Splits {
  // Rows of one group go where the group goes, whatever they hold.
  const keys = data.group === undefined ? contentKeys(table) : groupKeys(table, data.group);
  const stratify = data.group === undefined ? data.stratify : undefined;
  const splits: Record<string, number[]> = {};
  for (const { name, from, to } of table.origin) {
    const rows = range(from, to);
    if (name !== 'all' || !data.splits) {
      splits[name === 'all' ? 'train' : name] = rows;
      continue;
    }
    for (const stratum of strata(table, stratify, rows)) {
      shareOut(ordered(stratum, keys, data.seed, 'split'), keys, data.splits, splits);
    }
  }
  const result: Splits = {};
  for (const [name, rows] of Object.entries(splits)) {
    result[name] = Int32Array.from(rows.sort((a, b) => a - b));
    if (rows.length === 0) {
      fail('data-split-empty', `Split ${name} of dataset ${data.name} has no rows`, {
        help: `The dataset has ${table.rows} row${table.rows === 1 ? '' : 's'}; give the split a larger share or more data.`,
        file: data.at.file,
        line: data.at.line,
      });
    }
  }
  return result;
}

/**
 * At most `count` rows, in the proportions of the `stratify` column and chosen by `seed`. A larger count chooses a
 * superset.
 */
export function limitRows(
  table: Table,
  rows: Int32Array,
  count: number,
  seed: number,
  stratify: string | undefined,
): Int32Array {
  if (count >= rows.length) return rows;
  const keys = contentKeys(table);
  const candidates = strata(table, stratify, Array.from(rows)).flatMap((stratum) =>
    // Row i of n stands at (i + ½) / n of its stratum, so a cut at any height takes all strata in proportion.
    ordered(stratum, keys, seed, 'examples').map((row, i) => ({ row, height: (i + 0.5) / stratum.length })),
  );
  candidates.sort((a, b) => a.height - b.height);
  return Int32Array.from(candidates.slice(0, count), ({ row }) => row).sort();
}

function shareOut(
  rows: number[],
  keys: string[],
  ratios: Record<string, number>,
  splits: Record<string, number[]>,
): void {
  const total = Object.values(ratios).reduce((sum, ratio) => sum + ratio, 0);
  let sum = 0;
  const borders = Object.entries(ratios).map(([name, ratio]) => {
    sum += ratio;
    splits[name] ??= [];
    return { name, end: Math.round((sum / total) * rows.length) };
  });
  let border = 0;
  for (const [i, row] of rows.entries()) {
    const same = i > 0 && keys[row] === keys[rows[i - 1]!];
    while (!same && border < borders.length - 1 && i >= borders[border]!.end) border += 1;
    splits[borders[border]!.name]!.push(row);
  }
}

/** Rows by the value of a column; all rows together where there is none. */
function strata(table: Table, stratify: string | undefined, rows: number[]): number[][] {
  const column = stratify === undefined ? undefined : table.columns[stratify];
  if (!column) return [rows];
  const values = column.kind === 'tensor' ? column.tensor.data : keysOf(column);
  const groups = new Map<string | number, number[]>();
  for (const row of rows) {
    const value = values[row]!;
    const group = groups.get(value);
    if (group) group.push(row);
    else groups.set(value, [row]);
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function ordered(rows: number[], keys: string[], seed: number, use: string): number[] {
  const keyed = rows.map((row) => ({ row, key: hashText(`${use} ${seed} ${keys[row]}`) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.row - b.row)).map(({ row }) => row);
}

function groupKeys(table: Table, group: string): string[] {
  const column = table.columns[group];
  if (!column) throw new Error(`no column ${group} to group by`);
  return column.kind === 'tensor' ? Array.from(column.tensor.data, String) : keysOf(column);
}

function keysOf(value: Exclude<HostValue, { kind: 'tensor' }>): string[] {
  return value.kind === 'text' ? value.values : value.pictures.map(({ key }) => key);
}

/** What tells the content of a row from that of others. */
function contentKeys(table: Table): string[] {
  const columns = Object.values(table.columns).map((value) => {
    if (value.kind !== 'tensor') {
      const keys = keysOf(value);
      return (row: number) => keys[row]!;
    }
    const { data, shape } = value.tensor;
    const width = shape.slice(1).reduce((product, size) => product * size, 1);
    if (width === 1) return (row: number) => String(data[row]);
    return (row: number) => data.subarray(row * width, (row + 1) * width).join(' ');
  });
  return range(0, table.rows).map((row) => columns.map((read) => read(row)).join('\u0000'));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
