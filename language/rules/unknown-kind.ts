import { entriesOf, keyOf } from '../syntax/path';
import { type Analysis, type FixProposal, replace } from './rule';
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
  (problem, analysis) => [...renameToNearest(problem, analysis), ...kindByKeys(analysis)],
);

/** Sections that only files of one kind have. */
const TELLING = { graph: 'module', outputs: 'module', columns: 'dataset', parts: 'model', tasks: 'model' };

function kindByKeys(analysis: Analysis): FixProposal[] {
  const { root } = analysis.source.tree;
  const keys = entriesOf(root).map(keyOf);
  const kinds = new Set(Object.entries(TELLING).flatMap(([key, kind]) => (keys.includes(key) ? kind : [])));
  const [kind] = kinds;
  const [first] = entriesOf(root);
  if (!first || kind === undefined || kinds.size > 1 || keys.includes('kind')) return [];
  const { start } = first.key.range;
  const proposal = replace(analysis, { start, end: start }, `kind: ${kind}\n`, `Add \`kind: ${kind}\``);
  return [{ ...proposal, uncovers: true }];
}
