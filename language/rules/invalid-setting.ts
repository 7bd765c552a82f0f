import { type Setting, settingsOf } from '../inference/settings';
import { nearest } from '../names/nearest';
import { type Rule, replace, respell } from './rule';
import { settledSteps } from './wires';

export const invalidSetting: Rule = {
  id: 'invalid-setting',
  group: 'names',
  severity: 'error',
  after: ['invalid-default'],
  summary: 'An attribute or parameter has a value it cannot have.',
  why: 'The op or the brick says which values make sense.',
  check(analysis, report) {
    for (const { target, valueProblems } of settledSteps(analysis)) {
      for (const { kind, range, message, setting, fix } of valueProblems) {
        if (kind !== 'wrong-value') continue;
        const declared = settingsOf(target).get(setting);
        const written = analysis.source.text.slice(range.start, range.end);
        report({
          range,
          message: message.startsWith('`') ? message : `\`${setting}\`: ${message}`,
          propose: () =>
            (fix !== undefined ? [fix] : declared ? allowedNear(written, declared) : []).map((value) =>
              Number.isNaN(Number(value))
                ? respell(analysis, range, value)
                : replace(analysis, range, value, `Change to \`${value}\``),
            ),
        });
      }
    }
  },
};

/** The allowed values that are most like what is written: the nearest name, or the bound that is passed. */
export function allowedNear(written: string, { values, min, max }: Setting): string[] {
  const number = Number(written);
  const near = nearest(written, (values ?? []).map(String));
  const bound = min !== undefined && number < min ? min : max !== undefined && number > max ? max : undefined;
  return [near, bound?.toString()].filter((value) => value !== undefined);
}
