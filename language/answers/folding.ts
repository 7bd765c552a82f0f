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

/** The ranges around an offset, from the innermost. */
export function selectionAt(tree: Tree, offset: number): Range[] {
  const ranges: Range[] = [];
  const visit = (node: TreeNode | undefined): void => {
    if (!node || offset < node.range.start || offset > node.range.end) return;
    ranges.push(node.range);
    if (node.kind === 'sequence') for (const item of node.items) visit(item);
    if (node.kind !== 'map') return;
    for (const entry of node.entries) {
      if (offset < entry.range.start || offset > entry.range.end) continue;
      ranges.push(entry.range);
      if (offset <= entry.key.range.end) ranges.push(entry.key.range);
      visit(entry.value);
    }
  };
  visit(tree.root);
  return ranges.reverse();
}
