import type { Rule } from './rule';
import { staleWires, takingAgain } from './trained-on';

export const adapterBaseMismatch: Rule = {
  id: 'adapter-base-mismatch',
  group: 'transfer',
  severity: 'error',
  summary: 'An adapter that was trained inside other weights than those it is plugged into.',
  why: 'What it adds was learnt as a change of just those weights; to others it is noise of the right size.',
  check(analysis, report) {
    for (const { kind, head, encoder, range, was, now } of staleWires(analysis)) {
      if (kind !== 'adapter') continue;
      const adapter = head.step.module?.reference.name;
      report({
        range,
        message: `\`${adapter}\` was trained inside ${was.said}, but \`${encoder.step.name}\` has ${now}`,
        related: [
          { file: analysis.source.file, range: encoder.step.key, message: 'what it is plugged into' },
        ],
        help: `take ${was.again}, or train the adapter anew`,
        propose: () => takingAgain(analysis, encoder, was),
      });
    }
  },
};
