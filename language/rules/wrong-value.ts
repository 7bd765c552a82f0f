import { otherForm } from './other-forms';
import { type Analysis, type FixProposal, replace } from './rule';
import { renameToNearest, structuralRule } from './structural';

type Problem = Parameters<typeof renameToNearest>[0];

export const wrongValue = structuralRule(
  {
    id: 'wrong-value',
    group: 'syntax',
    severity: 'error',
    summary: 'A value of the wrong kind, or none of those allowed.',
    why: 'The field would not mean what it says.',
  },
  ['wrong-type', 'wrong-value'],
  (problem, analysis) => [
    ...(otherForm(problem, analysis) ?? []),
    ...renameToNearest(problem, analysis),
    ...declaredInFull(problem, analysis),
  ],
);

/** `hidden: 64` under `params` gives a param its default and leaves the rest out. */
function declaredInFull({ path, range }: Problem, analysis: Analysis): FixProposal[] {
  const written = analysis.source.text.slice(range.start, range.end);
  const type = typeOf(written);
  if (path.length !== 2 || path[0] !== 'params' || type === undefined) return [];
  const { edits } = replace(analysis, range, `{ type: ${type}, default: ${written} }`, '');
  return [{ title: 'Make it the default', uncovers: true, edits }];
}

function typeOf(written: string): string | undefined {
  if (/^-?\d+$/.test(written)) return 'int';
  if (/^-?\d*\.?\d+(e-?\d+)?$/.test(written)) return 'float';
  if (/^(true|false)$/.test(written)) return 'bool';
  return /^[\w-]+$/.test(written) ? 'string' : undefined;
}
