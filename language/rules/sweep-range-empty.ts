import { betweenOf, whyEmpty } from '../plan/sweep';
import { entriesOf, get, keyOf } from '../syntax/path';
import type { Rule } from './rule';

export const sweepRangeEmpty: Rule = {
  id: 'sweep-range-empty',
  group: 'tasks',
  severity: 'error',
  summary: 'A range to sweep over that holds no value.',
  why: 'There would be nothing to try.',
  check({ inference }, report) {
    if (inference?.kind !== 'model') return;
    for (const entry of entriesOf(get(inference.model.train, 'sweep'))) {
      const name = keyOf(entry);
      const between = name.startsWith('x-') ? undefined : betweenOf(entry.value);
      const why = between && whyEmpty(between);
      if (why && entry.value)
        report({ range: entry.value.range, message: `The range of \`${name}\` holds nothing: ${why}` });
    }
  },
};
