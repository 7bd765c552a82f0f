import { otherForm } from './other-forms';
import { renameToNearest, structuralRule } from './structural';

export const unknownKey = structuralRule(
  {
    id: 'unknown-key',
    group: 'syntax',
    severity: 'error',
    summary: 'A key that the format does not know.',
    why: 'A misspelt key would be ignored in silence and the default used instead. Keys that start with `x-` are yours.',
  },
  ['unknown-key'],
  (problem, analysis) => otherForm(problem, analysis) ?? renameToNearest(problem, analysis),
);
