import { Dim } from './polynomial';

export interface TypeProblem {
  /** Offsets into the text that was parsed. */
  start: number;
  end: number;
  message: string;
  /** What was probably meant, to put in place of the text from start to end. */
  suggestion?: string;
}

/** A symbol as it stands in the text. */
export interface NameUse {
  name: string;
  start: number;
  end: number;
}

export interface ParsedDim {
  dim?: Dim;
  problems: TypeProblem[];
  names: NameUse[];
}

let anonymous = 0;

/** A size that is like no other: what `_` stands for. */
export function anyDim(): Dim {
  anonymous += 1;
  return Dim.symbol(`_${anonymous}`);
}

/**
 * One size: `128`, `heads*64`, `(seq + 1)//2`, `_`. Problems and names carry offsets into `text`, moved by `offset`.
 */
export function parseDim(text: string, offset = 0): ParsedDim {
  // Most sizes are a single name, and types are read at every keystroke.
  const name = /^\s*([A-Za-z]\w*)\s*$/.exec(text)?.[1];
  if (name !== undefined) {
    const start = offset + text.indexOf(name);
    return { dim: Dim.symbol(name), problems: [], names: [{ name, start, end: start + name.length }] };
  }
  return new DimParser(text, offset).parse();
}

/** As `parseDim`, for one side of a condition: `hidden % heads`, `encoder.seq` (the symbol `encoder:seq`), also 0. */
export function parseSide(text: string, offset = 0): ParsedDim {
  return new DimParser(text, offset, true).parse();
}

interface Token {
  kind: 'number' | 'name' | 'sign' | 'end' | 'other';
  text: string;
  start: number;
}

const tokenPattern = /\s*(?:(\d+)|([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)|(\/\/|[-+*/%()])|(\S))/gy;

class DimParser {
  private readonly tokens: Token[];
  private position = 0;
  private readonly problems: TypeProblem[] = [];
  private readonly names: NameUse[] = [];

  constructor(
    private readonly text: string,
    private readonly offset: number,
    /** Inside a condition, where remainders, names of other instances and 0 have a meaning. */
    private readonly inCondition = false,
  ) {
    this.tokens = tokenize(text);
  }

  parse(): ParsedDim {
    if (this.peek().kind === 'end') {
      this.fail(0, Math.max(1, this.text.length), 'a size is missing here');
      return this.result(undefined);
    }
    const dim = this.sum();
    if (this.problems.length === 0 && this.peek().kind !== 'end') {
      if (dim && /^\s*\d+\.\d*\s*$/.test(this.text))
        this.fail(0, this.text.length, `a size is a whole number, not ${this.text.trim()}`);
      else this.unexpected(this.peek());
    }
    if (dim && !this.inCondition && this.problems.length === 0 && dim.bounds().greatest < 1) {
      this.fail(0, this.text.length, `a size is at least 1, not ${dim}`);
    }
    return this.result(dim);
  }

  private result(dim: Dim | undefined): ParsedDim {
    return {
      ...(this.problems.length === 0 && dim ? { dim } : {}),
      problems: this.problems.map((p) => ({ ...p, start: p.start + this.offset, end: p.end + this.offset })),
      names: this.names.map((n) => ({ ...n, start: n.start + this.offset, end: n.end + this.offset })),
    };
  }

  private sum(): Dim | undefined {
    let left = this.product();
    while (this.peek().text === '+' || this.peek().text === '-') {
      const sign = this.next().text;
      const right = this.product();
      if (left && right) left = sign === '+' ? left.plus(right) : left.minus(right);
    }
    return left;
  }

  private product(): Dim | undefined {
    let left = this.factor();
    for (;;) {
      const sign = this.peek();
      if (sign.text === '/') {
        this.next();
        this.fail(
          sign.start,
          sign.start + 1,
          'sizes are whole numbers: divide with `//`, which rounds down',
          '//',
        );
        this.factor();
        return undefined;
      }
      const isRemainder = this.inCondition && sign.text === '%';
      if (sign.text !== '*' && sign.text !== '//' && !isRemainder) return left;
      this.next();
      const at = this.peek();
      const right = this.factor();
      if (sign.text !== '*' && right?.constant !== undefined && right.constant < 1) {
        this.fail(at.start, at.start + at.text.length, `cannot divide by ${right.constant}`);
        return undefined;
      }
      if (!left || !right) continue;
      if (sign.text === '*') left = left.times(right);
      else left = isRemainder ? left.remainder(right) : left.floorDivide(right);
    }
  }

  private factor(): Dim | undefined {
    const token = this.next();
    if (token.kind === 'number') return Dim.of(Number(token.text));
    if (token.text.includes('.') && !this.inCondition) {
      this.unexpected({ ...token, text: '.', start: token.start + token.text.indexOf('.') });
      return undefined;
    }
    if (token.text === '_') {
      if (this.tokens.length === 2) return anyDim();
      this.fail(token.start, token.start + 1, '`_` stands for any size and cannot be part of arithmetic');
      return undefined;
    }
    if (token.kind === 'name' && token.text.startsWith('_')) {
      this.fail(token.start, token.start + token.text.length, 'a name of a size starts with a letter');
      return undefined;
    }
    if (token.kind === 'name') {
      this.names.push({ name: token.text, start: token.start, end: token.start + token.text.length });
      return Dim.symbol(token.text.replaceAll('.', ':'));
    }
    if (token.text === '-') return this.factor()?.times(-1);
    if (token.text === '(') {
      const inner = this.sum();
      if (this.peek().text === ')') this.next();
      else if (this.problems.length === 0)
        this.fail(token.start, token.start + 1, 'this bracket is not closed');
      return inner;
    }
    const param = token.text === '$' ? this.peek() : undefined;
    if (param?.kind === 'name') {
      const end = param.start + param.text.length;
      this.fail(token.start, end, `a size is named without \`$\`: \`${param.text}\``, param.text);
      return undefined;
    }
    this.unexpected(token);
    return undefined;
  }

  private peek(): Token {
    return this.tokens[this.position]!;
  }

  private next(): Token {
    const token = this.tokens[this.position]!;
    if (token.kind !== 'end') this.position += 1;
    return token;
  }

  private unexpected(token: Token): void {
    const message =
      token.kind === 'end'
        ? 'a size or name is missing at the end'
        : `\`${token.text}\` is not expected here; a size is a number, a name, \`_\`, or arithmetic with \`+ - * //\``;
    const start = Math.min(token.start, Math.max(0, this.text.length - 1));
    this.fail(start, start + Math.max(1, token.text.length), message);
  }

  private fail(start: number, end: number, message: string, suggestion?: string): void {
    this.problems.push({ start, end, message, ...(suggestion === undefined ? {} : { suggestion }) });
  }
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(tokenPattern)) {
    const [all, digits, name, sign, other] = match;
    const found = (digits ?? name ?? sign ?? other)!;
    const kind =
      digits !== undefined ? 'number' : name !== undefined ? 'name' : sign !== undefined ? 'sign' : 'other';
    tokens.push({ kind, text: found, start: match.index + all.length - found.length });
  }
  tokens.push({ kind: 'end', text: '', start: text.length });
  return tokens;
}
