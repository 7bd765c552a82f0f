import { brokenConditions, tellBroken } from './broken-conditions';
import type { Rule } from './rule';

export const conditionBroken: Rule = {
  id: 'condition-broken',
  group: 'shapes',
  severity: 'error',
  summary: 'Sizes that do not have to each other what a brick asks.',
  why: 'A brick says with `where` what must hold between its sizes, such as heads that divide a width.',
  check(analysis, report) {
    for (const problem of brokenConditions(analysis)) {
      if (problem.condition.parsed.constraint?.relation !== '<=') report(tellBroken(problem, analysis));
    }
  },
};
