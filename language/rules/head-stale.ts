import type { Rule } from './rule';
import { isFrozen, staleWires, takingAgain } from './trained-on';

export const headStale: Rule = {
  id: 'head-stale',
  group: 'transfer',
  severity: 'error',
  summary: 'A head that was trained on other weights of the encoder than those that feed it.',
  why: 'Its sizes fit, and it makes no sense of what it gets: what each number means was learnt together with the weights that gave it. What still learns may get used to it; what is frozen never will.',
  check(analysis, report) {
    for (const { kind, head, encoder, range, was, now } of staleWires(analysis)) {
      if (kind !== 'head') continue;
      report({
        range,
        message: `\`${head.step.name}\` was trained on ${was.said}, but here it gets ${now}`,
        severity: isFrozen(head) ? 'error' : 'warning',
        related: [{ file: analysis.source.file, range: encoder.step.key, message: 'what feeds it' }],
        help: `take ${was.again}, or train \`${head.step.name}\` anew`,
        propose: () => takingAgain(analysis, encoder, was),
      });
    }
  },
};
