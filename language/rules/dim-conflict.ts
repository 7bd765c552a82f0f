import { equationOf, explainFacts } from '../types/explain';
import { claim, misfits, typesOf } from './misfits';
import type { Rule } from './rule';

export const dimConflict: Rule = {
  id: 'dim-conflict',
  group: 'shapes',
  severity: 'error',
  summary: 'Several wires force two sizes on one axis.',
  why: 'Each wire alone is fine; together they cannot hold. The facts listed are the fewest that contradict.',
  check(analysis, report) {
    for (const misfit of misfits(analysis, 'axis')) {
      if (misfit.fit.reason !== 'axis') continue;
      const axis = misfit.fit.axes[0]!;
      if (axis.facts.length < 2) continue;
      report({
        range: misfit.range,
        message: `${claim(misfit)}: axis ${axis.axis} would have to be both ${axis.from} and ${axis.to}\n${typesOf(misfit)}\nthese facts cannot all hold:\n${explainFacts(axis.facts)}`,
        related: axis.facts.map((fact) => ({
          file: fact.cause.file,
          range: fact.cause.range,
          message: `${equationOf(fact)}: ${fact.cause.text}`,
        })),
      });
    }
  },
};
