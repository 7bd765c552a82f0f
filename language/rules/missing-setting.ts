import { listed, type Rule } from './rule';

export const missingSetting: Rule = {
  id: 'missing-setting',
  severity: 'error',
  summary: 'An attribute or parameter without a default is not given.',
  why: 'There is no sensible value to assume.',
  check({ inference }, report) {
    for (const { step, missingSettings } of inference?.graph.steps.values() ?? []) {
      if (missingSettings.length === 0) continue;
      const where = step.op ? `: write it beside \`op\`` : ` under \`params\``;
      report({
        range: step.op?.range ?? step.module?.range ?? step.key,
        message: `\`${step.name}\` needs ${listed(missingSettings)}${where}`,
      });
    }
  },
};
