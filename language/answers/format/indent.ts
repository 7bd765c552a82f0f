/** How far each line is indented: two blanks a level, lists one level inside their key. */
import type { Edit } from '../../syntax/edits';
import type { Range, Tree, TreeNode } from '../../syntax/tree';
import { commentsIn, isMerge, isWrittenHere, linesOf, walk } from './written';

const STEP = 2;

export function indentation(tree: Tree): Edit[] {
  const lines = linesOf(tree.text);
  const wanted = wantedIndents(tree, lines);
  const comments = new Set(commentsIn(tree).map(({ start }) => start));
  const isBlank = ({ start, end }: Range) => tree.text.slice(start, end).trim() === '';
  const indentOf = ({ start, end }: Range) => /^ */.exec(tree.text.slice(start, end))![0].length;
  const isComment = (line: Range) => comments.has(line.start + indentOf(line));
  const edits: Edit[] = [];
  let shift = 0;
  for (const [index, line] of lines.entries()) {
    if (isBlank(line)) continue;
    const is = indentOf(line);
    let to = wanted.get(index);
    if (to !== undefined) shift = to - is;
    else if (isComment(line)) to = commentIndent(index, is);
    else to = Math.max(0, is + shift);
    if (to !== is) edits.push({ range: { start: line.start, end: line.start + is }, text: ' '.repeat(to) });
  }
  return edits;

  /** With the line that it speaks of: the next one, unless it stands deeper, at the end of a block. */
  function commentIndent(index: number, is: number): number {
    let next = index + 1;
    while (next < lines.length && (isBlank(lines[next]!) || isComment(lines[next]!))) next++;
    const target = wanted.get(next);
    return target !== undefined && indentOf(lines[next]!) >= is ? target : Math.max(0, is + shift);
  }
}

/** Of each line that starts with a key or a dash of a block. Other lines go along with the one before. */
function wantedIndents(tree: Tree, lines: Range[]): Map<number, number> {
  const wanted = new Map<number, number>();
  const begin = (offset: number, indent: number) => {
    const line = lineAt(lines, offset);
    if (tree.text.slice(lines[line]!.start, offset).trim() === '') wanted.set(line, indent);
  };
  const down = (node: TreeNode | undefined, indent: number): void => {
    if (!node || node.kind === 'scalar' || node.flow || !isWrittenHere(tree, node)) return;
    if (node.kind === 'map') {
      for (const { key, value } of node.entries) {
        begin(key.range.start, indent);
        if (!isMerge(tree, key.range)) down(value, indent + STEP);
      }
      return;
    }
    for (const item of node.items) {
      begin(tree.text.lastIndexOf('-', Math.max(0, item.range.start - 1)), indent);
      down(item, indent + STEP);
    }
  };
  down(tree.root, 0);
  return wanted;
}

/** Lines whose blanks at the end are part of a text. */
export function heldLines(tree: Tree): Set<number> {
  const lines = linesOf(tree.text);
  const held = new Set<number>();
  walk(tree, (node) => {
    if (node.kind !== 'scalar' || node.style === 'plain') return;
    const { start, end } = node.range;
    if (!/[\r\n]/.test(tree.text.slice(start, end))) return;
    for (let index = lineAt(lines, start); index < lines.length && lines[index]!.end < end; index++)
      held.add(index);
  });
  return held;
}

/** The line that holds an offset. */
function lineAt(lines: Range[], offset: number): number {
  let [low, high] = [0, lines.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines[middle]!.start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
