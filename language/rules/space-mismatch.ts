import { spaceMismatches } from '../inference/spaces';
import { asText } from '../syntax/path';
import type { Rule } from './rule';

export const spaceMismatch: Rule = {
  id: 'space-mismatch',
  group: 'transfer',
  severity: 'error',
  summary: 'A part is fed from another representation than the one it was made for.',
  why: 'Two encoders may give the same sizes and mean something else by every number. A part that was trained on one of them makes no sense of the other.',
  check({ inference }, report) {
    if (!inference) return;
    for (const { step, wire, input, source, space, expected } of spaceMismatches(inference.graph)) {
      if (step.target.kind !== 'module') continue;
      const { file, module } = step.target;
      report({
        range: wire.range,
        message: `\`${source}\` is \`${space}\`, but \`${step.step.name}.${input}\` was made for \`${expected}\``,
        // What still learns may get used to it.
        severity: asText(step.step.extras.get('train')?.value) === 'frozen' ? 'error' : 'warning',
        related: [{ file, range: module.inputs.get(input)!.key, message: 'expected here' }],
      });
    }
  },
};
