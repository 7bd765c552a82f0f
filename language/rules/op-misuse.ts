import { describeProblem } from '../inference/problems';
import { factsAsRelated } from './facts';
import { rootProblems } from './root-problems';
import type { Rule } from './rule';

export const opMisuse: Rule = {
  id: 'op-misuse',
  group: 'shapes',
  severity: 'error',
  after: ['invalid-default'],
  summary: 'An op is given something that it cannot take.',
  why: 'Each op says how many axes, which element type and which sizes it works on.',
  check({ inference }, report) {
    const reported = new Set<string>();
    for (const problem of rootProblems(inference?.graph)) {
      if (problem.kind !== 'op' && problem.kind !== 'equation') continue;
      if (problem.step.target.kind === 'module') continue;
      const { step } = problem.step;
      // One step, one finding: what follows from it inside the op is noise.
      if (reported.has(step.name)) continue;
      reported.add(step.name);
      if (problem.kind === 'equation' && problem.overspecialized && inference?.kind === 'module') continue;
      const { message, help } = describeProblem(problem);
      const related =
        problem.kind === 'equation' && problem.facts.length > 1 ? factsAsRelated(problem.facts) : [];
      const when = problem.reading === undefined ? '' : ` (${problem.reading})`;
      report({ range: problem.range, message: `\`${step.name}\`: ${message}${when}`, related, help });
    }
  },
};
