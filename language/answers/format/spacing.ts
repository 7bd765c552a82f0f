/** Blanks between the words of one line: after colons and commas, inside brackets, before comments. */
import type { Edit } from '../../syntax/edits';
import type { MapNode, Range, SequenceNode, Tree } from '../../syntax/tree';
import { commentsIn, isMerge, isWrittenHere, walk } from './written';

export function spacing(tree: Tree): Edit[] {
  const edits: Edit[] = [];
  /** Puts `text` where, between two words, only blanks and what `allowed` says stand. */
  const gap = (start: number, end: number, allowed: RegExp, text: string) => {
    const found = tree.text.slice(start, end);
    if (found !== text && allowed.test(found)) edits.push({ range: { start, end }, text });
  };
  walk(tree, (node) => {
    if (node.kind === 'scalar') return;
    if (node.kind === 'map') colons(tree, node, gap);
    if (node.flow) brackets(tree, node, gap);
    else if (node.kind === 'sequence') dashes(tree, node, gap);
  });
  for (const { start } of commentsIn(tree)) {
    const before = /[^ \t\r\n]([ \t]+)$/.exec(tree.text.slice(Math.max(0, start - 200), start));
    if (before) gap(start - before[1]!.length, start, /^[ \t]+$/, ' ');
  }
  return edits;
}

type Gap = (start: number, end: number, allowed: RegExp, text: string) => void;

function colons(tree: Tree, { entries }: MapNode, gap: Gap): void {
  for (const { key, value } of entries) {
    if (value && !isMerge(tree, key.range)) gap(key.range.end, value.range.start, /^[ \t]*:[ \t]*$/, ': ');
  }
}

function brackets(tree: Tree, node: MapNode | SequenceNode, gap: Gap): void {
  const { start, end } = node.range;
  const pad = node.kind === 'map' ? ' ' : '';
  const children = childrenOf(tree, node);
  const [first, last] = [children[0], children.at(-1)];
  if (!first || !last) {
    gap(start + 1, end - 1, /^[ \t]+$/, '');
    return;
  }
  gap(start + 1, first.start, /^[ \t]*$/, pad);
  for (const [index, child] of children.slice(1).entries())
    gap(children[index]!.end, child.start, /^[ \t]*,[ \t]*$/, ', ');
  gap(last.end, end - 1, /^[ \t]*,?[ \t]*$/, pad);
}

/** In order; what `<<` brings in stands where it stands, once. */
function childrenOf({ text }: Tree, node: MapNode | SequenceNode): Range[] {
  const ranges =
    node.kind === 'map' ? node.entries.map(({ range }) => range) : node.items.map(({ range }) => range);
  const unique = new Map(ranges.map((range) => [range.start, range]));
  return [...unique.values()]
    .filter(({ start, end }) => text.slice(start, end) !== '')
    .sort((a, b) => a.start - b.start);
}

function dashes(tree: Tree, { items }: SequenceNode, gap: Gap): void {
  for (const item of items) {
    if (!isWrittenHere(tree, item)) continue;
    const dash = tree.text.lastIndexOf('-', item.range.start - 1);
    if (dash >= 0) gap(dash + 1, item.range.start, /^[ \t]+$/, ' ');
  }
}
