/** The same map on one line, `key: { a: 1 }`, or on a line for each entry. */
import { applyEdits } from '../../syntax/edits';
import { parse } from '../../syntax/parse';
import { toValue } from '../../syntax/path';
import { isPlain } from '../../syntax/scalar';
import { columnOf, lineBreak } from '../../syntax/scan';
import type { Entry, MapNode, Tree, TreeNode } from '../../syntax/tree';
import { commentsIn, isWrittenHere } from '../format/written';
import type { Refactoring, Selected } from './refactoring';

const widest = 110;
/** This is asked for wherever the cursor goes. */
const longest = 100_000;

export function rewrites({ analysis, range }: Selected): Refactoring[] {
  const { tree, file } = analysis.source;
  if (tree.problems.length > 0 || tree.text.length > longest) return [];
  const entry = innermost(tree, range.start);
  if (entry?.value?.kind !== 'map') return [];
  const text = entry.value.flow ? asBlock(tree, entry, entry.value) : asFlow(tree, entry, entry.value);
  if (text === undefined) return [];
  const said = (each: Tree) => JSON.stringify([toValue(each.root), each.problems.length]);
  const title = entry.value.flow ? 'Write on several lines' : 'Write on one line';
  const place = { start: entry.key.range.end, end: entry.value.range.end };
  const edit = { range: place, text };
  if (said(parse(applyEdits(tree.text, [edit]))) !== said(tree)) return [];
  return [{ title, kind: 'rewrite', edits: [{ file, ...edit }] }];
}

/** The innermost entry around the offset whose value is a map and which stands in block style. */
function innermost(tree: Tree, offset: number): Entry | undefined {
  let found: Entry | undefined;
  const down = (node: TreeNode | undefined): void => {
    if (!node || (node.kind !== 'scalar' && node.flow) || !isWrittenHere(tree, node)) return;
    if (node.kind === 'sequence') for (const item of node.items) down(item);
    if (node.kind !== 'map') return;
    for (const entry of node.entries) {
      if (offset < entry.range.start || entry.range.end < offset) continue;
      if (entry.value?.kind === 'map' && isWrittenHere(tree, entry.value)) found = entry;
      down(entry.value);
    }
  };
  down(tree.root);
  return found;
}

function asBlock(tree: Tree, entry: Entry, map: MapNode): string | undefined {
  if (map.entries.length === 0 || !isLone(tree, entry, map)) return undefined;
  const indent = ' '.repeat(columnOf(tree.text, entry.range.start) + 2);
  const lines = map.entries.map(({ key, value, range }) => {
    const text = tree.text.slice(range.start, range.end);
    return `${indent}${value ? text : `${tree.text.slice(key.range.start, key.range.end)}:`}`;
  });
  const end = lineBreak(tree.text);
  return lines.some((line) => /[\r\n]/.test(line)) ? undefined : `:${end}${lines.join(end)}`;
}

function asFlow(tree: Tree, entry: Entry, map: MapNode): string | undefined {
  if (!isLone(tree, entry, map)) return undefined;
  const parts = map.entries.map((each) => flowEntry(tree, each));
  if (parts.includes(undefined)) return undefined;
  const text = `: { ${parts.join(', ')} }`;
  const width = columnOf(tree.text, entry.key.range.end) + text.length;
  return width > widest || /[\r\n]/.test(text) ? undefined : text;
}

/** Nothing but a colon stands before it, and no comment in it. */
function isLone(tree: Tree, { key }: Entry, map: MapNode): boolean {
  const between = tree.text.slice(key.range.end, map.range.start);
  const isInside = ({ start }: { start: number }) => key.range.end <= start && start < map.range.end;
  return /^\s*:\s*$/.test(between) && !commentsIn(tree).some(isInside);
}

/** What is plain in a block may need quotes between brackets. */
function flowEntry({ text }: Tree, { key, value }: Entry): string | undefined {
  const name = text.slice(key.range.start, key.range.end);
  if (!value) return `${name}:`;
  if (value.kind !== 'scalar' && !value.flow) return undefined;
  const written = text.slice(value.range.start, value.range.end);
  if (value.kind !== 'scalar' || value.style !== 'plain')
    return value.kind === 'scalar' && ['literal', 'folded'].includes(value.style)
      ? undefined
      : `${name}: ${written}`;
  const needsQuotes = typeof value.value === 'string' && !isPlain(value.value, true);
  return `${name}: ${needsQuotes ? `'${written.replaceAll("'", "''")}'` : written}`;
}
