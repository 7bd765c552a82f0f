import { nearest } from '../names/nearest';
import { asMap, asText, entriesOf, get, keyOf } from '../syntax/path';
import { type Rule, replace } from './rule';
import { suppressionsIn } from './suppressions';

export const unknownRule: Rule = {
  id: 'unknown-rule',
  group: 'comments',
  structural: true,
  severity: 'warning',
  summary: 'No rule has this name.',
  why: 'The setting or the comment has no effect.',
  check(analysis, report) {
    const { tree, text } = analysis.source;
    const named = suppressionsIn(text).map(({ rule, range }) => ({ rule, range }));
    if (asText(get(asMap(tree.root), 'kind')) === 'workspace') {
      named.push(
        ...entriesOf(get(tree.root, 'rules')).map((entry) => ({
          rule: keyOf(entry),
          range: entry.key.range,
        })),
      );
    }
    for (const { rule, range } of named) {
      if (analysis.ruleIds.includes(rule) || rule.startsWith('x-')) continue;
      const near = nearest(rule, analysis.ruleIds);
      report({
        range,
        message: `There is no rule \`${rule}\`${near ? `; did you mean \`${near}\`?` : ''}`,
        propose: () => (near ? [replace(analysis, range, near, `Change to \`${near}\``, true)] : []),
      });
    }
  },
};
