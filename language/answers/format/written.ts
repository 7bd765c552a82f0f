/** A file as it is written: what each line holds, so that layout can be changed and nothing else. */
import type { Range, Tree, TreeNode } from '../../syntax/tree';

/** What an alias stands for is written elsewhere, and so is what `<<` brings in. */
export function isWrittenHere({ text }: Tree, node: TreeNode): boolean {
  return text[node.range.start] !== '*';
}

/** Visits what is written, parents first. */
export function walk(tree: Tree, visit: (node: TreeNode) => void): void {
  const down = (node: TreeNode | undefined): void => {
    if (!node || !isWrittenHere(tree, node)) return;
    visit(node);
    if (node.kind === 'sequence') for (const item of node.items) down(item);
    if (node.kind !== 'map') return;
    for (const { key, value } of node.entries) {
      visit(key);
      if (!isMerge(tree, key.range)) down(value);
    }
  };
  down(tree.root);
}

export function isMerge({ text }: Tree, key: Range): boolean {
  return text.slice(key.start, key.end) === '<<';
}

/** Scalars, keys included, in order of place. */
export function scalarsIn(tree: Tree): Range[] {
  const found: Range[] = [];
  walk(tree, (node) => {
    if (node.kind === 'scalar') found.push(node.range);
  });
  return found.sort((a, b) => a.start - b.start);
}

/** Comments, each from its `#` to the end of its line. */
export function commentsIn(tree: Tree): Range[] {
  const scalars = scalarsIn(tree);
  const found: Range[] = [];
  let next = 0;
  for (const match of tree.text.matchAll(/(^|[ \t])(#[^\r\n]*)/gm)) {
    const start = match.index + match[1]!.length;
    while (next < scalars.length && scalars[next]!.end <= start) next++;
    const around = scalars[next];
    if (!around || around.start > start) found.push({ start, end: start + match[2]!.length });
  }
  return found;
}

/** Lines with their offsets, without line breaks. */
export function linesOf(text: string): Range[] {
  const lines: Range[] = [];
  let start = 0;
  for (const match of text.matchAll(/\r\n|\n|\r/g)) {
    lines.push({ start, end: match.index });
    start = match.index + match[0].length;
  }
  lines.push({ start, end: text.length });
  return lines;
}

/** Whether both say the same, in the same order and style, with the same comments. */
export function sameMeaning(a: Tree, b: Tree): boolean {
  const comments = (tree: Tree) =>
    commentsIn(tree).map(({ start, end }) => tree.text.slice(start, end).trimEnd());
  return (
    a.problems.length === b.problems.length &&
    sameNode(a.root, b.root) &&
    comments(a).join('\n') === comments(b).join('\n')
  );
}

function sameNode(a: TreeNode | undefined, b: TreeNode | undefined): boolean {
  if (!a || !b) return a === b;
  if (a.kind === 'scalar') return b.kind === 'scalar' && Object.is(a.value, b.value) && a.style === b.style;
  if (a.kind === 'sequence')
    return (
      b.kind === 'sequence' &&
      a.flow === b.flow &&
      a.items.length === b.items.length &&
      a.items.every((item, i) => sameNode(item, b.items[i]))
    );
  return (
    b.kind === 'map' &&
    a.flow === b.flow &&
    a.entries.length === b.entries.length &&
    a.entries.every(({ key, value }, i) => {
      const other = b.entries[i]!;
      return key.value === other.key.value && sameNode(value, other.value);
    })
  );
}
