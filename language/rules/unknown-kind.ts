import { renameToNearest, structuralRule } from './structural';

export const unknownKind = structuralRule(
  {
    id: 'unknown-kind',
    group: 'syntax',
    severity: 'error',
    summary: 'The file does not say what it is.',
    why: '`kind` decides how a file is read: `module`, `dataset`, `model` or `workspace`.',
  },
  ['unknown-kind'],
  renameToNearest,
);
