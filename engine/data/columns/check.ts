/** Holds raw columns against the contract and turns them into values. */
import type { PlanColumn } from '../../../language/plan/format';
import { type HostValue, tensorValue } from '../value';
import { readCategories } from './categories';
import { readBool, readNumber } from './numbers';
import { readPictures } from './pictures';
import { Problems, type RawColumn } from './problems';
import { readTensors } from './tensors';
import { readDate, readText } from './text';

/** What rows may name besides values. */
export interface Surroundings {
  /** Files lie below it. */
  folder: string;
  /** sha256 of a file's bytes, hex. */
  hash(file: string): string;
}

/** Fails with the first row that breaks the contract, and says how many more do. */
export function checkColumn(column: PlanColumn, raw: RawColumn, around: Surroundings): HostValue {
  const problems = new Problems(column, raw);
  const value = convert(column, raw, problems, around);
  problems.report();
  return value;
}

function convert(column: PlanColumn, raw: RawColumn, problems: Problems, around: Surroundings): HostValue {
  const { values } = raw;
  const shape = [values.length];
  switch (column.type) {
    case 'string':
      return { kind: 'text', values: values.map((value, row) => readText(column, value, row, problems)) };
    case 'date':
      return { kind: 'text', values: values.map((value, row) => readDate(column, value, row, problems)) };
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
