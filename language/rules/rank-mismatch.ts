import { insertEntry } from '../syntax/edits';
import { asMap } from '../syntax/path';
import { describeRank } from '../types/fit';
import { bridges, swaps } from './bridges';
import { rankRepairs } from './insertions';
import { claim, declaredAt, type Misfit, misfits, typesOf } from './misfits';
import { type Analysis, edit, type FixProposal, type Rule, replace } from './rule';

export const rankMismatch: Rule = {
  id: 'rank-mismatch',
  group: 'shapes',
  severity: 'error',
  summary: 'A wire whose ends have a different number of axes.',
  why: 'No size can make them equal; a pooling, flatten or reshape is missing, or the wrong port is wired.',
  check(analysis, report) {
    for (const misfit of misfits(analysis, 'rank')) {
      const { from, to } = misfit.fit;
      report({
        range: misfit.range,
        message: `${claim(misfit)}: it has ${describeRank(from)}, not ${describeRank(to)}\n${typesOf(misfit)}`,
        related: declaredAt(misfit),
        help: helpFor(misfit, analysis),
        propose: () => [
          ...swaps(misfit, analysis),
          ...bridges(misfit, analysis),
          ...recurring(misfit, analysis),
          ...rankRepairs(misfit, analysis),
        ],
      });
    }
  },
};

function helpFor({ fit: { from, to }, source }: Misfit, { declaration }: Analysis): string {
  if (from.dims.length > to.dims.length) return 'pool or flatten the extra axis first';
  const isColumn = declaration?.kind === 'model' && declaration.data.has(source.split('.')[0]!);
  return isColumn
    ? 'several numbers of a row are one column of `type: tensor`, or columns that a brick stacks'
    : 'wire a value from before it was pooled';
}

/** A recurrent layer gives its last state, or all of them. */
function recurring({ fit: { from, to } }: Misfit, analysis: Analysis): FixProposal[] {
  const all = from.dims.length < to.dims.length;
  const name = 'return_sequences';
  return [...(analysis.inference?.graph.steps.values() ?? [])].flatMap(({ step, target }) => {
    const map = asMap(step.entry.value);
    if (target.kind !== 'op' || !(name in target.op.attributes) || !map) return [];
    const title = `Set \`${name}\` of \`${step.name}\` to ${all}`;
    const value = step.settings.get(name)?.value;
    if (value) return [replace(analysis, value.range, String(all), title)];
    return all ? [edit(analysis, insertEntry(analysis.source.tree, map, name, 'true'), title)] : [];
  });
}
