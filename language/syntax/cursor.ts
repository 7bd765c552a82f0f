import { holds, keyOf, type Path } from './path';
import { columnOf, lineEnd, lineStart } from './scan';
import type { Entry, MapNode, Range, Tree, TreeNode } from './tree';

/** What a cursor in a text is at, typed or still to be typed. */
export interface Cursor {
  /**
   * `key`: on a key, or where a key of the map at `path` can be typed.
   * `value`: on the value at `path`, or where it can be typed.
   */
  slot: 'key' | 'value';
  /** For a key: of its map, which may not be there yet. For a value: of the value. */
  path: Path;
  /** The innermost entry the cursor is in: the one whose key it is on, or whose value it is in. */
  entry: Entry | undefined;
  /** The scalar or the collection that is there; for a key, the map. */
  node: TreeNode | undefined;
  /** All maps and sequences around, from the root. */
  parents: TreeNode[];
  /** What a candidate replaces: the word the cursor is in, or nothing at the cursor. */
  replace: Range;
  /** Stands in `{ }` or `[ ]`. */
  flow: boolean;
  /** Only blanks stand before it on its line, so a value may still become a key. */
  startsLine: boolean;
}

/** What is at the offset, also in half-typed text and on blank lines; undefined in a comment. */
export function nodeAt(tree: Tree, offset: number): Cursor | undefined {
  return new Finder(tree, offset).find();
}

class Finder {
  readonly #text: string;
  readonly #offset: number;
  readonly #blankLine: boolean;
  readonly #column: number;
  #path: (string | number)[] = [];
  #parents: TreeNode[] = [];
  #entry: Entry | undefined;
  #flow = false;

  constructor(
    readonly tree: Tree,
    offset: number,
  ) {
    this.#text = tree.text;
    this.#offset = offset;
    this.#column = columnOf(this.#text, offset);
    this.#blankLine =
      this.#text.slice(lineStart(this.#text, offset), lineEnd(this.#text, offset)).trim() === '';
  }

  find(): Cursor | undefined {
    const { root } = this.tree;
    if (!root) return this.#isComment(0) ? undefined : this.#key(undefined);
    return this.#in(root);
  }

  #in(node: TreeNode): Cursor | undefined {
    if (node.kind === 'scalar') return this.#value(node);
    if (node.flow) return this.#inFlow(node);
    return node.kind === 'map' ? this.#inBlockMap(node) : this.#inBlockSequence(node.items, node);
  }

  #inBlockMap(map: MapNode): Cursor | undefined {
    this.#parents.push(map);
    const entry = last(map.entries, (candidate) => candidate.range.start <= this.#offset);
    if (!entry) return this.#key(map);
    if (holds(entry.key.range, this.#offset)) return this.#onKey(map, entry);
    if (this.#blankLine && this.#isOutside(entry, map)) return this.#key(map);
    return this.#inEntry(map, entry);
  }

  /** Whether a blank line's indentation says: another entry of this map. */
  #isOutside(entry: Entry, map: MapNode): boolean {
    const { value } = entry;
    if (value && value.kind !== 'scalar' && value.flow && this.#isInside(value)) return false;
    if (value?.kind === 'scalar') return !this.#isInsideBlockScalar(value);
    return this.#column <= columnOf(this.#text, map.entries[0]!.range.start);
  }

  #isInside(node: TreeNode): boolean {
    return node.range.start < this.#offset && this.#offset < node.range.end;
  }

  #isInsideBlockScalar(node: TreeNode): boolean {
    if (node.kind !== 'scalar') return false;
    const block = node.style === 'literal' || node.style === 'folded';
    return node.style === 'plain' ? false : block ? this.#offset <= node.range.end : this.#isInside(node);
  }

  #inEntry(map: MapNode, entry: Entry): Cursor | undefined {
    const { value } = entry;
    this.#entry = entry;
    this.#path.push(keyOf(entry));
    if (!value) {
      if (this.#isComment(entry.range.end)) return undefined;
      return this.#sameLine(entry.range.end) ? this.#value(undefined) : this.#key(undefined);
    }
    if (value.kind === 'scalar' || value.flow) {
      if (holds(value.range, this.#offset)) return this.#in(value);
      if (this.#offset < value.range.start) return this.#value(value);
      if (this.#isComment(value.range.end)) return undefined;
      if (this.#sameLine(value.range.end)) return this.#value(undefined);
      this.#path.pop();
      this.#entry = undefined;
      return this.#key(map);
    }
    if (this.#offset < value.range.start) {
      if (this.#isComment(entry.key.range.end)) return undefined;
      return this.#sameLine(entry.key.range.end) ? this.#value(value) : this.#inside(value);
    }
    return this.#in(value);
  }

  /** Before the first child of a block collection, on a line of its own. */
  #inside(node: TreeNode): Cursor | undefined {
    if (node.kind === 'map') {
      this.#parents.push(node);
      return this.#key(node);
    }
    return this.#value(node);
  }

  #inBlockSequence(items: TreeNode[], sequence: TreeNode): Cursor | undefined {
    this.#parents.push(sequence);
    let index = items.length - 1;
    while (index > 0 && this.#dashBefore(items[index]!) > this.#offset) index--;
    const item = items[index];
    const dash = item ? this.#dashBefore(item) : this.#offset;
    if (!item || (this.#blankLine && this.#column <= columnOf(this.#text, dash) && dash < this.#offset)) {
      this.#path.push(index + 1);
      return this.#value(undefined);
    }
    this.#path.push(index);
    const isEmpty = item.range.start === item.range.end;
    if (isEmpty) return this.#isComment(item.range.end) ? undefined : this.#value(undefined);
    if (this.#offset > item.range.end && (item.kind === 'scalar' || item.flow)) {
      if (this.#isComment(item.range.end)) return undefined;
      if (this.#blankLine) this.#path[this.#path.length - 1] = index + 1;
      return this.#value(undefined);
    }
    return this.#in(item);
  }

  #dashBefore(item: TreeNode): number {
    return this.#text.lastIndexOf('-', item.range.start - 1);
  }

  #inFlow(node: Exclude<TreeNode, { kind: 'scalar' }>): Cursor | undefined {
    if (this.#offset <= node.range.start || !holds(node.range, this.#offset)) return this.#value(node);
    if (this.#offset === node.range.end && this.#isClosed(node)) return this.#value(node);
    this.#parents.push(node);
    this.#flow = true;
    return node.kind === 'map' ? this.#inFlowMap(node) : this.#inFlowSequence(node.items);
  }

  #inFlowMap(map: MapNode): Cursor | undefined {
    const entry = last(map.entries, (candidate) => candidate.range.start <= this.#offset);
    if (!entry) return this.#isComment(map.range.start) ? undefined : this.#key(map);
    if (holds(entry.key.range, this.#offset)) return this.#onKey(map, entry);
    const end = entry.value?.range.end ?? entry.range.end;
    if (this.#offset > end) {
      const between = this.#text.slice(end, this.#offset);
      if (this.#isComment(end)) return undefined;
      const typesValue = !entry.value && this.#text[end - 1] === ':' && !between.includes(',');
      if (!typesValue) return this.#key(map);
    }
    this.#entry = entry;
    this.#path.push(keyOf(entry));
    return entry.value && this.#offset >= entry.value.range.start
      ? this.#in(entry.value)
      : this.#value(entry.value);
  }

  #inFlowSequence(items: TreeNode[]): Cursor | undefined {
    const index = items.findLastIndex((item) => item.range.start <= this.#offset);
    const item = items[index];
    if (item && this.#offset <= item.range.end) {
      this.#path.push(index);
      return this.#in(item);
    }
    this.#path.push(index + 1);
    return this.#value(undefined);
  }

  #isClosed(node: TreeNode): boolean {
    return /[}\]]/.test(this.#text[node.range.end - 1] ?? '');
  }

  /** Whether a comment starts between what was read last, or the line's start, and the cursor. */
  #isComment(from: number): boolean {
    const start = Math.max(from, lineStart(this.#text, this.#offset));
    return /(^|\s)#/.test(this.#text.slice(start, this.#offset));
  }

  #sameLine(from: number): boolean {
    return !/[\r\n]/.test(this.#text.slice(from, this.#offset));
  }

  #onKey(map: MapNode, entry: Entry): Cursor {
    this.#entry = entry;
    return this.#cursor('key', map, entry.key.range);
  }

  #key(map: TreeNode | undefined): Cursor | undefined {
    const from = lineStart(this.#text, this.#offset);
    if (!this.#flow && this.#isComment(from)) return undefined;
    return this.#cursor('key', map, undefined);
  }

  #value(node: TreeNode | undefined): Cursor {
    const word = node?.kind === 'scalar' && holds(node.range, this.#offset) ? node.range : undefined;
    return this.#cursor('value', node, word);
  }

  #cursor(slot: Cursor['slot'], node: TreeNode | undefined, word: Range | undefined): Cursor {
    const replace = word ?? { start: this.#offset, end: this.#offset };
    const before = this.#text.slice(lineStart(this.#text, replace.start), replace.start);
    return {
      slot,
      path: this.#path,
      entry: this.#entry,
      node,
      parents: this.#parents,
      replace,
      flow: this.#flow,
      startsLine: before.trim() === '',
    };
  }
}

function last<T>(list: T[], test: (item: T) => boolean): T | undefined {
  return list[list.findLastIndex(test)];
}
