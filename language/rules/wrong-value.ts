import { renameToNearest, structuralRule } from './structural';

export const wrongValue = structuralRule(
  {
    id: 'wrong-value',
    group: 'syntax',
    severity: 'error',
    summary: 'A value of the wrong kind, or none of those allowed.',
    why: 'The field would not mean what it says.',
  },
  ['wrong-type', 'wrong-value'],
  renameToNearest,
);
