import { brokenConditions, tellBroken } from './broken-conditions';
import type { Rule } from './rule';

export const boundExceeded: Rule = {
  id: 'bound-exceeded',
  group: 'shapes',
  severity: 'error',
  summary: 'A size beyond what a brick allows.',
  why: 'A brick says with `where` how large its sizes may be, such as the longest sequence that it has positions for.',
  check(analysis, report) {
    for (const problem of brokenConditions(analysis)) {
      if (problem.condition.parsed.constraint?.relation === '<=') report(tellBroken(problem, analysis));
    }
  },
};
