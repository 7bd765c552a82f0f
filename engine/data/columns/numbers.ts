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
  const kind = column.type === 'int' ? 'whole number' : 'number';
  if (number === undefined || (column.type === 'int' && !Number.isInteger(number))) {
    return problems.add(row, `holds ${show(value)}, which is no ${kind}`);
  }
  // The least of all 32-bit numbers stands for a missing value.
  if (column.type === 'int' && (number >= INT32 || number <= -INT32)) {
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

export function readBool(column: PlanColumn, value: unknown, row: number, problems: Problems): number {
  if (isBlank(value)) return column.required ? problems.add(row, 'has no value') : missingOf('bool');
  const text = String(value).trim().toLowerCase();
  if (TRUE.has(text)) return 1;
  if (FALSE.has(text)) return 0;
  return problems.add(row, `holds ${show(value)}, which is neither true nor false`);
}
