import assert from 'node:assert/strict';
import { agoText, countText, durationText, valueText } from '../../protocol/runs/words';

describe('words for runs', () => {
  it('writes values short and readable', () => {
    const texts = [
      0,
      0.81234,
      0.00012,
      3.1459,
      12.3456,
      123.456,
      12_345.6,
      2e7,
      -0.5,
      'NaN',
      '-Infinity',
    ] as const;
    assert.deepEqual(
      texts.map((value) => valueText(value)),
      [
        '0',
        '0.812',
        '1.2e-4',
        '3.146',
        '12.35',
        '123.5',
        '12,346',
        '2.0e+7',
        '-0.500',
        'not a number',
        'minus infinite',
      ],
    );
  });

  it('writes durations in at most two units', () => {
    assert.deepEqual(
      [0.42, 9.96, 59.4, 60, 185, 3600, 7830].map((seconds) => durationText(seconds)),
      ['0.4 s', '10 s', '59 s', '1 min', '3 min 5 s', '1 h', '2 h 11 min'],
    );
  });

  it('writes ages', () => {
    const now = Date.parse('2026-03-02T12:00:00Z');
    const before = (seconds: number) => agoText(new Date(now - seconds * 1000).toISOString(), now);
    assert.deepEqual([5, 90, 7300, 90_000, 300_000, 3_000_000].map(before), [
      'now',
      '1 min ago',
      '2 h ago',
      'yesterday',
      '3 days ago',
      '2026-01-26',
    ]);
    assert.equal(agoText('not a time'), '');
  });

  it('sets thousands apart', () => {
    assert.equal(countText(1_234_567), '1,234,567');
  });
});
