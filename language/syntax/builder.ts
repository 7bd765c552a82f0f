import { plainValue } from './scalar';
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
  #anchors = new Map<string, { node: TreeNode; size: number }>();

  constructor(readonly text: string) {}

  problem(start: number, end: number, message: string, kind: SyntaxProblem['kind'] = 'syntax'): void {
    this.problems.push({ range: { start, end }, message, kind });
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
    const seen = new Map<string, Entry>();
    let merges: Entry[] | undefined;
    for (const entry of written) {
      const key = entry.key.value as string;
      if (key === '<<' && entry.key.style === 'plain') {
        merges ??= [];
        merges.push(entry);
      } else if (seen.has(key)) {
        const { start, end } = entry.key.range;
        this.problem(start, end, `\`${key}\` is given twice`, 'duplicate-key');
      } else {
        seen.set(key, entry);
      }
    }
    const entries = merges ? written.filter((entry) => !merges.includes(entry)) : written;
    for (const merge of merges ?? []) this.#merge(merge, entries, seen);
    return { kind: 'map', range, flow, entries };
  }

  anchor(name: string, node: TreeNode, size: number): void {
    this.#anchors.set(name, { node, size });
  }

  alias(name: string, range: Range): TreeNode {
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

  /** Entries that a `<<` brings in, standing where it stands; what is written in the map itself wins. */
  #merge(merge: Entry, entries: Entry[], seen: Map<string, Entry>): void {
    const sources = merge.value?.kind === 'sequence' ? merge.value.items : [merge.value];
    for (const source of sources) {
      if (source?.kind !== 'map') {
        const { start, end } = source?.range ?? merge.range;
        this.problem(start, end, '`<<` takes a map, or a list of maps');
        continue;
      }
      this.count += source.entries.length;
      for (const entry of source.entries) {
        const key = entry.key.value as string;
        if (seen.has(key)) continue;
        const value = entry.value && { ...entry.value, range: source.range };
        const merged = { key: { ...entry.key, range: merge.key.range }, value, range: merge.range };
        seen.set(key, merged);
        entries.push(merged);
      }
    }
  }
}
