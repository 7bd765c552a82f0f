/** Reads data files into raw columns: values as the file has them, nothing checked yet. */
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { fail } from '../failure';
import { displayPath } from './sources';

export interface RawTable {
  /** All columns that the file has. */
  columns: string[];
  rows: number;
  /** The values of one column, by row; undefined where a record lacks it. */
  column(name: string): unknown[];
  /** True where values are text that still has to be read as numbers (csv, tsv). */
  textual: boolean;
  /** What a person calls row `index`: `row 12`, or `line 14` where lines are rows. */
  place(index: number): string;
}

/** Reads one file; only `wanted` columns of it where the format allows that. */
export async function readTable(file: string, wanted: string[]): Promise<RawTable> {
  switch (extname(file).toLowerCase()) {
    case '.csv':
      return readDelimited(file, ',');
    case '.tsv':
      return readDelimited(file, '\t');
    case '.json':
      return readJson(file);
    case '.jsonl':
    case '.ndjson':
      return readJsonLines(file);
    case '.parquet':
      return readParquet(file, wanted);
    default:
      fail('data-format', `${displayPath(file)} is of no known format`, {
        help: 'csv, tsv, json, jsonl and parquet files are read, by the ending of their name.',
        file,
      });
  }
}

function readDelimited(file: string, delimiter: string): RawTable {
  let rows: string[][];
  try {
    rows = parse(readFileSync(file), {
      delimiter,
      bom: true,
      skip_empty_lines: true,
      quote: delimiter === '\t' ? null : '"',
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    fail('data-broken', `${displayPath(file)} cannot be read: ${error.message}`, { file });
  }
  const columns = rows.shift() ?? [];
  return {
    columns,
    rows: rows.length,
    column: (name) => {
      const index = columns.indexOf(name);
      return rows.map((row) => (index < 0 ? undefined : row[index]));
    },
    textual: true,
    place: (index) => `row ${index + 1}`,
  };
}

type JsonRecord = Record<string, unknown>;

function recordTable(records: JsonRecord[], place: (index: number) => string): RawTable {
  const columns = new Set<string>();
  for (const record of records) for (const name of Object.keys(record)) columns.add(name);
  return {
    columns: [...columns],
    rows: records.length,
    column: (name) => records.map((record) => record[name]),
    textual: false,
    place,
  };
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readJson(file: string): RawTable {
  let content: unknown;
  try {
    content = JSON.parse(readText(file));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    fail('data-broken', `${displayPath(file)} is not JSON: ${error.message}`, { file });
  }
  if (!Array.isArray(content)) {
    fail('data-format', `${displayPath(file)} holds no list of records`, {
      help: 'A json data file is [{"column": value, …}, …]; one record per line is a jsonl file.',
      file,
    });
  }
  const odd = content.findIndex((record) => !isRecord(record));
  if (odd >= 0)
    fail('data-format', `Row ${odd + 1} of ${displayPath(file)} is no record of columns`, { file });
  return recordTable(content as JsonRecord[], (index) => `row ${index + 1}`);
}

function readJsonLines(file: string): RawTable {
  const records: JsonRecord[] = [];
  const lines: number[] = [];
  for (const [index, line] of readText(file).split('\n').entries()) {
    if (line.trim() === '') continue;
    let record: unknown;
    try {
      record = JSON.parse(line);
    } catch {
      record = undefined;
    }
    if (!isRecord(record)) {
      fail('data-broken', `Line ${index + 1} of ${displayPath(file)} is no JSON record of columns`, {
        file,
        line: index + 1,
      });
    }
    records.push(record);
    lines.push(index + 1);
  }
  return recordTable(records, (index) => `line ${lines[index]}`);
}

async function readParquet(file: string, wanted: string[]): Promise<RawTable> {
  // Loaded when it is needed: most datasets are text.
  const { parquetMetadata, parquetReadObjects, parquetSchema } = await import('hyparquet');
  const bytes = readFileSync(file);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  try {
    const columns = parquetSchema(parquetMetadata(buffer)).children.map((child) => child.element.name);
    const records = await parquetReadObjects({
      file: buffer,
      columns: columns.filter((name) => wanted.includes(name)),
      // Bytes that are not said to be text stay bytes: they may be pictures.
      utf8: false,
    });
    return { ...recordTable(records, (index) => `row ${index + 1}`), columns, rows: records.length };
  } catch (error) {
    fail('data-broken', `${displayPath(file)} cannot be read as parquet: ${(error as Error).message}`, {
      file,
    });
  }
}

function readText(file: string): string {
  const text = readFileSync(file, 'utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
