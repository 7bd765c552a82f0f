import { Dim } from '../types/dim';
import { claim, declaredAt, type Misfit, misfits, typesOf } from './misfits';
import { type Analysis, type FixProposal, type Rule, replace } from './rule';

/** A wire that alone proves the sizes different; where several facts are needed, `dim-conflict` tells them all. */
export const dimMismatch: Rule = {
  id: 'dim-mismatch',
  group: 'shapes',
  severity: 'error',
  summary: 'A wire whose ends have different sizes.',
  why: 'The step would fail at run time, often after data was loaded.',
  check(analysis, report) {
    for (const misfit of misfits(analysis, 'axis')) {
      if (misfit.fit.reason !== 'axis') continue;
      const axis = misfit.fit.axes[0]!;
      if (axis.facts.length > 1) continue;
      report({
        range: misfit.range,
        message: `${claim(misfit)}: axis ${axis.axis} is ${axis.from}, not ${axis.to}\n${typesOf(misfit)}`,
        related: declaredAt(misfit),
        propose: () => setParams(misfit, analysis),
      });
    }
  },
};

/** Gives a parameter of either end the size that the other end has. */
function setParams(misfit: Misfit, analysis: Analysis): FixProposal[] {
  if (misfit.fit.reason !== 'axis') return [];
  const { from, to } = misfit.fit.axes[0]!;
  const proposals: FixProposal[] = [];
  const ends = [
    { step: misfit.step, size: to, wanted: from },
    { step: analysis.inference?.graph.steps.get(misfit.source.split('.')[0]!), size: from, wanted: to },
  ];
  for (const { step, size, wanted } of ends) {
    if (!step || wanted.constant === undefined) continue;
    for (const [name, value] of step.values) {
      const entry = step.step.settings.get(name);
      if (!(value instanceof Dim) || !value.equals(size) || !entry?.value) continue;
      const title = `Set \`${name}\` of \`${step.step.name}\` to ${wanted}`;
      proposals.push(replace(analysis, entry.value.range, wanted.toString(), title));
    }
  }
  return proposals;
}
