import { type Alias, isAlias, isMap, isScalar, isSeq, type Pair, parseDocument, type Scalar } from 'yaml';
import { MAX_DEPTH, type TreeBuilder } from './builder';
import { reportErrors } from './errors';
import { lineEnd, skipBlanks, skipSpace, trimEnd } from './scan';
import type { Entry, ScalarNode, TreeNode } from './tree';

const STYLES: Record<string, ScalarNode['style']> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

/** Reads what can be read of text that is not YAML, as a half-typed file never is, and says what is wrong. */
export function readBroken(builder: TreeBuilder): TreeNode | undefined {
  // To `yaml`, a byte order mark would count as indentation.
  const shift = builder.text.startsWith('\uFEFF') ? 1 : 0;
  const document = parseDocument(builder.text.slice(shift), {
    schema: 'failsafe',
    uniqueKeys: false,
    logLevel: 'silent',
    prettyErrors: false,
    strict: false,
    stringKeys: false,
  });
  reportErrors(builder, document.errors, shift);
  return new Reader(builder, shift).node(document.contents, 0);
}

class Reader {
  readonly #text: string;

  constructor(
    readonly builder: TreeBuilder,
    readonly shift: number,
  ) {
    this.#text = builder.text;
  }

  #span(node: { range?: readonly number[] | null }): [start: number, end: number] {
    return [node.range![0]! + this.shift, node.range![1]! + this.shift];
  }

  /** Undefined for a value that is not there. */
  node(node: unknown, depth: number): TreeNode | undefined {
    if (depth > MAX_DEPTH) throw new RangeError('too deep');
    if (isAlias(node)) return this.#alias(node);
    const before = this.builder.count;
    const read = this.#content(node, depth);
    const anchor = (node as { anchor?: string } | null)?.anchor;
    if (read && anchor) this.builder.anchor(anchor, read, this.builder.count - before);
    return read;
  }

  #alias(node: Alias.Parsed | Alias): TreeNode {
    const [start, end] = this.#span(node);
    return this.builder.alias(node.source, { start, end });
  }

  #content(node: unknown, depth: number): TreeNode | undefined {
    if (isScalar(node)) return this.#scalar(node);
    if (isMap(node)) {
      const flow = node.flow === true;
      const entries = node.items.flatMap((pair) => {
        const entry = this.#entry(pair, depth);
        return flow ? entry : this.#untangled(entry);
      });
      return this.builder.map(this.#range(this.#span(node), flow, entries), flow, entries);
    }
    if (isSeq(node)) {
      const flow = node.flow === true;
      const items = node.items.map((item) => this.#item(item, depth));
      return this.builder.sequence(this.#range(this.#span(node), flow, items), flow, items);
    }
    return undefined;
  }

  #scalar(node: Scalar): ScalarNode | undefined {
    const [start, valueEnd] = this.#span(node);
    if (node.type === 'PLAIN' && valueEnd <= start) return undefined;
    const end = trimEnd(this.#text, start, valueEnd);
    return this.builder.scalar(
      { start, end },
      String(node.value),
      STYLES[node.type!] ?? 'plain',
      shortTag(node.tag),
    );
  }

  #entry(pair: Pair, depth: number): Entry {
    const key = this.#key(pair.key, depth);
    const value = this.node(pair.value, depth + 1);
    if (value)
      return { key, value, range: { start: key.range.start, end: Math.max(value.range.end, key.range.end) } };
    const at = skipSpace(this.#text, key.range.end);
    const end = this.#text[at] === ':' ? at + 1 : key.range.end;
    return { key, value, range: { start: key.range.start, end } };
  }

  /** A half-typed key runs on into the key of the next line, which YAML reads as one key of two lines. */
  #untangled(entry: Entry): Entry[] {
    const { key } = entry;
    if (key.style !== 'plain' || !/[\r\n]/.test(key.raw)) return [entry];
    const words = [...key.raw.matchAll(/[^\s#](?:[^\r\n#]*[^\s#])?/g)];
    return words.map((word, index) => {
      const start = key.range.start + word.index;
      const range = { start, end: start + word[0].length };
      const part = this.builder.key(range, word[0], 'plain');
      const isLast = index === words.length - 1;
      return isLast
        ? { ...entry, key: part, range: { start, end: entry.range.end } }
        : { key: part, value: undefined, range };
    });
  }

  #key(node: unknown, depth: number): ScalarNode {
    if (isScalar(node)) {
      const [start, end] = this.#span(node);
      return this.builder.key(
        { start, end: trimEnd(this.#text, start, end) },
        String(node.value ?? ''),
        STYLES[node.type!] ?? 'plain',
      );
    }
    const read = this.node(node, depth + 1);
    if (!read) return this.builder.key({ start: 0, end: 0 }, '', 'plain');
    return read.kind === 'scalar'
      ? { ...read, value: String(read.value ?? '') }
      : this.builder.keyInstead(read);
  }

  #item(item: unknown, depth: number): TreeNode {
    if (isPair(item)) {
      const entry = this.#entry(item, depth + 1);
      return this.builder.map(entry.range, true, [entry]);
    }
    const read = this.node(item, depth + 1);
    if (read) return read;
    const dash = this.#text.lastIndexOf('-', isScalar(item) ? this.#span(item)[0] - 1 : 0);
    const start = Math.max(dash + 1, 0);
    return this.builder.scalar({ start, end: start }, '', 'plain');
  }

  /** Block collections end with their last child; an unclosed bracket reaches to the end of its line. */
  #range([start, end]: [number, number], flow: boolean, children: { range: { end: number } }[]) {
    const last = children.at(-1)?.range.end ?? (flow ? start + 1 : start);
    if (!flow) return { start, end: Math.max(start, last) };
    if (/[\]}]/.test(this.#text[end - 1] ?? '') && end > last) return { start, end };
    const comma = skipBlanks(this.#text, last);
    const rest = this.#text[comma] === ',' ? comma + 1 : last;
    const line = lineEnd(this.#text, rest);
    const comment = this.#text.slice(rest, line).search(/\s#/);
    return { start, end: Math.max(end, comment < 0 ? line : rest + comment) };
  }
}

function isPair(item: unknown): item is Pair {
  return typeof item === 'object' && item !== null && 'key' in item && 'value' in item && !isScalar(item);
}

function shortTag(tag: string | undefined): string | undefined {
  return tag === 'tag:yaml.org,2002:str' || tag === '!' ? '!!str' : undefined;
}
