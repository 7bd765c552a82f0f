import { moduleSettings, refusal } from '../inference/settings';
import { evaluate } from '../inference/values';
import type { Rule } from './rule';

export const invalidDefault: Rule = {
  id: 'invalid-default',
  group: 'names',
  severity: 'error',
  summary: 'A parameter has a default that it could not be given.',
  why: 'Every use that does not set the parameter would start from a wrong value.',
  check({ declaration }, report) {
    if (declaration?.kind !== 'module') return;
    const settings = moduleSettings(declaration);
    for (const param of declaration.params.values()) {
      if (!param.default) continue;
      const setting = settings.get(param.name)!;
      const { value, problems } = evaluate(param.default, setting.type, new Map());
      const message = problems[0]?.message ?? refusal(value, setting);
      if (message)
        report({ range: param.default.range, message: `The default of \`${param.name}\`: ${message}` });
    }
  },
};
