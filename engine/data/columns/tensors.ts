import type { PlanColumn } from '../../../language/plan/format';
import { fail } from '../../failure';
import { missingOf } from '../missing';
import { type HostValue, tensorValue } from '../value';
import { misfit } from './numbers';
import { isBlank, type Problems, type RawColumn } from './problems';

/** Nested lists of numbers (JSON text in csv files) of the contract's shape, its first axis being the row. */
export function readTensors(column: PlanColumn, raw: RawColumn, problems: Problems): HostValue {
  const inner = innerSizes(column);
  const width = inner.reduce((product, size) => product * size, 1);
  const dtype = column.value.dtype.includes('int') ? 'int32' : 'float32';
  const data = new (dtype === 'int32' ? Int32Array : Float32Array)(raw.values.length * width);
  const numbers = new Float64Array(width);
  for (const [row, value] of raw.values.entries()) {
    const from = row * width;
    if (isBlank(value) && !column.required) {
      data.fill(missingOf(dtype), from, from + width);
      continue;
    }
    const nested = raw.textual && typeof value === 'string' ? parseList(value) : value;
    if (!fill(nested, inner, 0, numbers, 0)) {
      problems.add(row, `holds no numbers of shape [${inner.join(', ')}]`);
      continue;
    }
    const why = firstMisfit(column, dtype, numbers);
    if (why !== undefined) problems.add(row, `holds ${why}`);
    data.set(numbers, from);
  }
  return tensorValue(dtype, [raw.values.length, ...inner], data);
}

function firstMisfit(
  column: PlanColumn,
  dtype: 'float32' | 'int32',
  numbers: Float64Array,
): string | undefined {
  for (const number of numbers) {
    const why = misfit(column, dtype, number);
    if (why !== undefined) return why;
  }
  return undefined;
}

function innerSizes(column: PlanColumn): number[] {
  return column.value.shape.slice(1).map((size) => {
    if (typeof size === 'number') return size;
    return fail(
      'data-type',
      `Column ${column.name} needs a size for ${size}: rows of one tensor must be equally large`,
      { file: column.at.file, line: column.at.line },
    );
  });
}

function parseList(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // No list, which the caller says.
  }
}

/** Whether nested lists have exactly this shape; their numbers go to `data`, from `at`. */
export function fill(value: unknown, shape: number[], axis: number, data: Float64Array, at: number): boolean {
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
