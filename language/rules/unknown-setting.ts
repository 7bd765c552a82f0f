import { settingsOf } from '../inference/settings';
import { nearest } from '../names/nearest';
import { keyOf } from '../syntax/path';
import { listed, type Rule, replace } from './rule';
import { settledSteps } from './wires';

export const unknownSetting: Rule = {
  id: 'unknown-setting',
  group: 'names',
  severity: 'error',
  summary: 'The op or brick has no such attribute or parameter.',
  why: 'A misspelt one would be ignored in silence and the default used instead.',
  check(analysis, report) {
    for (const { step, target, unknownSettings } of settledSteps(analysis)) {
      if (unknownSettings.length === 0) continue;
      const names = [...settingsOf(target).keys()];
      const what = step.op ? `op \`${step.op.value}\`` : `\`${step.module?.reference.name}\``;
      for (const entry of unknownSettings) {
        const name = keyOf(entry);
        const near = nearest(name, [...names, 'in', 'repeat', 'doc']);
        report({
          range: entry.key.range,
          message: `${what[0]!.toUpperCase()}${what.slice(1)} has no \`${name}\`; ${near ? `did you mean \`${near}\`?` : names.length > 0 ? `it has ${listed(names)}` : 'it has none'}`,
          propose: () => (near ? [replace(analysis, entry.key.range, near, `Change to \`${near}\``)] : []),
        });
      }
    }
  },
};
