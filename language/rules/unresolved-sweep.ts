import { settingsOf } from '../inference/settings';
import { nearest } from '../names/nearest';
import { trainOf } from '../plan/training';
import { schemaAt } from '../schema/at';
import { entriesOf, get, keyOf } from '../syntax/path';
import { optimizerSetting } from './other-forms';
import { type Rule, replace } from './rule';

export const unresolvedSweep: Rule = {
  id: 'unresolved-sweep',
  group: 'names',
  severity: 'error',
  summary: 'A sweep over something that cannot be set.',
  why: 'Every run would be the same.',
  check(analysis, report) {
    const { inference } = analysis;
    if (inference?.kind !== 'model') return;
    for (const entry of entriesOf(get(inference.model.train, 'sweep'))) {
      const name = keyOf(entry);
      const [owner = '', ...rest] = name.split('.');
      if (name.startsWith('x-')) continue;
      const step = inference.graph.steps.get(owner);
      // A part of that name goes before the section `train`.
      if (step && step.target.kind !== 'module') continue;
      const known = step ? [...settingsOf(step.target).keys()] : trainSettings(owner, rest.slice(0, -1));
      const last = rest.at(-1) ?? '';
      if (known?.includes(step ? rest.join('.') : last)) continue;
      const near = known && nearest(last, known);
      const setting = owner === 'train' && rest.length === 1 ? optimizerSetting(last) : undefined;
      const { kind } = trainOf(inference.model.train).optimizer;
      const part = known ? undefined : nearest(owner, [...inference.graph.steps.keys(), 'train']);
      const fixed = setting
        ? `train.optimizer.${kind}.${setting}`
        : near
          ? [owner, ...rest.slice(0, -1), near].join('.')
          : part && [part, ...rest].join('.');
      report({
        range: entry.key.range,
        names: known ? [] : [owner, ...(part ? [part] : [])],
        message: `There is nothing called \`${name}\` to set${fixed ? `; did you mean \`${fixed}\`?` : ': name `part.param` or `train.setting`'}`,
        propose: () => (fixed ? [replace(analysis, entry.key.range, fixed, `Change to \`${fixed}\``)] : []),
      });
    }
  },
};

/** The settings of `train`, or of a map inside it. */
function trainSettings(owner: string, way: string[]): string[] | undefined {
  if (owner !== 'train') return undefined;
  return schemaAt('model', ['train', ...way])?.keys.map((key) => key.name);
}
