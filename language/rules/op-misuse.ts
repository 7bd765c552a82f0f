import type { Rule } from './rule';

export const opMisuse: Rule = {
  id: 'op-misuse',
  group: 'shapes',
  severity: 'error',
  summary: 'An op is given something that it cannot take.',
  why: 'Each op says how many axes, which element type and which sizes it works on.',
  check({ inference }, report) {
    const reported = new Set<string>();
    for (const problem of inference?.graph.problems ?? []) {
      if (problem.kind === 'fit') continue;
      const { step } = problem.step;
      // One step, one finding: what follows from it inside the op is noise.
      if (reported.has(step.name)) continue;
      reported.add(step.name);
      const message =
        problem.kind === 'op'
          ? problem.problem.message
          : `${problem.why}: ${problem.left} is not ${problem.right}`;
      const help = problem.kind === 'op' ? problem.problem.help : undefined;
      report({ range: problem.range, message: `\`${step.name}\`: ${message}`, help });
    }
  },
};
