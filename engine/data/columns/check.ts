/** Holds raw columns against the contract and turns them into values. */
import type { PlanColumn } from '../../../language/plan/format';
import { type HostValue, tensorValue } from '../value';
import { readCategories, readLabels } from './categories';
import { readBool, readNumber } from './numbers';
import { readPictures } from './pictures';
import { isBlank, Problems, type RawColumn, show } from './problems';
import { readTensors } from './tensors';
import { patternOf, readDate, readText } from './text';

/** What rows may name besides values. */
export interface Surroundings {
  /** Files lie below it. */
  folder: string;
  /** sha256 of a file's bytes, hex. */
  hash(file: string): string;
}

/** Fails with the first row that breaks the contract, and says how many more do. */
export function checkColumn(column: PlanColumn, raw: RawColumn, around: Surroundings): HostValue {
  const present = withMissing(column, column.type === 'image' ? raw : withText(raw));
  const problems = new Problems(column, present);
  const value = convert(column, present, problems, around);
  if (column.unique) refuseRepeated(present, problems);
  problems.report();
  return value;
}

function convert(column: PlanColumn, raw: RawColumn, problems: Problems, around: Surroundings): HostValue {
  const { values } = raw;
  const shape = [values.length];
  switch (column.type) {
    case 'string':
      return texts(column, raw, problems);
    case 'date':
      return { kind: 'text', values: values.map((value, row) => readDate(column, value, row, problems)) };
    case 'labels':
      return tensorValue(
        'float32',
        [values.length, column.labels?.length ?? 0],
        readLabels(column, raw, problems),
      );
    case 'category':
      return tensorValue('int32', shape, readCategories(column, raw, problems));
    case 'int': {
      const data = Int32Array.from(values, (value, row) => readNumber(column, raw, value, row, problems));
      return tensorValue('int32', shape, data);
    }
    case 'float': {
      const data = Float32Array.from(values, (value, row) => readNumber(column, raw, value, row, problems));
      return tensorValue('float32', shape, data);
    }
    case 'bool': {
      const data = Uint8Array.from(values, (value, row) => readBool(column, value, row, problems));
      return tensorValue('bool', shape, data);
    }
    case 'tensor':
      return readTensors(column, raw, problems);
    case 'image':
      return { kind: 'pictures', pictures: readPictures(column, raw, problems, around) };
  }
}

function texts(column: PlanColumn, { values }: RawColumn, problems: Problems): HostValue {
  const pattern = patternOf(column);
  return {
    kind: 'text',
    values: values.map((value, row) => readText(column, value, row, problems, pattern)),
  };
}

/** Bytes, as parquet files may hold text. */
function withText(raw: RawColumn): RawColumn {
  if (!raw.values.some((value) => value instanceof Uint8Array)) return raw;
  const decoder = new TextDecoder();
  return {
    ...raw,
    values: raw.values.map((value) => (value instanceof Uint8Array ? decoder.decode(value) : value)),
  };
}

/** What the contract says stands for a missing value is as good as an empty cell. */
function withMissing({ missing }: PlanColumn, raw: RawColumn): RawColumn {
  if (!missing) return raw;
  const words = new Set(missing);
  const values = raw.values.map((value) => (words.has(String(value)) ? null : value));
  return { ...raw, values };
}

function refuseRepeated({ values }: RawColumn, problems: Problems): void {
  const seen = new Set<string>();
  for (const [row, value] of values.entries()) {
    if (isBlank(value)) continue;
    const text = String(value);
    if (seen.has(text)) problems.add(row, `holds ${show(value)} once more, though its values are unique`);
    seen.add(text);
  }
}
