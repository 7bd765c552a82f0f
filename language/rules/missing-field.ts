import { structuralRule } from './structural';

export const missingField = structuralRule(
  {
    id: 'missing-field',
    severity: 'error',
    summary: 'A required field is absent.',
    why: 'Without it the file has no complete meaning.',
  },
  ['missing-field'],
);
