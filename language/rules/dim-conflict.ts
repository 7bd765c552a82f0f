import { alignedTypes, claim, misfits } from './misfits';
import type { Rule } from './rule';

export const dimConflict: Rule = {
  id: 'dim-conflict',
  severity: 'error',
  summary: 'Several wires force two sizes on one axis.',
  why: 'Each wire alone is fine; together they cannot hold. The facts listed are the fewest that contradict.',
  check(analysis, report) {
    for (const misfit of misfits(analysis, 'axis')) {
      if (misfit.fit.reason !== 'axis') continue;
      const axis = misfit.fit.axes[0]!;
      if (axis.facts.length < 2) continue;
      const lines = axis.facts.map(
        ({ left, right, cause }, i) => `   ${i + 1} ${left} = ${right}   ${cause.text}`,
      );
      report({
        range: misfit.range,
        message: `${claim(misfit)}: axis ${axis.axis} would have to be both ${axis.from} and ${axis.to}\n${alignedTypes(misfit)}\nthese facts cannot all hold:\n${lines.join('\n')}`,
        related: axis.facts.map(({ left, right, cause }) => ({
          file: cause.file,
          range: cause.range,
          message: `${left} = ${right}: ${cause.text}`,
        })),
      });
    }
  },
};
