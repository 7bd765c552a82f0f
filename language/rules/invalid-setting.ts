import { claimOf, type Setting, settingsOf } from '../inference/settings';
import { nearest } from '../names/nearest';
import { type Analysis, type Rule, replace, respell } from './rule';
import { sweepProblems } from './sweep-values';
import { settledSteps } from './wires';

export const invalidSetting: Rule = {
  id: 'invalid-setting',
  group: 'names',
  severity: 'error',
  after: ['invalid-default'],
  summary: 'An attribute or parameter has a value it cannot have.',
  why: 'The op or the brick says which values make sense.',
  check(analysis, report) {
    if (analysis.inference?.kind === 'model')
      for (const problem of sweepProblems(analysis.inference)) report(problem);
    for (const { target, valueProblems } of settledSteps(analysis)) {
      for (const { kind, range, message, setting, fix } of valueProblems) {
        if (kind !== 'wrong-value') continue;
        const declared = settingsOf(target).get(setting);
        const written = analysis.source.text.slice(range.start, range.end);
        const param = paramNamed(written, analysis);
        const claim = claimOf(setting, message);
        report({
          range,
          message: param ? `${claim}; did you mean \`${param}\`?` : claim,
          propose: () =>
            [fix ?? param ?? numberIn(written) ?? (declared ? allowedNear(written, declared) : [])]
              .flat()
              .map((value) =>
                value === numberIn(written) || Number.isNaN(Number(value))
                  ? respell(analysis, range, value)
                  : replace(analysis, range, value, `Change to \`${value}\``),
              ),
        });
      }
    }
  },
};

/** A param of the brick, which is meant with a `$` before it. */
function paramNamed(written: string, { declaration }: Analysis): string | undefined {
  const name = /^\$\{(\w+)\}$/.exec(written)?.[1] ?? written;
  return declaration?.kind === 'module' && declaration.params.has(name) ? `$${name}` : undefined;
}

/** What stands in quotes and is a number without them. */
function numberIn(written: string): string | undefined {
  return /^(["'])(-?\d+(?:\.\d+)?)\1$/.exec(written)?.[2];
}

/** The allowed values that are most like what is written: the nearest name, or the bound that is passed. */
export function allowedNear(written: string, { type, values, min, max }: Setting): string[] {
  const number = Number(written);
  const words = (values ?? []).map(String);
  const near = type === 'bool' ? flagMeant(written) : nearest(written, words);
  const bound = min !== undefined && number < min ? min : max !== undefined && number > max ? max : undefined;
  // A share of one is also said in percent.
  const share = max !== undefined && max <= 1 && number > 1 && number <= 100 ? number / 100 : undefined;
  const isShare = share !== undefined && share <= max! && share >= (min ?? 0);
  return [near, ...(isShare ? [`${share}`] : []), bound?.toString()].filter((value) => value !== undefined);
}

/** Yes or no, as others write it. */
function flagMeant(written: string): string | undefined {
  if (/^["']?(true|yes|on|y|1)["']?$/i.test(written)) return 'true';
  return /^["']?(false|no|off|n|0)["']?$/i.test(written) ? 'false' : nearest(written, ['true', 'false']);
}
