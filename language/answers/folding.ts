import type { Gradual } from '../gradual';
import { lineMap } from '../syntax/lines';
import type { Range, Tree, TreeNode } from '../syntax/tree';

/** Every map and list that stands on several lines, from its key to its end. */
export function* foldsIn(tree: Tree): Gradual<Range[]> {
  const lines = lineMap(tree.text);
  const folds: Range[] = [];
  const visit = function* (node: TreeNode | undefined): Gradual<void> {
    yield;
    if (node?.kind === 'sequence') for (const item of node.items) yield* visit(item);
    if (node?.kind !== 'map') return;
    for (const { range, value } of node.entries) {
      if (value && value.kind !== 'scalar' && lines.place(range.start).line < lines.place(range.end).line)
        folds.push(range);
      if (value && value.kind !== 'scalar') yield* visit(value);
    }
  };
  yield* visit(tree.root);
  return folds;
}

/** The ranges around an offset, from the innermost, each inside the next. */
export function selectionAt(tree: Tree, offset: number): Range[] {
  const ranges: Range[] = [];
  // What `<<` brings in stands where it is written, one beside the other.
  const isInside = ({ start, end }: Range) => {
    const around = ranges.at(-1) ?? { start: 0, end: tree.text.length };
    return start <= offset && offset <= end && around.start <= start && end <= around.end;
  };
  const visit = (node: TreeNode | undefined): void => {
    if (!node || !isInside(node.range)) return;
    ranges.push(node.range);
    if (node.kind === 'sequence') for (const item of node.items) visit(item);
    if (node.kind !== 'map') return;
    for (const { range, key, value } of node.entries) {
      if (!isInside(range)) continue;
      ranges.push(range);
      if (isInside(key.range)) ranges.push(key.range);
      visit(value);
    }
  };
  visit(tree.root);
  return ranges.reverse();
}
