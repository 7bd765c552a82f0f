import { contradictedSizes, tellContradicted } from './common-sizes';
import { countedFacts, factsAsRelated, tellFacts, wiresAmong } from './facts';
import { claim, setParams, typesOf } from './misfits';
import type { Rule } from './rule';

export const dimConflict: Rule = {
  id: 'dim-conflict',
  group: 'shapes',
  severity: 'error',
  summary: 'Several places force two sizes on one axis.',
  why: 'Each of them alone is fine; together they cannot hold. The facts listed are the fewest that contradict.',
  check(analysis, report) {
    const { contradicted, others } = contradictedSizes(analysis);
    for (const one of contradicted) report(tellContradicted(one, analysis));
    for (const { misfit, axis } of others) {
      if (wiresAmong(axis.facts) < 2) continue;
      const facts = tellFacts(axis.facts, analysis);
      report({
        range: misfit.range,
        message: `${claim(misfit)}: axis ${axis.axis} would have to be both ${axis.from} and ${axis.to}\n${typesOf(misfit)}\nthese ${countedFacts(axis.facts)} cannot all hold:\n${facts}`,
        related: factsAsRelated(axis.facts),
        propose: () => setParams(misfit, axis, analysis),
      });
    }
  },
};
