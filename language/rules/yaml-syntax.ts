import type { Rule } from './rule';

export const yamlSyntax: Rule = {
  id: 'yaml-syntax',
  severity: 'error',
  aboutText: true,
  summary: 'The text is not valid YAML.',
  why: 'What cannot be read cannot be checked; everything that can still be understood stays available.',
  check({ source }, report) {
    for (const { range, message } of source.tree.problems) report({ range, message });
  },
};
