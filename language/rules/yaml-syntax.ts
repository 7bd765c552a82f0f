import type { Rule } from './rule';
import { bareTypes } from './type-needs-quotes';

export const yamlSyntax: Rule = {
  id: 'yaml-syntax',
  group: 'syntax',
  severity: 'error',
  aboutText: true,
  summary: 'The text is not valid YAML.',
  why: 'What cannot be read cannot be checked; everything that can still be understood stays available.',
  check({ source }, report) {
    // A bare type in a flow map breaks the text behind it.
    if (bareTypes(source.text).length > 0) return;
    const limits = new Set<string>();
    for (const { range, message, kind } of source.tree.problems) {
      // A bound is hit once, however often.
      if (kind === 'limit' && limits.has(message)) continue;
      if (kind === 'limit') limits.add(message);
      report({ range, message });
    }
  },
};
