import { describeProblem } from '../inference/problems';
import { factsAsRelated } from './facts';
import { rootProblems } from './root-problems';
import type { Report, Rule } from './rule';

export const opMisuse: Rule = {
  id: 'op-misuse',
  group: 'shapes',
  severity: 'error',
  after: ['invalid-default'],
  summary: 'An op is given something that it cannot take.',
  why: 'Each op says how many axes, which element type and which sizes it works on.',
  check(analysis, report) {
    const { inference } = analysis;
    const reported = new Set<string>();
    const found: Report[] = [];
    const wrongTypes = new Map<string, NonNullable<Report['related']>>();
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
      // What no step can take is most likely of the wrong type itself.
      if (problem.kind === 'op' && problem.problem.kind === 'dtype') {
        const { start, end } = problem.range;
        const source = analysis.source.text.slice(start, end);
        const first = wrongTypes.get(source);
        const place = {
          file: analysis.source.file,
          range: problem.range,
          message: `\`${step.name}\` cannot take it either`,
        };
        if (first) first.push(place);
        else wrongTypes.set(source, related);
        if (first) continue;
      }
      const when = problem.reading === undefined ? '' : ` (${problem.reading})`;
      found.push({ range: problem.range, message: `\`${step.name}\`: ${message}${when}`, related, help });
    }
    for (const each of found) report(each);
  },
};
