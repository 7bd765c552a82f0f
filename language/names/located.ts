import type { Gradual } from '../gradual';
import { remember } from '../remember';
import { entriesOf, keyOf } from '../syntax/path';
import { within } from '../syntax/ranges';
import type { Entry, Range, TreeNode } from '../syntax/tree';

export interface Located<T> {
  value: T;
  range: Range;
}

/** The text of a scalar with the range of its content, without quotes. */
export function locatedText(node: TreeNode | undefined): Located<string> | undefined {
  if (node?.kind !== 'scalar' || node.value === null) return undefined;
  const { range } = node;
  if (node.style === 'plain') return { value: node.raw, range };
  if (node.style !== 'single' && node.style !== 'double') return { value: String(node.value), range };
  const start = range.start + 1;
  return { value: String(node.value), range: within(range, start, Math.max(start, range.end - 1)) };
}

/** What stands for a section that is not there. */
const NOTHING: TreeNode = { kind: 'map', range: { start: 0, end: 0 }, flow: false, entries: [] };

const sections = new WeakMap<object, WeakMap<TreeNode, unknown>>();

/** What `read` makes of a section: the same object as long as the section is the same. */
export function once<T>(node: TreeNode | undefined, read: (node: TreeNode | undefined) => T): T {
  const before = remember(sections, read, () => new WeakMap());
  return remember(before, node ?? NOTHING, () => read(node)) as T;
}

type ReadEntry<T> = (entry: Entry) => T | undefined;

/** What was read of each entry: an edit leaves most of them as they are. */
const entries = new WeakMap<object, WeakMap<Entry, unknown>>();
const collectors = new WeakMap<object, (node: TreeNode | undefined) => unknown>();

/** Each entry of a section that `read` makes something of, by its key. */
export function collect<T>(node: TreeNode | undefined, read: ReadEntry<T>): Map<string, T> {
  const collector = remember(collectors, read, () => (section) => allOf(section, read));
  return once(node, collector) as Map<string, T>;
}

/** Reads them one by one, so that they are there when all are asked for. */
export function* collecting<T>(node: TreeNode | undefined, read: ReadEntry<T>): Gradual<void> {
  for (const entry of entriesOf(node)) {
    entryOnce(entry, read);
    yield;
  }
}

function allOf<T>(node: TreeNode | undefined, read: ReadEntry<T>): Map<string, T> {
  const found = new Map<string, T>();
  for (const entry of entriesOf(node)) {
    const item = entryOnce(entry, read);
    // The first of two equal keys counts; the second is reported as a duplicate.
    if (item && !found.has(keyOf(entry))) found.set(keyOf(entry), item);
  }
  return found;
}

function entryOnce<T>(entry: Entry, read: ReadEntry<T>): T | undefined {
  const before = remember(entries, read, () => new WeakMap());
  return remember(before, entry, () => read(entry)) as T | undefined;
}
