import type { Rule } from './rule';
import { suppressionsIn } from './suppressions';

export const suppressionWithoutReason: Rule = {
  id: 'suppression-without-reason',
  group: 'comments',
  structural: true,
  severity: 'warning',
  summary: 'A finding is silenced without a reason.',
  why: 'Whoever reads the file next should know why the finding does not count here.',
  check({ source }, report) {
    for (const { rule, range, reason } of suppressionsIn(source.text)) {
      if (reason === '')
        report({
          range,
          message: `Say why: \`# brique-ignore ${rule}: reason\`; without a reason nothing is silenced`,
        });
    }
  },
};
