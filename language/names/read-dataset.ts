import { asMap, asScalar, asText, entriesOf, get, keyOf } from '../syntax/path';
import type { Entry, MapNode, TreeNode } from '../syntax/tree';
import type { Column, DatasetDeclaration, Named } from './declarations';
import { collect, locatedText, once } from './located';

export function datasetOf(root: MapNode, named: Named): DatasetDeclaration {
  return {
    ...named,
    kind: 'dataset',
    columns: collect(get(root, 'columns'), columnOf),
    files: once(get(root, 'files'), filesOf),
    splits: asMap(get(root, 'splits')),
  };
}

function filesOf(node: TreeNode | undefined): DatasetDeclaration['files'] {
  const files: DatasetDeclaration['files'] = [];
  for (const entry of entriesOf(node)) {
    const values = entry.value?.kind === 'sequence' ? entry.value.items : [entry.value];
    for (const value of values) {
      const path = locatedText(value);
      if (path) files.push({ split: keyOf(entry), path });
    }
  }
  return files;
}

function columnOf(entry: Entry): Column {
  const map = asMap(entry.value);
  return {
    name: keyOf(entry),
    key: entry.key.range,
    type: asText(get(map, 'type')) ?? asText(entry.value) ?? 'string',
    labels: labelsOf(get(map, 'values')),
    entry,
  };
}

/** `{ negative: 0, positive: 1 }` names raw values; a list names values that stand for themselves. */
function labelsOf(node: TreeNode | undefined): Column['labels'] {
  if (node?.kind === 'map') {
    return node.entries.flatMap((entry) => {
      const raw = asScalar(entry.value)?.value;
      return raw === null || raw === undefined ? [] : [{ name: keyOf(entry), raw }];
    });
  }
  if (node?.kind === 'sequence') {
    return node.items.flatMap((item) => {
      const raw = asScalar(item)?.value;
      return raw === null || raw === undefined ? [] : [{ name: String(raw), raw }];
    });
  }
  return undefined;
}
