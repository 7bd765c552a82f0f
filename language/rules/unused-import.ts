import { locatedText } from '../names/declarations';
import { removeEntry } from '../syntax/edits';
import { asMap, entryOf, get, itemsOf } from '../syntax/path';
import { edit, type Rule } from './rule';
import { drawnWires } from './wires';

export const unusedImport: Rule = {
  id: 'unused-import',
  group: 'names',
  severity: 'hint',
  summary: 'A dataset that nothing reads.',
  why: 'It would be loaded for nothing, or a wire to it was forgotten.',
  check(analysis, report) {
    const { inference, source } = analysis;
    if (inference?.kind !== 'model' || inference.tasks.length === 0) return;
    const wires = drawnWires(analysis);
    if (wires.some(({ target }) => target.status === 'no-owner')) return;
    if ([...inference.graph.steps.values()].some((step) => step.missingInputs.length > 0)) return;
    const used = new Set(wires.map(({ reference }) => reference.owner));
    for (const item of itemsOf(get(inference.model.evaluate, 'slices')))
      used.add(locatedText(item)?.value.split('.')[0] ?? '');
    for (const { data } of inference.data.values()) {
      if (used.has(data.alias)) continue;
      const map = asMap(get(source.tree.root, 'data'));
      const entry = entryOf(map, data.alias);
      if (!map || !entry) continue;
      report({
        range: data.key,
        message: `Nothing reads \`${data.alias}\``,
        tags: ['unnecessary'],
        propose: () => [
          edit(analysis, removeEntry(source.tree, map, entry), `Remove \`${data.alias}\``, true),
        ],
      });
    }
  },
};
