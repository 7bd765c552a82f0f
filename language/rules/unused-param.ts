import { removeEntry } from '../syntax/edits';
import { asMap, entryOf, get } from '../syntax/path';
import { edit, type Rule } from './rule';

export const unusedParam: Rule = {
  id: 'unused-param',
  group: 'names',
  severity: 'hint',
  summary: 'A parameter that nothing in the brick uses.',
  why: 'Whoever sets it expects it to change something.',
  check(analysis, report) {
    const { declaration, source } = analysis;
    if (declaration?.kind !== 'module' || declaration.code || source.structure.length > 0) return;
    const map = asMap(get(declaration.root, 'params'));
    const sizes = new Set(
      [...declaration.inputs.values(), ...declaration.outputs.values()].flatMap(({ parsed }) =>
        parsed.names.map(({ name }) => name),
      ),
    );
    const where = get(declaration.root, 'where')?.range;
    const conditions = where ? source.text.slice(where.start, where.end) : '';
    for (const param of declaration.params.values()) {
      const entry = entryOf(map, param.name);
      const word = new RegExp(`\\b${param.name}\\b`);
      if (!map || !entry || sizes.has(param.name) || word.test(conditions)) continue;
      if (new RegExp(`\\$${param.name}\\b`).test(source.text)) continue;
      report({
        range: param.key,
        message: `Nothing uses the parameter \`${param.name}\``,
        tags: ['unnecessary'],
        propose: () => [edit(analysis, removeEntry(source.tree, map, entry), `Remove \`${param.name}\``)],
      });
    }
  },
};
