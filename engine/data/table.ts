/** A dataset's rows, read and held against its contract. */
import { dirname } from 'node:path';
import type { PlanColumn, PlanData } from '../../language/plan/format';
import { fail } from '../failure';
import { hashFile } from './cache';
import { checkColumn, type Surroundings } from './columns/check';
import { isBlank, type RawColumn } from './columns/problems';
import { nearest } from './nearest';
import { type RawTable, readTable } from './read';
import { displayPath, type SourceFiles } from './sources';
import type { HostValue } from './value';

export interface Table {
  rows: number;
  /** By column name. */
  columns: Record<string, HostValue>;
  /** Rows that each entry of `files` gave, in order: a split's name, or `all`. */
  origin: { name: string; from: number; to: number }[];
  /** Rows in which every declared column was empty; left out. */
  blank: number;
  /** sha256 of the files that rows name, by path. */
  files: Record<string, string>;
}

/** Reads and checks all files of a dataset. Fails with one clear message on the first breach of the contract. */
export async function readDataset(
  data: PlanData,
  files: SourceFiles,
  hash: (file: string) => string = hashFile,
): Promise<Table> {
  const wanted = data.columns.map((column) => column.name);
  const raws: RawFile[] = [];
  const origin: Table['origin'] = [];
  let rows = 0;
  let blank = 0;
  for (const [name, paths] of Object.entries(files)) {
    const from = rows;
    for (const path of paths) {
      const raw = rawFile(path, await readTable(path, wanted), data);
      raws.push(raw);
      rows += raw.kept.length;
      blank += raw.blank;
    }
    origin.push({ name, from, to: rows });
  }
  if (rows === 0) {
    const names = Object.values(files).flat().map(displayPath);
    const hold = names.length === 1 ? 'holds' : 'hold';
    fail('data-empty', `Dataset ${data.name} has no rows: ${names.join(', ')} ${hold} none`, {
      file: data.at.file,
      line: data.at.line,
    });
  }
  const columns: Record<string, HostValue> = {};
  const named: Table['files'] = {};
  const around: Surroundings = {
    folder: dirname(data.file),
    hash: (file) => {
      named[file] ??= hash(file);
      return named[file];
    },
  };
  for (const column of data.columns) columns[column.name] = checkColumn(column, joined(column, raws), around);
  return { rows, columns, origin, blank, files: named };
}

interface RawFile {
  path: string;
  table: RawTable;
  columns: Map<string, unknown[]>;
  /** Rows of the file that are not blank. */
  kept: number[];
  blank: number;
}

function rawFile(path: string, table: RawTable, data: PlanData): RawFile {
  const columns = new Map<string, unknown[]>();
  for (const column of data.columns) {
    if (!table.columns.includes(column.name) && column.required && table.rows > 0)
      missing(column, table, path);
    columns.set(column.name, table.column(column.name));
  }
  const kept: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    for (const values of columns.values()) {
      if (isBlank(values[row])) continue;
      kept.push(row);
      break;
    }
  }
  return { path, table, columns, kept, blank: table.rows - kept.length };
}

function missing(column: PlanColumn, table: RawTable, path: string): never {
  const meant = nearest(column.name, table.columns);
  fail(
    'data-column-missing',
    `${displayPath(path)} has no column ${column.name}${meant ? `; did you mean ${meant}?` : ''}`,
    {
      help: `It has ${table.columns.join(', ') || 'no columns'}.`,
      file: column.at.file,
      line: column.at.line,
    },
  );
}

function joined(column: PlanColumn, raws: RawFile[]): RawColumn {
  const values: unknown[] = [];
  for (const raw of raws) {
    const own = raw.columns.get(column.name)!;
    for (const row of raw.kept) values.push(own[row]);
  }
  return {
    values,
    textual: raws.every((raw) => raw.table.textual),
    place(row) {
      for (const raw of raws) {
        if (row < raw.kept.length) return `${displayPath(raw.path)} ${raw.table.place(raw.kept[row]!)}`;
        row -= raw.kept.length;
      }
      return column.name;
    },
  };
}
