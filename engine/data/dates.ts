/** Dates in ISO 8601: `2026`, `2026-03`, `2026-03-31`, with a time after `T` or a blank, and an offset. */

/** The date and time as written, whatever the offset; `days` counts from the start of 1970 in UTC. */
export interface DateTime {
  year: number;
  /** From 1. */
  month: number;
  /** From 1. */
  day: number;
  hour: number;
  minute: number;
  second: number;
  days: number;
}

const FORM =
  /^([+-]\d{6}|\d{4})(?:-(\d\d)(?:-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(?:([Zz])|([+-])(\d\d):?(\d\d)?)?)?)?)?$/;

const DAY = 86_400_000;

/** Undefined for what is no date, `2026-02-30` included. */
export function parseDate(text: string): DateTime | undefined {
  const match = FORM.exec(text.trim());
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((group) =>
    Number(match[group] ?? (group === 2 || group === 3 ? 1 : 0)),
  ) as [number, number, number, number, number, number];
  const fraction = match[7] ? Number(`0.${match[7]}`) : 0;
  const [offsetHours, offsetMinutes] = [Number(match[10] ?? 0), Number(match[11] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59 || offsetHours > 23 || offsetMinutes > 59) return undefined;
  const start = dateOf(year, month, day);
  if (start.getUTCMonth() !== month - 1 || start.getUTCDate() !== day) return undefined;
  const offset = (match[9] === '-' ? -1 : 1) * (offsetHours * 60 + offsetMinutes);
  const time = start.getTime() + ((hour * 60 + minute - offset) * 60 + second + fraction) * 1000;
  return { year, month, day, hour, minute, second, days: time / DAY };
}

/** From 0, Monday. */
export function weekdayOf({ year, month, day }: DateTime): number {
  return (dateOf(year, month, day).getUTCDay() + 6) % 7;
}

/** From 1. */
export function dayOfYear({ year, month, day }: DateTime): number {
  return Math.round((dateOf(year, month, day).getTime() - dateOf(year, 1, 1).getTime()) / DAY) + 1;
}

export function daysInMonth({ year, month }: DateTime): number {
  return dateOf(year, month + 1, 0).getUTCDate();
}

export function daysInYear({ year }: DateTime): number {
  return Math.round((dateOf(year + 1, 1, 1).getTime() - dateOf(year, 1, 1).getTime()) / DAY);
}

/** `Date.UTC` takes years below 100 for the 20th century's. */
function dateOf(year: number, month: number, day: number): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date;
}
