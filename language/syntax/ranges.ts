/** Places in a text that is edited: what lies inside a range moves along with it. */
import type { Entry, Range, ScalarNode, TreeNode } from './tree';

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

/** Whether a range lies in another. */
export function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
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

/** Whether two entries say the same, and the first can stand where the second does. */
export function isAlike(known: Entry, fresh: Entry): boolean {
  if (!isAlikeNode(known.key, fresh.key) || !canMove(known.range, fresh.range)) return false;
  if (!known.value || !fresh.value) return known.value === fresh.value;
  return isAlikeNode(known.value, fresh.value);
}

function isAlikeNode(known: TreeNode, fresh: TreeNode): boolean {
  if (!canMove(known.range, fresh.range)) return false;
  if (known.kind === 'scalar')
    return fresh.kind === 'scalar' && known.style === fresh.style && contentOf(known) === contentOf(fresh);
  if (known.kind === 'map')
    return (
      fresh.kind === 'map' && known.flow === fresh.flow && areAlike(known.entries, fresh.entries, isAlike)
    );
  return (
    fresh.kind === 'sequence' && known.flow === fresh.flow && areAlike(known.items, fresh.items, isAlikeNode)
  );
}

/** There may be a comment behind the mark that a block of text begins with. */
function contentOf({ style, value, raw }: ScalarNode): unknown {
  return style === 'literal' || style === 'folded' ? value : raw;
}

function areAlike<T>(known: T[], fresh: T[], isOne: (known: T, fresh: T) => boolean): boolean {
  return known.length === fresh.length && known.every((item, i) => isOne(item, fresh[i]!));
}

/** Parts of a range move along with it only where it stays as long as it is. */
function canMove(range: Range, { start, end }: Range): boolean {
  return end - start === range.end - range.start || !inner.has(range);
}

/** Moves an entry and everything in it to where one stands that is alike, in place. */
export function takePlaces(known: Entry, fresh: Entry): void {
  takePlace(known.range, fresh.range);
  takePlace(known.key.range, fresh.key.range);
  if (known.value && fresh.value) takePlacesOf(known.value, fresh.value);
}

function takePlacesOf(known: TreeNode, fresh: TreeNode): void {
  takePlace(known.range, fresh.range);
  if (known.kind === 'scalar' && fresh.kind === 'scalar') known.raw = fresh.raw;
  else if (known.kind === 'map' && fresh.kind === 'map')
    for (const [i, entry] of known.entries.entries()) takePlaces(entry, fresh.entries[i]!);
  else if (known.kind === 'sequence' && fresh.kind === 'sequence')
    for (const [i, item] of known.items.entries()) takePlacesOf(item, fresh.items[i]!);
}

function takePlace(range: Range, { start, end }: Range): void {
  moveRange(range, start - range.start);
  range.end = end;
}
