import { settingsOf } from '../inference/settings';
import { nearest } from '../names/nearest';
import { keyOf } from '../syntax/path';
import { listed, type Rule } from './rule';

export const missingSetting: Rule = {
  id: 'missing-setting',
  group: 'names',
  severity: 'error',
  summary: 'An attribute or parameter without a default is not given.',
  why: 'There is no sensible value to assume.',
  check({ inference }, report) {
    for (const { step, target, missingSettings, unknownSettings } of inference?.graph.steps.values() ?? []) {
      const names = [...settingsOf(target).keys()];
      const misspelt = unknownSettings.map((entry) => nearest(keyOf(entry), names));
      const missing = missingSettings.filter((name) => !misspelt.includes(name));
      if (missing.length === 0) continue;
      const where = step.op ? `: write it beside \`op\`` : ` under \`params\``;
      report({
        range: step.op?.range ?? step.module?.range ?? step.key,
        message: `\`${step.name}\` needs ${listed(missing)}${where}`,
      });
    }
  },
};
