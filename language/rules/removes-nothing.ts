import { removeEntry } from '../syntax/edits';
import { asMap, keyOf } from '../syntax/path';
import { contains } from '../syntax/ranges';
import type { Entry, MapNode, TreeNode } from '../syntax/tree';
import { edit, type Rule } from './rule';

export const removesNothing: Rule = {
  id: 'removes-nothing',
  group: 'names',
  severity: 'warning',
  summary: 'A `null` that takes out something which the extended composition does not have.',
  why: 'It has no effect; perhaps the name is another one there.',
  check(analysis, report) {
    const { declaration, source } = analysis;
    if (declaration?.kind !== 'model') return;
    for (const entry of declaration.idle) {
      const map = holderOf(source.tree.root, entry);
      report({
        range: entry.key.range,
        message: `\`${keyOf(entry)}\` takes nothing out: \`${declaration.base?.value}\` does not have it`,
        tags: ['unnecessary'],
        propose: () =>
          map ? [edit(analysis, removeEntry(source.tree, map, entry), `Remove \`${keyOf(entry)}\``)] : [],
      });
    }
  },
};

/** The map that an entry stands in. */
function holderOf(node: TreeNode | undefined, entry: Entry): MapNode | undefined {
  const map = asMap(node);
  if (!map || map.entries.includes(entry)) return map;
  const around = map.entries.find(({ range }) => contains(range, entry.range));
  return around && holderOf(around.value, entry);
}
