import type { Analysis } from '../rules/rule';
import { asMap, entriesOf, keyOf } from '../syntax/path';
import type { Entry } from '../syntax/tree';
import type { OutlineItem } from './answers';

/** Sections worth a line of their own, and what their entries are. */
const sections: Record<string, OutlineItem['kind']> = {
  params: 'param',
  inputs: 'input',
  outputs: 'output',
  graph: 'node',
  extension_points: 'section',
  tests: 'test',
  columns: 'column',
  data: 'section',
  parts: 'part',
  plug: 'section',
  tasks: 'task',
  train: 'section',
  evaluate: 'section',
  splits: 'section',
};

export function outlineOf({ source, declaration }: Analysis): OutlineItem[] {
  const root = asMap(source.tree.root);
  if (!root) return [];
  const children = root.entries.flatMap((entry) => sectionOf(entry) ?? []);
  if (!declaration?.name) return children;
  const { name, kind, version } = declaration;
  return [
    {
      name: name.value,
      detail: [kind, version?.value].filter(Boolean).join(' '),
      kind,
      range: root.range,
      selection: name.range,
      children,
    },
  ];
}

function sectionOf(entry: Entry): OutlineItem | undefined {
  const key = keyOf(entry);
  const childKind = sections[key];
  if (!childKind) return undefined;
  const children = entriesOf(entry.value).map(
    (child): OutlineItem => ({
      name: keyOf(child),
      detail: detailOf(child),
      kind: childKind,
      range: child.range,
      selection: child.key.range,
      children: [],
    }),
  );
  return { name: key, kind: 'section', range: entry.range, selection: entry.key.range, children };
}

/** The type, op or brick behind a name. */
function detailOf({ value }: Entry): string | undefined {
  if (value?.kind === 'scalar') return String(value.value ?? '');
  for (const key of ['op', 'module', 'type', 'loss', 'at']) {
    const found = entriesOf(value).find((candidate) => keyOf(candidate) === key)?.value;
    if (found?.kind === 'scalar') return String(found.value ?? '');
  }
  return undefined;
}
