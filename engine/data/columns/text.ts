import type { PlanColumn } from '../../../language/plan/format';
import { fail } from '../../failure';
import { parseDate } from '../dates';
import { isBlank, type Problems, show } from './problems';

export function readText(
  column: PlanColumn,
  text: unknown,
  row: number,
  problems: Problems,
  pattern?: RegExp,
): string {
  if (isBlank(text)) {
    if (column.required && text !== '') problems.add(row, 'is empty');
    return '';
  }
  if (typeof text !== 'string') {
    problems.add(row, `holds ${show(text)}, which is no text`);
    return '';
  }
  if (column.max_length !== undefined && text.length > column.max_length) {
    problems.add(row, `holds ${text.length} characters, more than max_length ${column.max_length}`);
  }
  if (column.min_length !== undefined && text.length < column.min_length) {
    problems.add(row, `holds ${text.length} characters, fewer than min_length ${column.min_length}`);
  }
  if (pattern && !pattern.test(text))
    problems.add(row, `holds ${show(text)}, which is not of the form ${column.pattern}`);
  return text;
}

/** The whole text must match. */
export function patternOf({ name, pattern, at }: PlanColumn): RegExp | undefined {
  if (pattern === undefined) return undefined;
  try {
    return new RegExp(`^(?:${pattern})$`, 'su');
  } catch (error) {
    return fail('data-type', `The pattern of column ${name} cannot be read: ${(error as Error).message}`, {
      file: at.file,
      line: at.line,
    });
  }
}

/** Dates stay text, as they are written; parquet's own dates become ISO 8601. */
export function readDate(column: PlanColumn, value: unknown, row: number, problems: Problems): string {
  if (isBlank(value)) {
    if (column.required) problems.add(row, 'has no value');
    return '';
  }
  const text = value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
  const date = typeof text === 'string' ? parseDate(text) : undefined;
  if (typeof text === 'string' && date) {
    const { earliest, latest } = column;
    if (earliest !== undefined && date.days < daysOf(earliest))
      problems.add(row, `holds ${text}, before its min ${earliest}`);
    if (latest !== undefined && date.days > daysOf(latest))
      problems.add(row, `holds ${text}, after its max ${latest}`);
    return text.trim();
  }
  problems.add(row, `holds ${show(value)}, which is no date such as 2026-03-31 or 2026-03-31T14:30:00Z`);
  return '';
}

/** A bound that is no date bounds nothing. */
function daysOf(text: string): number {
  return parseDate(text)?.days ?? Number.NaN;
}
