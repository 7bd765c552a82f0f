import { moduleSettings, valueProblem } from '../inference/settings';
import { allowedNear } from './invalid-setting';
import { type Rule, replace } from './rule';

export const invalidDefault: Rule = {
  id: 'invalid-default',
  group: 'names',
  severity: 'error',
  after: ['unknown-key', 'wrong-value', 'missing-field'],
  summary: 'A parameter has a default that it could not be given.',
  why: 'Every use that does not set the parameter would start from a wrong value.',
  check(analysis, report) {
    const { declaration } = analysis;
    if (declaration?.kind !== 'module') return;
    const settings = moduleSettings(declaration);
    for (const param of declaration.params.values()) {
      if (!param.default) continue;
      const setting = settings.get(param.name)!;
      const message = valueProblem(param.default, setting);
      if (!message) continue;
      const { range } = param.default;
      report({
        range,
        message: `The default of \`${param.name}\`: ${message}`,
        propose: () => {
          const written = analysis.source.text.slice(range.start, range.end);
          const number = setting.type === 'int' || setting.type === 'float' ? numberIn(written) : undefined;
          return [...(number === undefined ? [] : [number]), ...allowedNear(written, setting)].map((each) =>
            replace(analysis, range, each, `Change to \`${each}\``),
          );
        },
      });
    }
  },
};

/** A number in quotes, or with `_` between its digits. */
function numberIn(written: string): string | undefined {
  const bare = written.replace(/^(["'])(.*)\1$/, '$2').replace(/(?<=\d)_(?=\d)/g, '');
  return bare !== written && /^[-+]?(\d+\.?\d*|\.\d+)$/.test(bare) ? bare : undefined;
}
