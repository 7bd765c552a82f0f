import { describeProblem } from '../inference/problems';
import { countedFacts, factsAsRelated, tellFacts, wiresAmong } from './facts';
import { claim, mismatchedAxes, setParams, typesOf } from './misfits';
import type { Rule } from './rule';

export const dimConflict: Rule = {
  id: 'dim-conflict',
  group: 'shapes',
  severity: 'error',
  summary: 'Several wires force two sizes on one axis.',
  why: 'Each wire alone is fine; together they cannot hold. The facts listed are the fewest that contradict.',
  check(analysis, report) {
    for (const { misfit, axis } of mismatchedAxes(analysis)) {
      if (wiresAmong(axis.facts) < 2) continue;
      const facts = tellFacts(axis.facts, analysis);
      report({
        range: misfit.range,
        message: `${claim(misfit)}: axis ${axis.axis} would have to be both ${axis.from} and ${axis.to}\n${typesOf(misfit)}\nthese ${countedFacts(axis.facts)} cannot all hold:\n${facts}`,
        related: factsAsRelated(axis.facts),
        propose: () => setParams(misfit, axis, analysis),
      });
    }
    // What `dims` of the composition says against what a part is set to.
    for (const problem of analysis.inference?.graph.problems ?? []) {
      if (problem.kind !== 'equation' || problem.step.target.kind !== 'module') continue;
      const { message } = describeProblem(problem);
      report({
        range: problem.range,
        message: `\`${problem.step.step.name}\`: ${message}`,
        related: factsAsRelated(problem.facts),
      });
    }
  },
};
