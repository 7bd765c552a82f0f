import { entriesOf, keyOf } from '../syntax/path';
import type { Entry, Range, TreeNode } from '../syntax/tree';

export interface Located<T> {
  value: T;
  range: Range;
}

/** The text of a scalar with the range of its content, without quotes. */
export function locatedText(node: TreeNode | undefined): Located<string> | undefined {
  if (node?.kind !== 'scalar' || node.value === null) return undefined;
  const quoted = node.style === 'single' || node.style === 'double' ? 1 : 0;
  return {
    value: node.style === 'plain' ? node.raw : String(node.value),
    range: {
      start: node.range.start + quoted,
      end: Math.max(node.range.start + quoted, node.range.end - quoted),
    },
  };
}

export function collect<T extends { name: string } | { alias: string }>(
  node: TreeNode | undefined,
  read: (entry: Entry) => T | undefined,
): Map<string, T> {
  const found = new Map<string, T>();
  for (const entry of entriesOf(node)) {
    const item = read(entry);
    // The first of two equal keys counts; the second is reported as a duplicate.
    if (item && !found.has(keyOf(entry))) found.set(keyOf(entry), item);
  }
  return found;
}
