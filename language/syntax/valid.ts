import { COLLECTION_STYLE, EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE } from 'js-yaml';
import { MAX_DEPTH, type TreeBuilder } from './builder';
import { skipSpace, trimEnd } from './scan';
import type { Entry, Range, ScalarNode, TreeNode } from './tree';

type ScalarEvent = Extract<Event, { type: typeof EVENT_ID.SCALAR }>;
type CollectionEvent = Extract<Event, { type: typeof EVENT_ID.MAPPING | typeof EVENT_ID.SEQUENCE }>;

const STYLES: Record<number, ScalarNode['style']> = {
  [SCALAR_STYLE.PLAIN]: 'plain',
  [SCALAR_STYLE.SINGLE_QUOTED]: 'single',
  [SCALAR_STYLE.DOUBLE_QUOTED]: 'double',
  [SCALAR_STYLE.LITERAL_BLOCK]: 'literal',
  [SCALAR_STYLE.FOLDED_BLOCK]: 'folded',
};

/**
 * Reads text that is YAML, fast. Throws what js-yaml throws when it is not.
 * Events carry starts only, so ends of collections are found in the text.
 */
export function readValid(builder: TreeBuilder, maxDepth = MAX_DEPTH): TreeNode | undefined {
  const events = parseEvents(builder.text, { maxDepth });
  return new EventReader(builder, events).document();
}

class EventReader {
  #index = 0;
  /** Everything before this offset has been read. */
  #read = 0;
  readonly #text: string;

  constructor(
    readonly builder: TreeBuilder,
    readonly events: Event[],
  ) {
    this.#text = builder.text;
  }

  document(): TreeNode | undefined {
    const opening = this.events[0];
    if (opening?.type !== EVENT_ID.DOCUMENT) return undefined;
    const marker = opening.explicitStart ? /^\uFEFF?[ \t]*---/m.exec(this.#text) : null;
    if (marker) this.#read = marker.index + marker[0].length;
    this.#index = 1;
    const root = this.#node();
    if (this.#index + 1 < this.events.length) {
      const rest = skipSpace(this.#text, this.#read);
      this.builder.problem(rest, Math.min(rest + 3, this.#text.length), 'A file holds one document');
    }
    return root;
  }

  /** Undefined for a value that is not there. */
  #node(): TreeNode | undefined {
    const event = this.events[this.#index++]!;
    if (event.type === EVENT_ID.ALIAS) {
      const { anchorStart: start, anchorEnd: end } = event;
      this.#read = end;
      return this.builder.alias(this.#text.slice(start, end), { start: start - 1, end });
    }
    if (event.type === EVENT_ID.POP || event.type === EVENT_ID.DOCUMENT) return undefined;
    const before = this.builder.count;
    const node = event.type === EVENT_ID.SCALAR ? this.#scalar(event) : this.#collection(event);
    if (node && event.anchorStart >= 0) {
      const name = this.#text.slice(event.anchorStart, event.anchorEnd);
      this.builder.anchor(name, node, this.builder.count - before);
    }
    return node;
  }

  #scalar(event: ScalarEvent): ScalarNode | undefined {
    const tag = this.#properties(event);
    if (event.valueStart < 0) return undefined;
    const range = this.#scalarRange(event);
    this.#read = range.end;
    return this.builder.scalar(range, getScalarValue(this.#text, event), STYLES[event.style]!, tag);
  }

  #scalarRange(event: ScalarEvent): Range {
    const { valueStart, valueEnd } = event;
    if (event.style === SCALAR_STYLE.PLAIN) return { start: valueStart, end: valueEnd };
    if (event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK) {
      const start = skipSpace(this.#text, this.#read);
      return { start, end: trimEnd(this.#text, start, valueEnd) };
    }
    return { start: valueStart - 1, end: valueEnd + 1 };
  }

  /** Moves past the tag and the anchor; gives the tag. */
  #properties(event: ScalarEvent | CollectionEvent): string | undefined {
    this.#read = Math.max(this.#read, event.anchorEnd, event.tagEnd);
    return event.tagStart < 0 ? undefined : this.builder.checkTag(event.tagStart, event.tagEnd);
  }

  #collection(event: CollectionEvent): TreeNode {
    this.#properties(event);
    const flow = event.style === COLLECTION_STYLE.FLOW;
    const { start } = event;
    const opener = this.#text[start];
    const bracketed = flow && (opener === '{' || opener === '[') && this.#read <= start;
    this.#read = bracketed ? start + 1 : Math.max(this.#read, start);
    const isMap = event.type === EVENT_ID.MAPPING;
    const children = isMap ? this.#entries() : this.#items(flow);
    if (bracketed) this.#read = this.#closing();
    const range = { start, end: Math.max(this.#read, start) };
    return isMap
      ? this.builder.map(range, flow, children as Entry[])
      : this.builder.sequence(range, flow, children as TreeNode[]);
  }

  #entries(): Entry[] {
    const entries: Entry[] = [];
    while (!this.#closes()) {
      const key = this.#key();
      const colon = this.#after(':');
      if (colon !== undefined) this.#read = colon;
      const afterColon = this.#read;
      const value = this.#node();
      const end = value?.range.end ?? afterColon;
      entries.push({ key, value, range: { start: key.range.start, end } });
    }
    return entries;
  }

  #key(): ScalarNode {
    const question = this.#after('?');
    if (question !== undefined && /[\s]/.test(this.#text[question] ?? ' ')) this.#read = question;
    const event = this.events[this.#index]!;
    if (event.type === EVENT_ID.SCALAR) {
      this.#index++;
      this.#properties(event);
      const at = skipSpace(this.#text, this.#read);
      const range = event.valueStart < 0 ? { start: at, end: at } : this.#scalarRange(event);
      const key = this.builder.key(range, getScalarValue(this.#text, event), STYLES[event.style]!);
      if (event.anchorStart >= 0) {
        this.builder.anchor(this.#text.slice(event.anchorStart, event.anchorEnd), key, 1);
      }
      this.#read = range.end;
      return key;
    }
    const node = this.#node()!;
    if (node.kind !== 'scalar') return this.builder.keyInstead(node);
    return { ...node, value: node.value === null ? '' : String(node.value) };
  }

  #items(flow: boolean): TreeNode[] {
    const items: TreeNode[] = [];
    while (!this.#closes()) {
      const dash = flow ? undefined : this.#after('-');
      if (dash !== undefined) this.#read = dash;
      const after = this.#read;
      items.push(this.#node() ?? this.builder.scalar({ start: after, end: after }, '', 'plain'));
      if (flow) this.#read = this.#after(',') ?? this.#read;
    }
    return items;
  }

  #closes(): boolean {
    const event = this.events[this.#index];
    if (event && event.type !== EVENT_ID.POP) {
      const comma = this.#after(',');
      if (comma !== undefined) this.#read = comma;
      return false;
    }
    this.#index++;
    return true;
  }

  /** The offset after this character, when it comes next. */
  #after(character: string): number | undefined {
    const at = skipSpace(this.#text, this.#read);
    return this.#text[at] === character ? at + 1 : undefined;
  }

  /** The offset after the bracket that closes a flow collection. */
  #closing(): number {
    const at = skipSpace(this.#text, this.#after(',') ?? this.#read);
    return at + 1;
  }
}
