import { contradictedSizes } from './common-sizes';
import { factsAsRelated, wiresAmong } from './facts';
import { projections } from './insertions';
import { claim, declaredAt, setParams, typesOf } from './misfits';
import type { Rule } from './rule';

/** A wire that alone proves the sizes different; where several wires are needed, `dim-conflict` tells them all. */
export const dimMismatch: Rule = {
  id: 'dim-mismatch',
  group: 'shapes',
  severity: 'error',
  summary: 'A wire whose ends have different sizes.',
  why: 'The step would fail at run time, often after data was loaded.',
  check(analysis, report) {
    for (const { misfit, axis } of contradictedSizes(analysis).others) {
      if (wiresAmong(axis.facts) > 1) continue;
      const params = axis.facts.filter(({ cause }) => cause.kind === 'param' || cause.kind === 'condition');
      report({
        range: misfit.range,
        message: `${claim(misfit)}: axis ${axis.axis} is ${axis.from}, not ${axis.to}\n${typesOf(misfit)}`,
        related: [...declaredAt(misfit), ...factsAsRelated(params)],
        propose: () => [...setParams(misfit, axis, analysis), ...projections(misfit, axis, analysis)],
      });
    }
  },
};
