import { otherForm } from './other-forms';
import { type Analysis, type FixProposal, respell } from './rule';
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
  (problem, analysis) => {
    const all = [
      ...(otherForm(problem, analysis) ?? []),
      ...renameToNearest(problem, analysis),
      ...declaredInFull(problem, analysis),
      ...namedByFile(problem, analysis),
    ];
    return [...new Map(all.map((each) => [each.title, each])).values()];
  },
);

/** `hidden: 64` under `params` gives a param its default and leaves the rest out, `text: string` a column its type. */
function declaredInFull({ path, range }: Problem, analysis: Analysis): FixProposal[] {
  const written = analysis.source.text.slice(range.start, range.end);
  if (path.length !== 2) return [];
  if (path[0] === 'columns' && /^[a-z]+$/.test(written))
    return [respell(analysis, range, `{ type: ${written} }`, 'Make it the type')];
  const type = typeOf(written);
  if (path[0] !== 'params' || type === undefined) return [];
  return [respell(analysis, range, `{ type: ${type}, default: ${written} }`, 'Make it the default')];
}

/** `./encoder.brique.yaml` is a file, and what it holds has a name. */
function namedByFile({ range }: Problem, analysis: Analysis): FixProposal[] {
  const written = analysis.source.text.slice(range.start, range.end);
  const name = /(?:^|[\\/])([\w-]+)(?:\.brique)?\.ya?ml["']?$/.exec(written)?.[1];
  if (name === undefined) return [];
  return (['module', 'dataset'] as const).flatMap((kind) =>
    analysis.catalogue.headed(kind, name).flatMap(({ version }) => {
      const reference = version === undefined ? name : `${name}@^${version}`;
      return [respell(analysis, range, reference)];
    }),
  );
}

function typeOf(written: string): string | undefined {
  if (/^-?\d+$/.test(written)) return 'int';
  if (/^-?\d*\.?\d+(e-?\d+)?$/.test(written)) return 'float';
  if (/^(true|false)$/.test(written)) return 'bool';
  return /^[\w-]+$/.test(written) ? 'string' : undefined;
}
