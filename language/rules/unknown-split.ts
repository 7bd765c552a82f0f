import { locatedText } from '../names/declarations';
import { nearest } from '../names/nearest';
import { splitNames } from '../names/splits';
import { get } from '../syntax/path';
import { listed, type Rule, respell } from './rule';

export const unknownSplit: Rule = {
  id: 'unknown-split',
  group: 'data',
  severity: 'error',
  summary: 'The evaluation names a split that the data does not have.',
  why: 'There would be nothing to evaluate on.',
  check(analysis, report) {
    const { inference } = analysis;
    if (inference?.kind !== 'model') return;
    const on = locatedText(get(inference.model.evaluate, 'on'));
    if (!on) return;
    for (const { data, lookup } of inference.data.values()) {
      const names = lookup.status === 'found' ? splitNames(lookup.declaration) : undefined;
      if (!names || names.includes(on.value)) continue;
      const near = nearest(on.value, names);
      report({
        range: on.range,
        message: `\`${data.alias}\` has no split \`${on.value}\`; it has ${listed(names)}`,
        propose: () => (near ? [respell(analysis, on.range, near)] : []),
      });
    }
  },
};
