import { printDtype } from '../types/type';
import { bridges, helpBetween, swaps } from './bridges';
import { casts } from './insertions';
import { claim, declaredAt, type Misfit, misfits, typesOf } from './misfits';
import type { Analysis, Rule } from './rule';

export const dtypeMismatch: Rule = {
  id: 'dtype-mismatch',
  group: 'shapes',
  severity: 'error',
  summary: 'A wire whose ends have different element types.',
  why: 'Only casts that lose nothing happen by themselves: float16 and bfloat16 to float32, int32 to int64.',
  check(analysis, report) {
    for (const misfit of misfits(analysis, 'dtype')) {
      const { from, to } = misfit.fit;
      report({
        range: misfit.range,
        message: `${claim(misfit)}: it is ${printDtype(from)}, not ${printDtype(to)}\n${typesOf(misfit)}`,
        related: declaredAt(misfit),
        help: helpFor(misfit, analysis),
        propose: () => [...swaps(misfit, analysis), ...casts(misfit, analysis), ...bridges(misfit, analysis)],
      });
    }
  },
};

function helpFor(misfit: Misfit, analysis: Analysis): string {
  const { from, to } = misfit.fit;
  const isText = [from.dtype, to.dtype].includes('string');
  if (analysis.inference?.kind === 'model') return helpBetween(misfit, analysis) ?? 'wire another port';
  return isText
    ? 'wire another port: no `cast` leads to or from text'
    : 'insert a `cast`, or wire another port';
}
