/** One edit of a text whose tree is known: only the entry around it is read again. */
import { YAMLException } from 'js-yaml';
import { MAX_DEPTH, TreeBuilder } from './builder';
import { isAlike, moveEntry, takePlaces } from './ranges';
import { lineStart } from './scan';
import type { Entry, MapNode, Tree } from './tree';
import { readValid } from './valid';

/** What only makes sense in its whole text: anchors, aliases, tags, merge keys, several documents, directives. */
const NOT_ALONE = /(^|[\s[{,])[&*!]\S|<<|^(---|\.\.\.|%)|^\uFEFF|\r(?!\n)/m;

/** Trees of which each entry can be read by itself. */
const divisible = new WeakMap<Tree, boolean>();

function isDivisible(tree: Tree): boolean {
  let known = divisible.get(tree);
  if (known === undefined) {
    known = tree.problems.length === 0 && !NOT_ALONE.test(tree.text);
    divisible.set(tree, known);
  }
  return known;
}

/** What was replaced: offsets in the text before, and how far everything behind it moves. */
interface Change {
  start: number;
  end: number;
  by: number;
}

/**
 * The tree of `text`, made of the tree of a text before: entries that the edit leaves alone stay the same objects and
 * are moved in place, so `before` is not to be used any more. Where only comments and space are others, the root is
 * the same object. Undefined, with `before` as it was, where the edit concerns more than one entry, or what it leaves
 * is not right.
 */
export function patched(before: Tree, text: string): Tree | undefined {
  const { root } = before;
  if (root?.kind !== 'map' || root.flow || !isDivisible(before)) return undefined;
  const change = changeBetween(before.text, text);
  const patch =
    aboveAll(root, before.text, text, change) ??
    patchOf(root, before.text, text, change, { from: 0, to: before.text.length }, 0);
  if (!patch) return undefined;
  const tree: Tree = { text, root: patch(), problems: [] };
  divisible.set(tree, true);
  return tree;
}

function changeBetween(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  const most = shorter - start;
  while (
    same < most &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  )
    same++;
  return { start, end: before.length - same, by: after.length - before.length };
}

/** Comments and empty lines. */
const SILENT = /^([ \t]*(#[^\n]*)?\n)*$/;

/** The edit is in what stands above the first entry. */
function aboveAll(root: MapNode, before: string, after: string, change: Change): (() => MapNode) | undefined {
  const start = lineStart(before, root.entries[0]?.key.range.start ?? 0);
  if (change.end > start) return undefined;
  const above = after.slice(0, start + change.by);
  if (!SILENT.test(above) || NOT_ALONE.test(above)) return undefined;
  return () => {
    for (const entry of root.entries) moveEntry(entry, change.by);
    root.range.start += change.by;
    root.range.end += change.by;
    return root;
  };
}

/** Sections are patched entry by entry; what is deeper is read with the entry around it. */
const MOST_LEVELS = 2;

/** Of a block map between two offsets; gives what carries the patch out. */
function patchOf(
  map: MapNode,
  before: string,
  after: string,
  change: Change,
  { from, to }: { from: number; to: number },
  level: number,
): (() => MapNode) | undefined {
  const { entries } = map;
  const index = entries.findLastIndex(({ key }) => key.range.start < change.start);
  const entry = entries[index];
  // Where the end of a map is that of its last entry, both can be moved alike.
  if (!entry || map.range.end !== entries.at(-1)!.range.end) return undefined;
  const start = lineStart(before, entry.key.range.start);
  const next = entries[index + 1];
  const end = next ? lineStart(before, next.key.range.start) : to;
  if (start < from || change.end > end) return undefined;
  if (next && after.charCodeAt(end + change.by - 1) !== LINE_FEED) return undefined;
  const read =
    inside(entry, before, after, change, end, level) ??
    again(map, index, after, start, end + change.by, level);
  if (!read) return undefined;
  return () => {
    const behind = entries.slice(index + 1);
    if (change.by !== 0) for (const other of behind) moveEntry(other, change.by);
    const now = read();
    if (now[0] === entry) {
      map.range.end = entries.at(-1)!.range.end;
      return map;
    }
    const all = [...entries.slice(0, index), ...now, ...behind];
    return { ...map, range: { start: map.range.start, end: all.at(-1)!.range.end }, entries: all };
  };
}

/** The edit is in one entry of a section. */
function inside(
  entry: Entry,
  before: string,
  after: string,
  change: Change,
  end: number,
  level: number,
): (() => Entry[]) | undefined {
  const { key, value, range } = entry;
  if (level + 1 >= MOST_LEVELS || value?.kind !== 'map' || value.flow || range.end !== value.range.end)
    return undefined;
  const patch = patchOf(value, before, after, change, { from: key.range.end + 1, to: end }, level + 1);
  return (
    patch &&
    (() => {
      const map = patch();
      if (map === value) {
        range.end = map.range.end;
        return [entry];
      }
      return [{ key, value: map, range: { start: range.start, end: map.range.end } }];
    })
  );
}

/** The entry is read again; what was typed may have made several of it. */
function again(
  { entries }: MapNode,
  index: number,
  after: string,
  start: number,
  end: number,
  level: number,
): (() => Entry[]) | undefined {
  const text = after.slice(start, end);
  const indent = entries[index]!.key.range.start - start;
  if (text.slice(0, indent).trim() !== '' || NOT_ALONE.test(text)) return undefined;
  const read = entriesIn(text, level);
  if (!read || read[0]!.key.range.start !== indent) return undefined;
  const names = new Set(read.map(({ key }) => key.value));
  if (entries.some(({ key }, other) => other !== index && names.has(key.value))) return undefined;
  for (const entry of read) moveEntry(entry, start);
  const [fresh, ...others] = read;
  const known = entries[index]!;
  if (others.length > 0 || !isAlike(known, fresh!)) return () => read;
  return () => {
    takePlaces(known, fresh!);
    return [known];
  };
}

function entriesIn(text: string, level: number): Entry[] | undefined {
  const builder = new TreeBuilder(text);
  try {
    const root = readValid(builder, MAX_DEPTH - level);
    if (root?.kind !== 'map' || root.flow || builder.problems.length > 0 || builder.refers) return undefined;
    return root.entries;
  } catch (error) {
    if (error instanceof YAMLException || error instanceof RangeError) return undefined;
    throw error;
  }
}

const LINE_FEED = 10;
