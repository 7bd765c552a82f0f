/** The type of a port: an element type and a size for each axis, such as `float32[...lead, seq, heads*64]`. */
import type { DType } from '../plan/format';
import { anyDim, type NameUse, parseDim, type TypeProblem } from './parse-dim';
import { Dim } from './polynomial';
import { showSymbol } from './print-dim';

export type { DType } from '../plan/format';
export type { NameUse, TypeProblem } from './parse-dim';

export interface TensorType {
  dtype: DType;
  /** The name of any number of axes before `dims`; absent when `dims` are all. */
  lead?: string;
  dims: readonly Dim[];
}

export interface ParsedType {
  type?: TensorType;
  problems: TypeProblem[];
  /** Every symbol in the text, the one of `...lead` included, in order. */
  names: NameUse[];
}

export const dtypes: readonly DType[] = [
  'bool',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'float16',
  'bfloat16',
  'float32',
  'float64',
  'string',
];

/** What people write out of habit, and what it is called here. */
const otherNames: Record<string, DType> = {
  float: 'float32',
  double: 'float64',
  half: 'float16',
  bf16: 'bfloat16',
  fp16: 'float16',
  fp32: 'float32',
  f32: 'float32',
  int: 'int32',
  long: 'int64',
  i32: 'int32',
  i64: 'int64',
  boolean: 'bool',
  byte: 'uint8',
  str: 'string',
  text: 'string',
};

/** Reads a type as written. Offsets count from the start of `text`. Without brackets, or with `[]`, it is a scalar. */
export function parseType(text: string): ParsedType {
  const problems: TypeProblem[] = [];
  const names: NameUse[] = [];
  const head = /^\s*([A-Za-z_]\w*)?\s*/.exec(text)!;
  const dtype = readDtype(text, head, problems);
  const rest = text.slice(head[0].length).trimEnd();
  const dims: Dim[] = [];
  let lead: string | undefined;
  if (rest !== '') {
    const open = head[0].length;
    const close = open + rest.length - 1;
    if (rest[0] !== '[') {
      problems.push({
        start: open,
        end: close + 1,
        message: 'after the element type comes a shape in brackets, such as `[batch, 64]`',
      });
    } else if (rest.length === 1 || text[close] !== ']') {
      problems.push({ start: open, end: close + 1, message: 'the shape is not closed with `]`' });
    } else {
      lead = readShape(text.slice(open + 1, close), open + 1, dims, problems, names);
    }
  }
  if (dtype === undefined || problems.length > 0) return { problems, names };
  return { type: { dtype, ...(lead === undefined ? {} : { lead }), dims }, problems, names };
}

function readDtype(text: string, head: RegExpExecArray, problems: TypeProblem[]): DType | undefined {
  const name = head[1];
  if (name === undefined) {
    const message = 'a type starts with an element type such as `float32` or `string`';
    problems.push({ start: 0, end: Math.max(1, text.length), message });
    return undefined;
  }
  if (isDtype(name)) return name;
  const start = head[0].indexOf(name);
  const suggestion = otherNames[name.toLowerCase()] ?? nearestDtype(name);
  const hint = suggestion
    ? `; did you mean \`${suggestion}\`?`
    : `; there are ${dtypes.map((d) => `\`${d}\``).join(', ')}`;
  const message = `there is no element type \`${name}\`${hint}`;
  problems.push({ start, end: start + name.length, message, ...(suggestion ? { suggestion } : {}) });
  return undefined;
}

/** Fills `dims`; returns the name of the leading axes. */
function readShape(
  text: string,
  offset: number,
  dims: Dim[],
  problems: TypeProblem[],
  names: NameUse[],
): string | undefined {
  if (text.trim() === '') return undefined;
  let lead: string | undefined;
  let start = 0;
  const pieces = text.split(',');
  pieces.forEach((piece, index) => {
    const variadic = /^(\s*)\.\.\.([A-Za-z]\w*)?(\s*)$/.exec(piece);
    const at = offset + start;
    start += piece.length + 1;
    if (!variadic) {
      const dim = parseDim(piece, at);
      problems.push(...dim.problems);
      names.push(...dim.names);
      if (dim.dim) dims.push(dim.dim);
      return;
    }
    const from = at + variadic[1]!.length;
    const to = at + piece.length - variadic[3]!.length;
    if (index > 0) {
      problems.push({
        start: from,
        end: to,
        message: 'any number of axes can only come first, as in `float32[...lead, 64]`',
      });
    }
    // Like `_`, a bare `...` is like no other.
    lead = variadic[2] ?? [...anyDim().symbols()][0]!;
    if (variadic[2] !== undefined) names.push({ name: lead, start: from + 3, end: to });
  });
  return lead;
}

export function isDtype(name: string): name is DType {
  return (dtypes as readonly string[]).includes(name);
}

function nearestDtype(name: string): DType | undefined {
  const lower = name.toLowerCase();
  return dtypes.find((dtype) => dtype === lower) ?? dtypes.find((dtype) => sameLetters(dtype, lower));
}

/** Two neighbouring letters swapped, or one letter too many or too few. */
function sameLetters(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  const [x, y] = [a.slice(same), b.slice(same)];
  return (
    x.slice(1) === y || x === y.slice(1) || x.slice(1) === y.slice(1) || `${x[1]}${x[0]}${x.slice(2)}` === y
  );
}

/** As people write it; `show` says how a symbol is written. */
export function printType(type: TensorType, show: (symbol: string) => string = showSymbol): string {
  const lead = type.lead === undefined ? [] : [`...${showLead(type.lead, show)}`];
  return `${type.dtype}[${[...lead, ...type.dims.map((dim) => dim.toString(show))].join(', ')}]`;
}

export function showLead(lead: string, show: (symbol: string) => string = showSymbol): string {
  const name = show(lead);
  return name === '_' ? '' : name;
}

/** Puts a size in place of each symbol, and another name in place of the leading axes. */
export function substituteType(
  type: TensorType,
  value: (symbol: string) => Dim,
  rename: (lead: string) => string = (lead) => lead,
): TensorType {
  const symbols = new Set(type.dims.flatMap((dim) => [...dim.symbols()]));
  const values = new Map([...symbols].map((symbol) => [symbol, value(symbol)]));
  return {
    dtype: type.dtype,
    ...(type.lead === undefined ? {} : { lead: rename(type.lead) }),
    dims: type.dims.map((dim) => dim.substitute(values)),
  };
}

export function renameSymbols(type: TensorType, rename: (symbol: string) => string): TensorType {
  return substituteType(type, (symbol) => Dim.symbol(rename(symbol)), rename);
}

/** The number of axes, when it is known. */
export function rankOf(type: TensorType): number | undefined {
  return type.lead === undefined ? type.dims.length : undefined;
}
