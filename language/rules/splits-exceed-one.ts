import { splitShares } from '../names/splits';
import { type Rule, replace } from './rule';

export const splitsExceedOne: Rule = {
  id: 'splits-exceed-one',
  group: 'data',
  severity: 'error',
  after: ['unknown-key', 'wrong-value'],
  summary: 'The shares of the splits add up to more than 1.',
  why: 'Rows would be in two splits at once, and the test would see what training saw.',
  check(analysis, report) {
    const { declaration } = analysis;
    if (declaration?.kind !== 'dataset' || !declaration.splits) return;
    const shares = splitShares(declaration);
    const sum = shares.reduce((all, { share }) => all + share, 0);
    if (sum <= 1 + 1e-9) return;
    report({
      range: declaration.splits.range,
      message: `The splits add up to ${Number(sum.toFixed(6))}: ${shares.map(({ name, share }) => `${name} ${share}`).join(', ')}; at most 1 is possible`,
      propose() {
        const largest = shares.reduce((a, b) => (b.share > a.share ? b : a));
        const left = Number((1 - (sum - largest.share)).toFixed(6));
        if (left <= 0 || !largest.entry.value) return [];
        const title = `Lower \`${largest.name}\` to ${left}`;
        return [replace(analysis, largest.entry.value.range, String(left), title)];
      },
    });
  },
};
