import { printDtype } from '../types/type';
import { casts } from './insertions';
import { claim, declaredAt, misfits, typesOf } from './misfits';
import type { Rule } from './rule';

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
        help: [from.dtype, to.dtype].includes('string')
          ? 'wire another port: no `cast` leads to or from text'
          : 'insert a `cast`, or wire another port',
        propose: () => casts(misfit, analysis),
      });
    }
  },
};
