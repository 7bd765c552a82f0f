import type { InferredStep } from '../inference/graph';
import { settingsOf } from '../inference/settings';
import { nearest } from '../names/nearest';
import { settingOfOther } from '../ops/other-settings';
import { keyOf } from '../syntax/path';
import { listed, type Rule, respell } from './rule';
import { strayWires } from './stray-wires';
import { settledSteps } from './wires';

export const unknownSetting: Rule = {
  id: 'unknown-setting',
  group: 'names',
  severity: 'error',
  summary: 'The op or brick has no such attribute or parameter.',
  why: 'A misspelt one would be ignored in silence and the default used instead.',
  check(analysis, report) {
    for (const inferred of settledSteps(analysis)) {
      const { step, target, unknownSettings } = inferred;
      if (unknownSettings.length === 0) continue;
      const names = [...settingsOf(target).keys()];
      const what = step.op ? `op \`${step.op.value}\`` : `\`${step.module?.reference.name}\``;
      const stray = strayWires(inferred, analysis);
      const [first] = stray;
      if (first)
        report({
          range: first.key.range,
          message: `\`${keyOf(first)}\` is wired beside \`in\`: what ${what} takes stands under \`in\`, and is ${listed(inputsOf(target))}`,
        });
      for (const entry of unknownSettings) {
        if (stray.includes(entry)) continue;
        const name = keyOf(entry);
        const near = settingOfOther(name, names) ?? nearest(name, [...names, 'in', 'repeat', 'doc']);
        report({
          range: entry.key.range,
          message: `${what[0]!.toUpperCase()}${what.slice(1)} has no \`${name}\`; ${near ? `did you mean \`${near}\`?` : names.length > 0 ? `it has ${listed(names)}` : 'it has none'}`,
          propose: () => (near ? [respell(analysis, entry.key.range, near)] : []),
        });
      }
    }
  },
};

function inputsOf(target: InferredStep['target']): string[] {
  if (target.kind === 'op') return target.op.inputs.map(({ name }) => name);
  return target.kind === 'module' ? [...target.module.inputs.keys()] : [];
}
