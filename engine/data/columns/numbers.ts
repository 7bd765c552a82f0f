import type { PlanColumn } from '../../../language/plan/format';
import { missingOf } from '../missing';
import { isBlank, type Problems, type RawColumn, show } from './problems';

const INT32 = 2 ** 31;

export function readNumber(
  column: PlanColumn,
  { textual }: RawColumn,
  value: unknown,
  row: number,
  problems: Problems,
): number {
  if (isBlank(value)) {
    if (!column.required) return missingOf(column.type === 'float' ? 'float32' : 'int32');
    return problems.add(row, 'has no value');
  }
  const number = asNumber(value, textual);
  const dtype = column.type === 'float' ? 'float32' : 'int32';
  if (number === undefined) {
    return problems.add(row, `holds ${show(value)}, which is no ${dtype === 'int32' ? 'whole ' : ''}number`);
  }
  const why = misfit(column, dtype, number);
  return why === undefined ? number : problems.add(row, `holds ${why}`);
}

/** Why a number breaks the contract of its column, or cannot be kept as it is; undefined where all is well. */
export function misfit(
  { min, max }: PlanColumn,
  dtype: 'float32' | 'int32',
  number: number,
): string | undefined {
  if (dtype === 'int32' && !Number.isInteger(number)) return `${number}, which is no whole number`;
  // The least of all 32-bit whole numbers stands for a missing value.
  const fits = dtype === 'int32' ? Math.abs(number) < INT32 : Number.isFinite(Math.fround(number));
  if (!fits) return `${number}, which ${Number.isFinite(number) ? 'does not fit 32 bits' : 'is no number'}`;
  if (min !== undefined && number < min) return `${number}, less than its min ${min}`;
  if (max !== undefined && number > max) return `${number}, more than its max ${max}`;
  return undefined;
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

export function readBool(column: PlanColumn, value: unknown, row: number, problems: Problems): number {
  if (isBlank(value)) return column.required ? problems.add(row, 'has no value') : missingOf('bool');
  const text = String(value).trim().toLowerCase();
  if (TRUE.has(text)) return 1;
  if (FALSE.has(text)) return 0;
  return problems.add(row, `holds ${show(value)}, which is neither true nor false`);
}
