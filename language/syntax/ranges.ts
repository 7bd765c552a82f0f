/** Places in a text that is edited: what lies inside a range moves along with it. */
import type { Entry, Range, TreeNode } from './tree';

const inner = new WeakMap<Range, Range[]>();

/** A part of a range of the tree; the same object for the same part. */
export function within(outer: Range, start: number, end: number): Range {
  const known = inner.get(outer);
  for (const part of known ?? []) if (part.start === start && part.end === end) return part;
  const range = { start, end };
  if (known) known.push(range);
  else inner.set(outer, [range]);
  return range;
}

function moveRange(range: Range, by: number): void {
  range.start += by;
  range.end += by;
  const parts = inner.get(range);
  if (parts) for (const part of parts) moveRange(part, by);
}

/** Moves an entry and everything in it, in place. */
export function moveEntry({ key, value, range }: Entry, by: number): void {
  moveRange(range, by);
  moveRange(key.range, by);
  if (value) moveNode(value, by);
}

function moveNode(node: TreeNode, by: number): void {
  moveRange(node.range, by);
  if (node.kind === 'map') for (const entry of node.entries) moveEntry(entry, by);
  else if (node.kind === 'sequence') for (const item of node.items) moveNode(item, by);
}
