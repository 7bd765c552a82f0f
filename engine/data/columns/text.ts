import type { PlanColumn } from '../../../language/plan/format';
import { parseDate } from '../dates';
import { isBlank, type Problems, show } from './problems';

export function readText(column: PlanColumn, value: unknown, row: number, problems: Problems): string {
  if (isBlank(value)) {
    if (column.required && value !== '') problems.add(row, 'is empty');
    return '';
  }
  const text = value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
  if (typeof text !== 'string') {
    problems.add(row, `holds ${show(value)}, which is no text`);
    return '';
  }
  if (column.max_length !== undefined && text.length > column.max_length) {
    problems.add(row, `holds ${text.length} characters, more than max_length ${column.max_length}`);
  }
  return text;
}

/** Dates stay text, as they are written; parquet's own dates become ISO 8601. */
export function readDate(column: PlanColumn, value: unknown, row: number, problems: Problems): string {
  if (isBlank(value)) {
    if (column.required) problems.add(row, 'has no value');
    return '';
  }
  const text = value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
  if (typeof text === 'string' && parseDate(text)) return text.trim();
  problems.add(row, `holds ${show(value)}, which is no date such as 2026-03-31 or 2026-03-31T14:30:00Z`);
  return '';
}
