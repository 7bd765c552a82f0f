import assert from 'node:assert/strict';
import fc from 'fast-check';
import { daysInMonth, parseDate, weekdayOf } from '../../../../engine/data/dates';
import { nodeOf, numbersOf, outputOf, text } from './ops';

describe('dates', () => {
  it('are read as the platform reads them', () => {
    const between = { min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(between), (date) => {
        const read = parseDate(date.toISOString())!;
        assert.deepEqual(
          [read.year, read.month, read.day, read.hour, read.minute],
          [
            date.getUTCFullYear(),
            date.getUTCMonth() + 1,
            date.getUTCDate(),
            date.getUTCHours(),
            date.getUTCMinutes(),
          ],
        );
        assert.equal(weekdayOf(read), (date.getUTCDay() + 6) % 7);
        assert.ok(Math.abs(read.days * 86_400_000 - date.getTime()) < 1);
      }),
    );
  });

  it('may leave out what is not known, and have an offset', () => {
    for (const form of ['2024', '2024-02', '2024-02-29', '2024-02-29T13', ' 2024-02-29 13:05 ']) {
      assert.equal(parseDate(form)?.year, form.trim() === '2024-02-29T13' ? undefined : 2024, form);
    }
    const there = parseDate('2024-03-01T01:30:00+02:00')!;
    assert.equal(there.hour, 1);
    assert.equal(there.days, parseDate('2024-02-29T23:30:00Z')!.days);
  });

  it('that do not exist are none', () => {
    for (const wrong of [
      '2023-02-29',
      '2024-13-01',
      '2024-00-10',
      '2024-1-1',
      '24:00',
      'now',
      '2024-06-31',
      '1.2.2024',
    ]) {
      assert.equal(parseDate(wrong), undefined, wrong);
    }
    assert.equal(daysInMonth(parseDate('2024-02-01')!), 29);
  });

  it('come apart into numbers; a missing one stays missing', async () => {
    const parts = ['year', 'month', 'day', 'weekday', 'hour', 'minute', 'day_of_year', 'days'];
    const node = nodeOf('date_parts', ['batch', 8], { parts, cyclical: false });
    const value = await outputOf(node, text('2026-03-31T14:30:00Z', ''));
    // 31 March 2026 is a Tuesday, day 90, and 20543 days after 1 January 1970.
    assert.deepEqual(numbersOf(value), [2026, 3, 31, 1, 14, 30, 90, 20543.604, ...Array(8).fill(Number.NaN)]);
  });

  it('come round: the last is next to the first', async () => {
    const node = nodeOf('date_parts', ['batch', 5], { parts: ['year', 'month', 'hour'], cyclical: true });
    const value = await outputOf(node, text('2026-01-05T00:00', '2026-04-05T06:00', '2026-07-05T12:00'));
    assert.deepEqual(numbersOf(value), [2026, 0, 1, 0, 1, 2026, 1, 0, 1, 0, 2026, 0, -1, 0, -1]);
  });

  it('that cannot be read are a fault of the data', async () => {
    const node = nodeOf('date_parts', ['batch', 1], { parts: ['year'], cyclical: false });
    await assert.rejects(outputOf(node, text('yesterday')), /cannot read "yesterday" as a date/);
  });
});
