import type { Rule } from './rule';

export const unresolvedImplementation: Rule = {
  id: 'unresolved-implementation',
  group: 'names',
  severity: 'error',
  summary: 'A file that a brick is made of is not there.',
  why: 'The brick could neither be run nor published. Paths start at the folder of the brick.',
  check({ declaration, host, source }, report) {
    if (declaration?.kind !== 'module') return;
    // Weights may come when the brick is published.
    const at = declaration.code?.language === 'typescript' ? declaration.code.at : undefined;
    if (!at || host.dataFile?.(source.file, at.value) !== 'missing') return;
    report({
      range: at.range,
      message: `There is no file \`${at.value}\`; paths start at the folder of this file`,
    });
  },
};
