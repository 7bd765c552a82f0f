import type { PlanNode } from '../../../language/plan/format';
import { fail } from '../../failure';
import { type DateTime, dayOfYear, daysInMonth, daysInYear, parseDate, weekdayOf } from '../dates';
import { tensorValue } from '../value';
import { innerShape, outputPort, type PrepareOp, textInput } from './op';

interface Part {
  value(date: DateTime): number;
  /** How far round its circle, from 0 to 1; parts that never come round have none. */
  turn?(date: DateTime): number;
}

const PARTS: Record<string, Part> = {
  year: { value: ({ year }) => year },
  days: { value: ({ days }) => days },
  month: { value: ({ month }) => month, turn: ({ month }) => (month - 1) / 12 },
  day: { value: ({ day }) => day, turn: (date) => (date.day - 1) / daysInMonth(date) },
  weekday: { value: weekdayOf, turn: (date) => weekdayOf(date) / 7 },
  day_of_year: { value: dayOfYear, turn: (date) => (dayOfYear(date) - 1) / daysInYear(date) },
  hour: { value: ({ hour }) => hour, turn: ({ hour }) => hour / 24 },
  minute: { value: ({ minute }) => minute, turn: ({ minute }) => minute / 60 },
};

/** Dates as text to numbers: float32[rows, parts], two per part where it is cyclical. A missing date stays missing. */
export const dateParts: PrepareOp = {
  apply(node, inputs) {
    const dates = textInput(node, inputs);
    const [width = 1] = innerShape(node);
    const result = new Float32Array(dates.length * width).fill(Number.NaN);
    const read = reader(node);
    for (const [row, text] of dates.entries()) {
      if (text !== '') result.set(read(text), row * width);
    }
    return { [outputPort(node)]: tensorValue('float32', [dates.length, width], result) };
  },
};

function reader(node: PlanNode): (text: string) => number[] {
  const names = Array.isArray(node.attributes.parts) ? node.attributes.parts.map(String) : [];
  const cyclical = node.attributes.cyclical === true;
  const parts = names.map((name) => {
    const part = PARTS[name];
    if (!part) throw new Error(`${node.id} (${node.op}) knows no ${name}`);
    return part;
  });
  return (text) => {
    const date =
      parseDate(text) ??
      fail('data-contract', `${node.id} cannot read ${JSON.stringify(text.slice(0, 60))} as a date`, {
        help: 'Dates are written as in 2026-03-31 or 2026-03-31T14:30:00Z; a `date` column is checked row by row.',
        file: node.at.file,
        line: node.at.line,
      });
    return parts.flatMap(({ value, turn }) => {
      if (!cyclical || !turn) return [value(date)];
      const angle = 2 * Math.PI * turn(date);
      return [Math.sin(angle), Math.cos(angle)];
    });
  };
}
