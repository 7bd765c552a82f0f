import type { Rule } from './rule';

export const moduleUntested: Rule = {
  id: 'module-untested',
  group: 'governance',
  severity: 'hint',
  summary: 'A brick without a test.',
  why: 'A test states what users may rely on, and catches the change that breaks it.',
  check({ declaration }, report) {
    if (declaration?.kind !== 'module' || declaration.hasTests || !declaration.name) return;
    report({
      range: declaration.name.range,
      message: `\`${declaration.name.value}\` has no tests; add one under \`tests:\``,
    });
  },
};
