import type { Rule } from './rule';
import { isWrongAnyway } from './wrong-anyway';

export const insideBrick: Rule = {
  id: 'inside-brick',
  group: 'shapes',
  severity: 'error',
  summary: 'A brick does not work with these sizes or parameters.',
  why: 'The brick is right in general, but with the values given here one of its steps cannot be computed.',
  check(analysis, report) {
    const { inference } = analysis;
    if (inference?.kind !== 'model') return;
    // What is wrong with a part's own wires is said there, and what is wrong with the brick for everyone, in its file.
    const reported = new Set(inference.graph.problems.map((problem) => problem.step?.step.name));
    for (const { part, path, message, file, range, code } of analysis.flat()?.problems ?? []) {
      const step = inference.model.parts.get(part);
      // The first one in a part makes the others.
      if (
        !step ||
        code ||
        reported.has(part) ||
        isWrongAnyway(path, inference.graph.steps.get(part)?.target, analysis)
      )
        continue;
      if (step.share && reported.has(step.share.value)) continue;
      reported.add(part);
      report({
        range: step.module?.range ?? step.share?.range ?? step.key,
        message:
          path === part
            ? `\`${part}\` ${message}`
            : `\`${part}\` does not work here: at \`${path}\`, ${message}`,
        related: [{ file, range, message: 'this step' }],
      });
    }
  },
};
