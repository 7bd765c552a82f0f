/** Holds raw columns against the contract and turns them into values. */
import type { PlanColumn } from '../../language/plan/format';
import { fail } from '../failure';
import { type HostValue, tensorValue } from './value';

/** A raw column and how to name its rows in messages. */
export interface RawColumn {
  values: unknown[];
  textual: boolean;
  /** `data/amazon.json row 12`. */
  place(row: number): string;
}

/** Empty in the sense of a table: nothing there, or only an empty cell. */
export function isBlank(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

/** Fails with the first row that breaks the contract, and says how many more do. */
export function checkColumn(column: PlanColumn, raw: RawColumn): HostValue {
  const problems = new Problems(column, raw);
  const value = convert(column, raw, problems);
  problems.report();
  return value;
}

class Problems {
  readonly #found: { row: number; why: string }[] = [];
  #count = 0;

  constructor(
    readonly column: PlanColumn,
    readonly raw: RawColumn,
  ) {}

  add(row: number, why: string): number {
    this.#count += 1;
    if (this.#found.length < 1) this.#found.push({ row, why });
    return 0;
  }

  report(): void {
    const first = this.#found[0];
    if (!first) return;
    const more = this.#count > 1 ? ` (and ${this.#count - 1} more rows like it)` : '';
    fail('data-contract', `${this.raw.place(first.row)}: column ${this.column.name} ${first.why}${more}`, {
      help: 'Correct the data, or the contract of the dataset.',
      file: this.column.at.file,
      line: this.column.at.line,
    });
  }
}

function convert(column: PlanColumn, raw: RawColumn, problems: Problems): HostValue {
  const count = raw.values.length;
  switch (column.type) {
    case 'string':
      return { kind: 'text', values: raw.values.map((value, row) => readText(column, value, row, problems)) };
    case 'category':
      return tensorValue('int32', [count], readCategories(column, raw, problems));
    case 'int':
      return tensorValue(
        'int32',
        [count],
        Int32Array.from(raw.values, (value, row) => readNumber(column, raw, value, row, problems)),
      );
    case 'float':
      return tensorValue(
        'float32',
        [count],
        Float32Array.from(raw.values, (value, row) => readNumber(column, raw, value, row, problems)),
      );
    case 'bool':
      return tensorValue(
        'bool',
        [count],
        Uint8Array.from(raw.values, (value, row) => readBool(value, row, problems)),
      );
    case 'tensor':
      return readTensors(column, raw, problems);
    case 'image':
      fail('data-type', `Column ${column.name} holds images, which this engine does not read yet`, {
        file: column.at.file,
        line: column.at.line,
      });
  }
}

function readText(column: PlanColumn, value: unknown, row: number, problems: Problems): string {
  if (isBlank(value)) {
    if (column.required && value !== '') problems.add(row, 'is empty');
    return '';
  }
  if (typeof value !== 'string') {
    problems.add(row, `holds ${show(value)}, which is no text`);
    return '';
  }
  if (column.max_length !== undefined && value.length > column.max_length) {
    problems.add(row, `holds ${value.length} characters, more than max_length ${column.max_length}`);
  }
  return value;
}

function readCategories(column: PlanColumn, raw: RawColumn, problems: Problems): Int32Array {
  const indices = new Map<string, number>();
  const labels = column.labels ?? distinct(raw.values).map((name) => ({ name, raw: name }));
  for (const [index, label] of labels.entries()) indices.set(String(label.raw), index);
  const declared = labels
    .map(({ name, raw: own }) => (name === String(own) ? name : `${name}: ${own}`))
    .join(', ');
  return Int32Array.from(raw.values, (value, row) => {
    if (isBlank(value)) return problems.add(row, 'has no value');
    const index = indices.get(String(value));
    return (
      index ?? problems.add(row, `holds ${show(value)}, which is not among its declared values (${declared})`)
    );
  });
}

function distinct(values: unknown[]): string[] {
  return [...new Set(values.filter((value) => !isBlank(value)).map(String))].sort();
}

const INT32 = 2 ** 31;

function readNumber(
  column: PlanColumn,
  raw: RawColumn,
  value: unknown,
  row: number,
  problems: Problems,
): number {
  if (isBlank(value)) {
    // A missing measurement; `standardize` puts the mean in its place.
    if (!column.required && column.type === 'float') return Number.NaN;
    return problems.add(row, 'has no value');
  }
  const number = asNumber(value, raw.textual);
  const kind = column.type === 'int' ? 'whole number' : 'number';
  if (number === undefined || (column.type === 'int' && !Number.isInteger(number))) {
    return problems.add(row, `holds ${show(value)}, which is no ${kind}`);
  }
  if (column.type === 'int' && (number >= INT32 || number < -INT32)) {
    return problems.add(row, `holds ${number}, which does not fit 32 bits`);
  }
  if (column.min !== undefined && number < column.min) {
    problems.add(row, `holds ${number}, less than its min ${column.min}`);
  }
  if (column.max !== undefined && number > column.max) {
    problems.add(row, `holds ${number}, more than its max ${column.max}`);
  }
  return number;
}

function asNumber(value: unknown, textual: boolean): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'bigint') return Number(value);
  if (!textual || typeof value !== 'string') return undefined;
  const number = Number(value.trim());
  return Number.isFinite(number) ? number : undefined;
}

const TRUE = new Set(['true', '1', 'yes']);
const FALSE = new Set(['false', '0', 'no']);

function readBool(value: unknown, row: number, problems: Problems): number {
  if (isBlank(value)) return problems.add(row, 'has no value');
  const text = String(value).trim().toLowerCase();
  if (TRUE.has(text)) return 1;
  if (FALSE.has(text)) return 0;
  return problems.add(row, `holds ${show(value)}, which is neither true nor false`);
}

/** Nested lists of numbers (JSON text in csv files) of the contract's shape, its first axis being the row. */
function readTensors(column: PlanColumn, raw: RawColumn, problems: Problems): HostValue {
  const inner = column.value.shape.slice(1).map((size) => {
    if (typeof size === 'number') return size;
    return fail(
      'data-type',
      `Column ${column.name} needs a size for ${size}: rows of one tensor must be equally large`,
      {
        file: column.at.file,
        line: column.at.line,
      },
    );
  });
  const width = inner.reduce((product, size) => product * size, 1);
  const whole = column.value.dtype.includes('int');
  const data = new (whole ? Int32Array : Float32Array)(raw.values.length * width);
  for (const [row, value] of raw.values.entries()) {
    const nested = raw.textual && typeof value === 'string' ? parseList(value) : value;
    if (!fill(nested, inner, 0, data, row * width)) {
      problems.add(row, `holds no numbers of shape [${inner.join(', ')}]`);
    }
  }
  return tensorValue(whole ? 'int32' : 'float32', [raw.values.length, ...inner], data);
}

function parseList(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fill(
  value: unknown,
  shape: number[],
  axis: number,
  data: Float32Array | Int32Array,
  at: number,
): boolean {
  if (axis === shape.length) {
    if (typeof value !== 'number' && typeof value !== 'bigint') return false;
    data[at] = Number(value);
    return true;
  }
  const list = ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value;
  if (!Array.isArray(list) || list.length !== shape[axis]) return false;
  const width = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  return list.every((item, i) => fill(item, shape, axis + 1, data, at + i * width));
}

function show(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
