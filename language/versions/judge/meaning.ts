/** What texts come to, however they are laid out. */
import type { SourceFile } from '../../names/source-file';
import { entryOf, keyOf } from '../../syntax/path';
import type { TreeNode } from '../../syntax/tree';
import { parseDim } from '../../types/dim';

/** Equal for what a graph cannot tell apart: the order of keys, ways to write a number, equivalent arithmetic. */
export function meaningOf(node: TreeNode | undefined): string {
  if (!node) return '';
  switch (node.kind) {
    case 'scalar': {
      const { value } = node;
      if (typeof value !== 'string' || !value.includes('$')) return JSON.stringify(value);
      return `$ ${parseDim(value.replaceAll('$', '')).dim?.key ?? value}`;
    }
    case 'sequence':
      return `[${node.items.map(meaningOf).join()}]`;
    case 'map':
      return `{${node.entries
        .filter((entry) => keyOf(entry) !== 'doc')
        .map((entry) => `${keyOf(entry)}:${meaningOf(entry.value)}`)
        .sort()
        .join()}}`;
  }
}

/** The text without its version. */
export function textFor({ text, tree }: SourceFile): string {
  const version = entryOf(tree.root, 'version');
  return version ? text.slice(0, version.range.start) + text.slice(version.range.end) : text;
}
