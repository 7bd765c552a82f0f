/**
 * Where inherited text stands. A composition that extends others is read as one tree; what it inherits has offsets
 * behind the end of its own text, one layer for each file, so that every place can be led back to where it is written.
 */
import type { Entry, MapNode, Range, ScalarNode, TreeNode } from '../syntax/tree';

export interface Layer {
  file: string;
  text: string;
  /** The offset at which this file's text begins. */
  from: number;
}

/** The file and range that are meant by a range of the whole tree. */
export function writtenAt(
  { file, layers }: { file: string; layers: readonly Layer[] },
  range: Range,
): { file: string; range: Range; inherited: Layer | undefined } {
  const layer = layers.findLast(({ from }) => from <= range.start);
  if (!layer) return { file, range, inherited: undefined };
  const { from } = layer;
  return {
    file: layer.file,
    range: { start: range.start - from, end: range.end - from },
    inherited: layer,
  };
}

/** The same tree, as the text of a layer. */
export function shifted(node: MapNode, by: number): MapNode {
  return {
    ...node,
    range: moved(node.range, by),
    entries: node.entries.map((entry) => shiftedEntry(entry, by)),
  };
}

function shiftedEntry({ key, value, range }: Entry, by: number): Entry {
  return { key: shiftedScalar(key, by), value: value && shiftedNode(value, by), range: moved(range, by) };
}

function shiftedNode(node: TreeNode, by: number): TreeNode {
  if (node.kind === 'map') return shifted(node, by);
  if (node.kind === 'scalar') return shiftedScalar(node, by);
  return { ...node, range: moved(node.range, by), items: node.items.map((item) => shiftedNode(item, by)) };
}

function shiftedScalar(node: ScalarNode, by: number): ScalarNode {
  return { ...node, range: moved(node.range, by) };
}

function moved({ start, end }: Range, by: number): Range {
  return { start: start + by, end: end + by };
}
