/** Ways to read a tree. */
import type { Entry, MapNode, Range, ScalarNode, Tree, TreeNode } from './tree';

/** From the root: a key of a map, or an index of a sequence. */
export type Path = readonly (string | number)[];

export function keyOf(entry: Entry): string {
  return String(entry.key.value);
}

export function asMap(node: TreeNode | undefined): MapNode | undefined {
  return node?.kind === 'map' ? node : undefined;
}

export function asScalar(node: TreeNode | undefined): ScalarNode | undefined {
  return node?.kind === 'scalar' ? node : undefined;
}

/** The text of a scalar that is a string. */
export function asText(node: TreeNode | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

export function asNumber(node: TreeNode | undefined): number | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'number' ? node.value : undefined;
}

/** A whole number of at least 1, as sizes are. */
export function asSize(node: TreeNode | undefined): number | undefined {
  const number = asNumber(node);
  return Number.isSafeInteger(number) && number! >= 1 ? number : undefined;
}

/** The entries of a map, none for anything else. */
export function entriesOf(node: TreeNode | undefined): Entry[] {
  return node?.kind === 'map' ? node.entries : [];
}

/** The items of a sequence, none for anything else. */
export function itemsOf(node: TreeNode | undefined): TreeNode[] {
  return node?.kind === 'sequence' ? node.items : [];
}

export function entryOf(node: TreeNode | undefined, key: string): Entry | undefined {
  return entriesOf(node).find((entry) => entry.key.value === key);
}

/** The value of a key; of the first, should it be given twice. */
export function get(node: TreeNode | undefined, key: string): TreeNode | undefined {
  return entryOf(node, key)?.value;
}

export function isSamePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}

export function at(tree: Tree, path: Path): TreeNode | undefined {
  let node = tree.root;
  for (const part of path) {
    node = typeof part === 'number' ? itemsOf(node)[part] : get(node, part);
  }
  return node;
}

/** The entry at the end of a path whose last part is a key. */
export function entryAt(tree: Tree, path: Path): Entry | undefined {
  const key = path.at(-1);
  return typeof key === 'string' ? entryOf(at(tree, path.slice(0, -1)), key) : undefined;
}

/** What the node says as plain JavaScript values. Values that are not typed yet are `undefined`. */
export function toValue(node: TreeNode | undefined): unknown {
  if (!node) return undefined;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'sequence') return node.items.map(toValue);
  return Object.fromEntries(node.entries.map((entry) => [keyOf(entry), toValue(entry.value)]));
}

/** Whether the offset lies in the range, its end included: a cursor stands between characters. */
export function holds(range: Range, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}
