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
    const without = [...inference.data.values()].flatMap(({ data, lookup }) => {
      const names = lookup.status === 'found' ? splitNames(lookup.declaration) : undefined;
      return names && !names.includes(on.value) ? [{ alias: data.alias, names }] : [];
    });
    const [first, ...others] = without;
    if (!first) return;
    const near = nearest(on.value, first.names);
    const none = `${listed(without.map(({ alias }) => alias))} ${others.length > 0 ? 'have' : 'has'} no split`;
    const owner = others.length > 0 ? `\`${first.alias}\`` : 'it';
    report({
      range: on.range,
      message: `${none} \`${on.value}\`; ${owner} has ${listed(first.names)}`,
      propose: () => (near ? [respell(analysis, on.range, near)] : []),
    });
  },
};
