import type { Rule } from './rule';

export const insideBrick: Rule = {
  id: 'inside-brick',
  severity: 'error',
  summary: 'A brick does not work with these sizes or parameters.',
  why: 'The brick is right in general, but with the values given here one of its steps cannot be computed.',
  check(analysis, report) {
    const { inference } = analysis;
    if (inference?.kind !== 'model') return;
    const reported = new Set<string>();
    for (const { part, path, message, file, range } of analysis.flat()?.problems ?? []) {
      const step = inference.model.parts.get(part);
      // The first one in a part makes the others.
      if (!step || reported.has(part)) continue;
      reported.add(part);
      report({
        range: step.module?.range ?? step.key,
        message:
          path === part
            ? `\`${part}\` ${message}`
            : `\`${part}\` does not work here: at \`${path}\`, ${message}`,
        related: [{ file, range, message: 'this step' }],
      });
    }
  },
};
