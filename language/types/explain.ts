/** Findings about types as people read them: types under each other, differences marked, causes in order. */
import type { Constraint } from './constraint';
import { Dim } from './polynomial';
import { type Fact, Solver } from './solver';
import { printAxes, printDtype, type TensorType } from './type';

export interface TypeRow {
  /** Whose type it is, such as `encoder.hidden`. */
  label: string;
  type: TensorType;
  /** Where it comes from, such as `acme/text-encoder 3.0.0`. */
  note?: string;
}

export interface Marks {
  dtype?: boolean;
  /** Counted from the end: 0 is the last axis. */
  axes?: readonly number[];
}

const indent = '   ';

/**
 * The types under each other, lined up at the last axis, with carets under what differs:
 *
 *     encoder.hidden   float32[batch, seq, 1024]
 *     ner.features     float32[batch, seq,  768]
 *                                          ^^^^
 */
export function alignedTypes(rows: readonly TypeRow[], marks: Marks = {}): string {
  const cells = rows.map(({ type }) => printAxes(type));
  const columns = Math.max(0, ...cells.map((row) => row.length));
  const padded = cells.map((row) => [...Array<string>(columns - row.length).fill(''), ...row]);
  const widths = Array.from({ length: columns }, (_, i) => longest(padded.map((row) => row[i]!)));
  const labels = longest(rows.map(({ label }) => label));
  const dtypes = longest(rows.map(({ type }) => printDtype(type)));
  const start = indent.length + labels + indent.length;
  const lines = rows.map(({ label, type, note }, r) => {
    const shape = padded[r]!.map(
      (cell, i) => cell.padStart(widths[i]!) + (i === columns - 1 ? '' : cell === '' ? '  ' : ', '),
    ).join('');
    const text = `${indent}${label.padEnd(labels)}${indent}${printDtype(type).padEnd(dtypes)}[${shape}]`;
    return note === undefined ? text : `${text}${indent}${note}`;
  });
  const carets = marks.dtype
    ? `${' '.repeat(start)}${'^'.repeat(dtypes)}`
    : caretLine(start + dtypes + 1, widths, marks.axes ?? []);
  return [...lines, ...(carets === '' ? [] : [carets])].join('\n');
}

function caretLine(start: number, widths: readonly number[], axes: readonly number[]): string {
  if (axes.length === 0) return '';
  const parts = widths.map((width, i) => (axes.includes(widths.length - 1 - i) ? '^' : ' ').repeat(width));
  return `${' '.repeat(start)}${parts.join('  ')}`.trimEnd();
}

/** The axes, counted from the end, that only one of two types has. */
export function surplusAxes(a: TensorType, b: TensorType): number[] {
  const [few, many] = [a, b].map((type) => printAxes(type).length).sort((x, y) => x - y) as [number, number];
  return Array.from({ length: many - few }, (_, i) => few + i);
}

/** A symbol with the part or node whose size it is: `encoder.seq`. */
export function qualifiedSymbol(symbol: string): string {
  const path = symbol.split(':');
  const name = path.pop()!;
  return [...path, name.startsWith('_') ? '_' : name].join('.');
}

/**
 * Equations that contradict each other, one a line, with their causes; the last line says what the others make of
 * the last one, where that is not plain to see.
 */
export function explainFacts(facts: readonly Fact<{ text: string; claim?: string }>[]): string {
  const equations = facts.map((fact) => fact.cause.claim ?? equationOf(fact));
  const width = longest(equations);
  const digits = String(facts.length).length;
  const lines = facts.map(({ cause }, i) => {
    return `${indent}${String(i + 1).padStart(digits)} ${equations[i]!.padEnd(width)}${indent}${cause.text}`;
  });
  const note = conclusionOf(facts);
  return [...lines, ...(note === undefined ? [] : [` = note: ${note}`])].join('\n');
}

/** `y.width = 12`, the named side first; conditions as they are. */
export function equationOf({ left, relation, right }: Constraint): string {
  if (relation !== '==')
    return `${left.toString(qualifiedSymbol)} ${relation} ${right.toString(qualifiedSymbol)}`;
  const [first, second] = isPlainer(left, right) ? [right, left] : [left, right];
  return `${first.toString(qualifiedSymbol)} = ${second.toString(qualifiedSymbol)}`;
}

/** Numbers after names, sums after single names. */
function isPlainer(a: Dim, b: Dim): boolean {
  return rank(a) > rank(b);
}

function rank(dim: Dim): number {
  return dim.constant !== undefined ? 2 : dim.name === undefined ? 1 : 0;
}

/** What the last equation comes to when all the others hold: `512 + 512 is 1024`. */
function conclusionOf(facts: readonly Fact<{ claim?: string }>[]): string | undefined {
  const last = facts.at(-1);
  if (facts.length < 3 || last?.relation !== '==') return undefined;
  const solver = new Solver<unknown>();
  for (const fact of facts.slice(0, -1)) solver.demand(fact, fact.cause);
  for (const { left, right } of facts) {
    const sum = [left, right].find((side) => rank(side) === 1 && !side.hasQuotient);
    const value = sum && solver.resolve(sum);
    if (!sum || value?.constant === undefined) continue;
    const numbers = sum.toString((symbol) => `${solver.resolve(Dim.symbol(symbol))}`);
    if (numbers !== `${value}`) return `${numbers} is ${value}`;
  }
  const remainder = last.cause.claim && remainderOf(last.cause.claim, last, solver);
  if (remainder) return remainder;
  const sides = isPlainer(last.left, last.right) ? [last.right, last.left] : [last.left, last.right];
  const [a, b] = sides.map((side) => {
    const [text, known] = [side, solver.resolve(side)].map((dim) => dim.toString(qualifiedSymbol));
    return text === known ? { text, news: false } : { text: `${text} is ${known}`, news: true };
  }) as [{ text: string; news: boolean }, { text: string; news: boolean }];
  return `by the others, ${a.text}, ${b.news ? 'but' : 'not'} ${b.text}`;
}

/** `48 % 5 is 3, not 0` of `width % heads == 0`. */
function remainderOf(
  claim: string,
  { left, right }: Constraint,
  solver: Solver<unknown>,
): string | undefined {
  const [, asked, wanted] = /^([^=]*%[^=]*)==\s*(\d+)$/.exec(claim) ?? [];
  const is = solver.resolve(left.constant === undefined ? left : right).constant;
  if (asked === undefined || is === undefined) return undefined;
  const symbols = [...left.symbols(), ...right.symbols()];
  const numbers = asked.trim().replaceAll(/[A-Za-z_]\w*/g, (name) => {
    const symbol = symbols.find((each) => each === name || each.endsWith(`:${name}`));
    return symbol === undefined ? name : `${solver.resolve(Dim.symbol(symbol))}`;
  });
  return `${numbers} is ${is}, not ${wanted}`;
}

function longest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length));
}
