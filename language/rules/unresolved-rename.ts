import { locatedText } from '../names/declarations';
import { nearest } from '../names/nearest';
import { entriesOf, get, keyOf } from '../syntax/path';
import { type Rule, respell } from './rule';

export const unresolvedRename: Rule = {
  id: 'unresolved-rename',
  group: 'names',
  severity: 'error',
  summary: 'A rename to something that the brick does not have, or from something that it still has.',
  why: 'Weights and files of earlier versions are led to the new name.',
  check(analysis, report) {
    const { declaration } = analysis;
    if (declaration?.kind !== 'module') return;
    const { inputs, outputs, params, graph } = declaration;
    const names = new Set([...inputs.keys(), ...outputs.keys(), ...params.keys(), ...graph.keys()]);
    for (const entry of entriesOf(get(declaration.root, 'renames'))) {
      const from = keyOf(entry);
      const to = locatedText(entry.value);
      if (from.startsWith('x-') || !to) continue;
      if (names.has(from))
        report({ range: entry.key.range, message: `\`${from}\` is still there, so it was not renamed` });
      if (names.has(to.value)) continue;
      const near = nearest(to.value, names);
      report({
        range: to.range,
        message: `There is no input, output, param or node \`${to.value}\`${near ? `; did you mean \`${near}\`?` : ''}`,
        propose: () => (near ? [respell(analysis, to.range, near)] : []),
      });
    }
  },
};
