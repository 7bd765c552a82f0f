import { plainValue } from './scalar';
import { wholeCharacters } from './scan';
import type { Entry, MapNode, Range, ScalarNode, SequenceNode, SyntaxProblem, TreeNode } from './tree';

/** Files are small; these bounds only keep hostile ones from hurting. */
export const MAX_LENGTH = 2 ** 20;
export const MAX_DEPTH = 100;
export const MAX_NODES = 100_000;

const KNOWN_TAGS = new Set(['!', '!!str', '!!int', '!!float', '!!bool', '!!null', '!!map', '!!seq']);

/** Makes nodes for either parser, so that both agree on scalars, aliases, merge keys, duplicates and bounds. */
export class TreeBuilder {
  readonly problems: SyntaxProblem[] = [];
  /** Nodes so far, each alias counted with all that it stands for. */
  count = 0;
  /** Whether anything is anchored, repeated or merged, so that no part of the text stands for itself. */
  refers = false;
  #anchors = new Map<string, { node: TreeNode; size: number }>();

  constructor(readonly text: string) {}

  problem(start: number, end: number, message: string, kind: SyntaxProblem['kind'] = 'syntax'): void {
    this.problems.push({ range: wholeCharacters(this.text, { start, end }), message, kind });
  }

  scalar(range: Range, content: string, style: ScalarNode['style'], tag?: string): ScalarNode {
    this.count++;
    const isText = style !== 'plain' || tag === '!!str' || tag === '!';
    const value = isText ? content : plainValue(content);
    return { kind: 'scalar', range, value, raw: this.text.slice(range.start, range.end), style };
  }

  /** A key is text, whatever it looks like: `1:` is the key `1`. */
  key(range: Range, content: string, style: ScalarNode['style']): ScalarNode {
    this.count++;
    return { kind: 'scalar', range, value: content, raw: this.text.slice(range.start, range.end), style };
  }

  /** What stands where a key must be text but is a collection. */
  keyInstead(node: { range: Range }): ScalarNode {
    const { start, end } = node.range;
    this.problem(start, end, 'A key must be plain text');
    return this.key(node.range, this.text.slice(start, end), 'plain');
  }

  sequence(range: Range, flow: boolean, items: TreeNode[]): SequenceNode {
    this.count++;
    return { kind: 'sequence', range, flow, items };
  }

  map(range: Range, flow: boolean, written: Entry[]): MapNode {
    this.count++;
    // A set is dearer than a few comparisons, and nearly all maps are small.
    const keys = written.length > 8 ? new Set<string>() : undefined;
    let merges = false;
    let before = -2;
    for (const [index, { key }] of written.entries()) {
      const name = key.value as string;
      if (name === '<<' && key.style === 'plain') merges = true;
      else if (keys ? keys.has(name) : isGivenBefore(name, written, index)) {
        // Where all of an entry is there twice, its first key tells.
        if (before !== index - 1)
          this.problem(key.range.start, key.range.end, `\`${name}\` is given twice`, 'duplicate-key');
        before = index;
      } else keys?.add(name);
    }
    return { kind: 'map', range, flow, entries: merges ? this.#merged(written) : written };
  }

  anchor(name: string, node: TreeNode, size: number): void {
    this.refers = true;
    this.#anchors.set(name, { node, size });
  }

  alias(name: string, range: Range): TreeNode {
    this.refers = true;
    const target = this.#anchors.get(name);
    if (!target) {
      this.problem(range.start, range.end, `Nothing before this is anchored as \`&${name}\``);
    } else if (this.count + target.size > MAX_NODES) {
      this.problem(range.start, range.end, 'The aliases stand for too much content', 'limit');
    } else {
      this.count += target.size;
      return { ...target.node, range };
    }
    return {
      kind: 'scalar',
      range,
      value: null,
      raw: this.text.slice(range.start, range.end),
      style: 'plain',
    };
  }

  checkTag(start: number, end: number): string {
    const tag = this.text.slice(start, end);
    if (!KNOWN_TAGS.has(tag)) this.problem(start, end, `The tag \`${tag}\` has no meaning here`);
    return tag;
  }

  #merged(written: Entry[]): Entry[] {
    this.refers = true;
    const isMerge = ({ key }: Entry) => key.value === '<<' && key.style === 'plain';
    const entries = written.filter((entry) => !isMerge(entry));
    for (const merge of written.filter(isMerge)) this.#merge(merge, entries);
    return entries;
  }

  /** Entries that a `<<` brings in, standing where it stands; what is written in the map itself wins. */
  #merge(merge: Entry, entries: Entry[]): void {
    const seen = new Set(entries.map(({ key }) => key.value));
    const sources = merge.value?.kind === 'sequence' ? merge.value.items : [merge.value];
    for (const source of sources) {
      if (source?.kind !== 'map') {
        const { start, end } = source?.range ?? merge.range;
        // An alias that stands for nothing is told as that.
        if (!this.problems.some(({ range }) => range.start === start && range.end === end))
          this.problem(start, end, '`<<` takes a map, or a list of maps');
        continue;
      }
      this.count += source.entries.length;
      for (const { key, value } of source.entries) {
        if (seen.has(key.value)) continue;
        seen.add(key.value);
        entries.push({
          key: { ...key, range: merge.key.range },
          value: value && { ...value, range: source.range },
          range: merge.range,
        });
      }
    }
  }
}

function isGivenBefore(name: string, entries: Entry[], index: number): boolean {
  for (let before = 0; before < index; before++) if (entries[before]!.key.value === name) return true;
  return false;
}
