import { describeRank } from '../types/fit';
import { rankRepairs } from './insertions';
import { claim, declaredAt, misfits, typesOf } from './misfits';
import type { Rule } from './rule';

export const rankMismatch: Rule = {
  id: 'rank-mismatch',
  group: 'shapes',
  severity: 'error',
  summary: 'A wire whose ends have a different number of axes.',
  why: 'No size can make them equal; a pooling, flatten or reshape is missing, or the wrong port is wired.',
  check(analysis, report) {
    for (const misfit of misfits(analysis, 'rank')) {
      const { from, to } = misfit.fit;
      report({
        range: misfit.range,
        message: `${claim(misfit)}: it has ${describeRank(from)}, not ${describeRank(to)}\n${typesOf(misfit)}`,
        related: declaredAt(misfit),
        help:
          from.dims.length > to.dims.length
            ? 'pool or flatten the extra axis first'
            : 'wire a value from before it was pooled',
        propose: () => rankRepairs(misfit, analysis),
      });
    }
  },
};
