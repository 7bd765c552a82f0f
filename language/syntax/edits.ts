/**
 * Changes to a text as edits by offset. What they do not touch, comments and layout included, stays as it is.
 * Values come as text that is already YAML (`writeScalar` makes it), so that a caller may give `{ a: 1 }`.
 */
import { entryAt, keyOf, type Path } from './path';
import { writeScalar } from './scalar';
import { columnOf, lineBreak, lineEnd, lineStart, nextLine, skipBlanks, skipSpace, trimEnd } from './scan';
import type { Entry, MapNode, Range, ScalarNode, SequenceNode, Tree, TreeNode } from './tree';

export interface Edit {
  range: Range;
  text: string;
}

/** The text after edits that do not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  // Of several at one place, the last one comes first.
  const sorted = [...edits].sort((a, b) => b.range.start - a.range.start).reverse();
  const parts: string[] = [];
  let at = 0;
  for (const { range, text: put } of sorted) {
    parts.push(text.slice(at, range.start), put);
    at = range.end;
  }
  return parts.join('') + text.slice(at);
}

/** Another value in place of a scalar, quoted where it must be. */
export function setScalar(tree: Tree, node: ScalarNode, value: ScalarNode['value']): Edit {
  return { range: node.range, text: writeScalar(value, isInFlow(tree, node.range.start)) };
}

/** Any YAML in place of a value. */
export function replaceValue(node: TreeNode, text: string): Edit {
  return { range: node.range, text };
}

export function renameKey(tree: Tree, entry: Entry, key: string): Edit {
  return { range: entry.key.range, text: writeScalar(key, isInFlow(tree, entry.key.range.start)) };
}

/** The value of an entry that has none yet. */
export function fillValue(tree: Tree, entry: Entry, text: string): Edit {
  const end = entry.range.end;
  const colon = tree.text[end - 1] === ':' ? '' : ':';
  const next = skipBlanks(tree.text, end);
  const follows = tree.text[next];
  const gap = follows === '}' || follows === ']' ? ' ' : '';
  return { range: { start: end, end: follows === '#' ? end : next }, text: `${colon} ${text}${gap}` };
}

/**
 * A new entry in a map, after the entry `after` or at its end. A value of several lines is indented to fit, in
 * block style.
 */
export function insertEntry(tree: Tree, map: MapNode, key: string, value: string, after?: string): Edit {
  const previous = map.entries.findLast((entry) => keyOf(entry) === after) ?? map.entries.at(-1);
  return map.flow
    ? insertInFlow(tree, map, previous, `${writeScalar(key, true)}: ${value}`)
    : insertInBlock(tree, map, previous!, key, value);
}

/**
 * A new entry under the key that `path` ends with, which has a map, or no value yet. Undefined where the path leads
 * to something else.
 */
export function insertAt(tree: Tree, path: Path, key: string, value: string): Edit | undefined {
  if (path.length === 0) {
    if (tree.root?.kind === 'map') return insertEntry(tree, tree.root, key, value);
    return tree.root ? undefined : appendLine(tree.text, writeBlock(key, value, 0, tree.text));
  }
  const parent = entryAt(tree, path);
  if (parent?.value?.kind === 'map') return insertEntry(tree, parent.value, key, value);
  if (!parent || parent.value) return undefined;
  if (isInFlow(tree, parent.range.start))
    return fillValue(tree, parent, `{ ${writeScalar(key, true)}: ${value} }`);
  const indent = columnOf(tree.text, parent.range.start) + 2;
  const at = lineEnd(tree.text, parent.range.end);
  const colon = tree.text[parent.range.end - 1] === ':' ? '' : ':';
  const comment = tree.text.slice(parent.range.end, at);
  const line = lineBreak(tree.text) + writeBlock(key, value, indent, tree.text);
  return { range: { start: parent.range.end, end: at }, text: `${colon}${comment.trimEnd()}${line}` };
}

/** An entry goes, with its line and what stands behind it on that line. The last one of a map leaves `{}`. */
export function removeEntry(tree: Tree, map: MapNode, entry: Entry): Edit {
  const index = map.entries.indexOf(entry);
  if (map.flow) return removeFromFlow(tree.text, map.entries, index);
  if (map.entries.length === 1) return { range: entry.range, text: '{}' };
  const { text } = tree;
  const from = lineStart(text, entry.range.start);
  const isFirstOnLine = text.slice(from, entry.range.start).trim() === '';
  const next = map.entries[index + 1];
  if (!isFirstOnLine && next) return { range: { start: entry.range.start, end: next.range.start }, text: '' };
  return { range: { start: from, end: nextLine(text, entry.range.end) }, text: '' };
}

/** An item goes, with its line. The last one of a list leaves `[]`. */
export function removeItem(tree: Tree, sequence: SequenceNode, index: number): Edit {
  if (sequence.flow)
    return removeFromFlow(
      tree.text,
      sequence.items.map((item) => ({ range: item.range })),
      index,
    );
  const item = sequence.items[index]!;
  if (sequence.items.length === 1) return { range: sequence.range, text: '[]' };
  const dash = tree.text.lastIndexOf('-', Math.max(0, item.range.start - 1));
  const start = lineStart(tree.text, dash);
  const next = sequence.items[index + 1];
  if (tree.text.slice(start, dash).trim() !== '' && next) {
    return { range: { start: item.range.start, end: next.range.start }, text: '' };
  }
  return { range: { start, end: nextLine(tree.text, item.range.end) }, text: '' };
}

function insertInFlow(tree: Tree, map: MapNode, previous: Entry | undefined, text: string): Edit {
  if (previous) {
    const at = previous.range.end;
    return { range: { start: at, end: at }, text: `, ${text}` };
  }
  const open = map.range.start + 1;
  return { range: { start: open, end: skipSpace(tree.text, open) }, text: ` ${text} ` };
}

function insertInBlock(tree: Tree, map: MapNode, previous: Entry, key: string, value: string): Edit {
  const indent = columnOf(tree.text, map.entries[0]!.range.start);
  return appendLine(tree.text, writeBlock(key, value, indent, tree.text), previous.range.end);
}

/** A line of its own after the one that holds the offset. */
function appendLine(text: string, line: string, after = text.length): Edit {
  const end = lineEnd(text, after);
  const isBlank = text.slice(lineStart(text, end), end).trim() === '';
  if (isBlank) return { range: { start: lineStart(text, end), end }, text: line };
  return { range: { start: end, end }, text: lineBreak(text) + line };
}

function writeBlock(key: string, value: string, indent: number, text: string): string {
  const margin = ' '.repeat(indent);
  const head = `${margin}${writeScalar(key, false)}:`;
  if (!value.includes('\n')) return `${head} ${value}`;
  const lines = value.replace(/^\n/, '').split('\n');
  return [head, ...lines.map((line) => (line === '' ? '' : `${margin}  ${line}`))].join(lineBreak(text));
}

function removeFromFlow(text: string, parts: { range: Range }[], index: number): Edit {
  const { range } = parts[index]!;
  const next = parts[index + 1];
  if (next) return { range: { start: range.start, end: next.range.start }, text: '' };
  const previous = parts[index - 1];
  if (previous) return { range: { start: previous.range.end, end: range.end }, text: '' };
  const comma = skipSpace(text, range.end);
  const end = skipSpace(text, text[comma] === ',' ? comma + 1 : range.end);
  return { range: { start: trimEnd(text, 0, range.start), end }, text: '' };
}

/** Whether the offset lies between brackets. */
export function isInFlow(tree: Tree, offset: number): boolean {
  let node: TreeNode | undefined = tree.root;
  while (node && node.kind !== 'scalar') {
    if (node.flow && node.range.start < offset && offset < node.range.end) return true;
    const children: (TreeNode | undefined)[] =
      node.kind === 'map' ? node.entries.map((entry) => entry.value) : node.items;
    node = children.find((child) => child && child.range.start <= offset && offset <= child.range.end);
  }
  return false;
}
