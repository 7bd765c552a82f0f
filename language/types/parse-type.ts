/** Reads types as they are written, such as `float32[...lead, seq?, 1|heads, width=64]`. */
import { type DTypeClass, dtypeClass, dtypes, meantDtype } from './dtype';
import { anyDim, type NameUse, parseDim, type TypeProblem } from './parse-dim';
import { Dim } from './polynomial';
import type { TensorType } from './type';

export type { NameUse, TypeProblem } from './parse-dim';

export interface ParsedType {
  type?: TensorType;
  problems: TypeProblem[];
  /** Every symbol in the text, the one of `...lead` included, in order. */
  names: NameUse[];
  /** Sizes that the type fixes: `width=64`. */
  fixed: { name: string; value: number; start: number; end: number }[];
}

/** Offsets count from the start of `text`. Without brackets, or with `[]`, it is a scalar. */
export function parseType(text: string): ParsedType {
  if (unnamed.test(text)) return new TypeParser(text).parse();
  let parsed = known.get(text);
  if (!parsed) {
    parsed = new TypeParser(text).parse();
    if (known.size >= mostKnown) known.clear();
    known.set(text, parsed);
  }
  return parsed;
}

/** The same few types are written over and over; what was read is never changed. */
const known = new Map<string, ParsedType>();
const mostKnown = 4096;

/** `_`, or `...` without a name: in each place where it is written it is like no other. */
const unnamed = /\b_\b|\.\.\.(?!\w)/;

class TypeParser {
  private readonly problems: TypeProblem[] = [];
  private readonly names: NameUse[] = [];
  private readonly fixed: ParsedType['fixed'] = [];
  private readonly dims: Dim[] = [];
  private readonly repeats: number[] = [];
  private lead: { name: string; at: number } | undefined;

  constructor(private readonly text: string) {}

  parse(): ParsedType {
    const { text, problems, names, fixed } = this;
    const head = /^\s*(?:[A-Za-z_]\w*(?:\s*\|\s*[A-Za-z_]\w*)*)?\s*/.exec(text)![0];
    const dotted = /^\s*(\w+(?:\.\w+)+)/.exec(text)?.[1];
    if (dotted !== undefined) {
      this.unknownElement(dotted, text.indexOf(dotted));
      return { problems, names, fixed };
    }
    const element = this.element(head);
    const rest = text.slice(head.length).trimEnd();
    if (rest !== '') this.brackets(rest, head.length);
    if (element === undefined || problems.length > 0) return { problems, names, fixed };
    const type: TensorType = {
      dtype: element.members[0]!,
      ...(element.members.length > 1 ? { oneOf: element } : {}),
      ...(this.lead ? { lead: this.lead.name } : {}),
      ...(this.lead && this.lead.at > 0 ? { at: this.lead.at } : {}),
      ...(this.repeats.length > 0 ? { repeats: this.repeats } : {}),
      dims: this.dims,
    };
    return { type, problems, names, fixed };
  }

  private fail(start: number, end: number, message: string, suggestion?: string): void {
    this.problems.push({ start, end, message, ...(suggestion === undefined ? {} : { suggestion }) });
  }

  private element(head: string): DTypeClass | undefined {
    if (head.trim() === '') {
      const message = 'a type starts with an element type such as `float32` or `string`';
      this.fail(0, Math.max(1, this.text.length), message);
      return undefined;
    }
    const found: DTypeClass[] = [];
    for (const match of head.matchAll(/\w+/g)) {
      const name = match[0];
      const one = dtypeClass(name);
      if (one) found.push(one);
      else this.unknownElement(name, match.index);
    }
    if (this.problems.length > 0 || found.length === 1) return found[0];
    const members = [...new Set(found.flatMap((one) => one.members))];
    return { name: found.map((one) => one.name).join('|'), members };
  }

  private unknownElement(name: string, start: number): void {
    // `torch.float32` is called so elsewhere.
    const last = name.slice(name.lastIndexOf('.') + 1);
    const suggestion = meantDtype(last);
    const hint = suggestion
      ? `; did you mean \`${suggestion}\`?`
      : `; there are ${dtypes.map((d) => `\`${d}\``).join(', ')}`;
    this.fail(start, start + name.length, `there is no element type \`${name}\`${hint}`, suggestion);
  }

  private brackets(rest: string, open: number): void {
    const end = open + rest.length;
    if (rest[0] !== '[') {
      const inner = /^\((.*)\)$/.exec(rest)?.[1];
      const message = 'after the element type comes a shape in brackets, such as `[batch, 64]`';
      this.fail(open, end, message, inner === undefined ? undefined : `[${inner}]`);
    } else if (rest.length === 1 || !rest.endsWith(']')) {
      this.fail(open, end, 'the shape is not closed with `]`', rest.length > 1 ? `${rest}]` : undefined);
    } else {
      this.shape(rest.slice(1, -1), open + 1);
    }
  }

  private shape(text: string, offset: number): void {
    if (text.trim() === '') return;
    let start = offset;
    for (const piece of text.split(',')) {
      this.axis(piece, start);
      start += piece.length + 1;
    }
  }

  private axis(piece: string, start: number): void {
    const from = start + piece.length - piece.trimStart().length;
    const word = piece.trim();
    const end = from + word.length;
    const lead = /^(\.\.\.|\*)([A-Za-z]\w*)?$/.exec(word) ?? /^()([A-Za-z]\w*)\?$/.exec(word);
    if (lead && (lead[1] !== '*' || lead[2])) {
      this.leading(lead, from, end);
      return;
    }
    if (word.startsWith('...')) {
      this.fail(
        from,
        end,
        '`...` stands alone or right before a name, as in `...lead`, for any number of axes',
      );
      return;
    }
    const fixed = /^([A-Za-z]\w*)\s*=\s*([1-9]\d*)$/.exec(word);
    if (fixed) {
      const name = fixed[1]!;
      this.names.push({ name, start: from, end: from + name.length });
      this.fixed.push({ name, value: Number(fixed[2]), start: from, end });
      this.dims.push(Dim.symbol(name));
      return;
    }
    const repeated = /^1\s*\|\s*/.exec(word);
    const before = repeated ? piece.indexOf(word) + repeated[0].length : 0;
    const { dim, problems, names } = parseDim(piece.slice(before), start + before);
    this.problems.push(...problems);
    this.names.push(...names);
    if (!dim) return;
    if (repeated) this.repeats.push(this.dims.length);
    this.dims.push(dim);
  }

  /** Any number of axes, `...lead`, or one or none, `seq?`. */
  private leading([word, dots, name]: RegExpExecArray, from: number, end: number): void {
    if (this.lead) {
      this.fail(
        from,
        end,
        `only one of \`...\` and \`?\` can stand in a shape, else axes cannot be told apart`,
      );
      return;
    }
    const nameStart = from + dots!.length;
    if (name !== undefined) this.names.push({ name, start: nameStart, end: nameStart + name.length });
    // Like `_`, a bare `...` is like no other.
    const own = name ?? [...anyDim().symbols()][0]!;
    this.lead = { name: word.endsWith('?') ? `${own}?` : own, at: this.dims.length };
  }
}
