/** Nodes as they are in a text that has them further on. */
import type { Entry, MapNode, Range, ScalarNode, SyntaxProblem, TreeNode } from './tree';

export function shiftedMap(node: MapNode, by: number): MapNode {
  const entries = node.entries.map((entry) => shiftedEntry(entry, by));
  return { ...node, range: shiftedRange(node.range, by), entries };
}

export function shiftedEntry({ key, value, range }: Entry, by: number): Entry {
  return {
    key: shiftedScalar(key, by),
    value: value && shiftedNode(value, by),
    range: shiftedRange(range, by),
  };
}

function shiftedNode(node: TreeNode, by: number): TreeNode {
  if (node.kind === 'map') return shiftedMap(node, by);
  if (node.kind === 'scalar') return shiftedScalar(node, by);
  const items = node.items.map((item) => shiftedNode(item, by));
  return { ...node, range: shiftedRange(node.range, by), items };
}

function shiftedScalar(node: ScalarNode, by: number): ScalarNode {
  return { ...node, range: shiftedRange(node.range, by) };
}

export function shiftedRange({ start, end }: Range, by: number): Range {
  return { start: start + by, end: end + by };
}

export function shiftedProblem(problem: SyntaxProblem, by: number): SyntaxProblem {
  const range = shiftedRange(problem.range, by);
  if (!problem.mends) return { ...problem, range };
  const mends = problem.mends.map(({ title, edit }) => ({
    title,
    edit: { ...edit, range: shiftedRange(edit.range, by) },
  }));
  return { ...problem, range, mends };
}
