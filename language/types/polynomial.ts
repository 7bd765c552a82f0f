/**
 * Sizes of axes as integer polynomials over symbols. Every `Dim` is kept in one canonical form, so two sizes that
 * the rules below can show equal have the same `key`.
 *
 * Floor division stays as an opaque atom, after what is always true has been used, for positive divisors:
 *   (d*q + r) // d = q + r // d;   (a // b) // c = a // (b*c);   (k*a + c) // (k*d) = (a + c // k) // d.
 */

/** A symbol, or a floor division that does not come out even. */
type Atom = { symbol: string } | { numerator: Dim; denominator: Dim };

interface Factor {
  key: string;
  atom: Atom;
}

/** An integer times a product of atoms; the factors are sorted by key and repeat for powers. */
interface Term {
  key: string;
  coefficient: number;
  factors: readonly Factor[];
}

export class Dim {
  /** Sorted by key; no zero coefficients; the constant, if any, has the key ''. */
  private readonly terms: readonly Term[];
  private cachedKey: string | undefined;
  private cachedSymbols: Set<string> | undefined;

  private constructor(terms: Iterable<Term>) {
    this.terms = [...terms].filter((term) => term.coefficient !== 0).sort((a, b) => compare(a.key, b.key));
  }

  static of(value: number): Dim {
    if (!Number.isInteger(value)) throw new RangeError(`a size is a whole number, not ${value}`);
    return new Dim([{ key: '', coefficient: value, factors: [] }]);
  }

  static symbol(name: string): Dim {
    return fromAtom({ symbol: name }, name);
  }

  plus(other: Dim | number): Dim {
    return this.combine(toDim(other), 1);
  }

  minus(other: Dim | number): Dim {
    return this.combine(toDim(other), -1);
  }

  times(other: Dim | number): Dim {
    const sum = new Map<string, Term>();
    for (const a of this.terms) {
      for (const b of toDim(other).terms) {
        const factors = [...a.factors, ...b.factors].sort((x, y) => compare(x.key, y.key));
        accumulate(sum, term(a.coefficient * b.coefficient, factors));
      }
    }
    return new Dim(sum.values());
  }

  /** Rounds down. The divisor is taken to be at least 1, as every size is. */
  floorDivide(other: Dim | number): Dim {
    const divisor = toDim(other);
    if (divisor.constant !== undefined && divisor.constant < 1) {
      throw new RangeError(`a size can only be divided by a positive number, not ${divisor}`);
    }
    if (divisor.constant !== undefined) return this.divideByConstant(divisor.constant);
    return this.divideBySymbols(divisor);
  }

  equals(other: Dim): boolean {
    return this.key === other.key;
  }

  /** The value, when it holds no symbol. */
  get constant(): number | undefined {
    if (this.terms.length === 0) return 0;
    return this.terms.length === 1 && this.terms[0]!.key === '' ? this.terms[0]!.coefficient : undefined;
  }

  /** The same for equal sizes. */
  get key(): string {
    this.cachedKey ??= this.terms.map((t) => `${t.coefficient}*${t.key}`).join('+') || '0';
    return this.cachedKey;
  }

  symbols(): Set<string> {
    this.cachedSymbols ??= new Set(this.terms.flatMap((t) => t.factors.flatMap(symbolsOf)));
    return this.cachedSymbols;
  }

  substitute(values: ReadonlyMap<string, Dim>): Dim {
    if (![...this.symbols()].some((symbol) => values.has(symbol))) return this;
    let sum = Dim.of(0);
    for (const { coefficient, factors } of this.terms) {
      let product = Dim.of(coefficient);
      for (const factor of factors) product = product.times(substituteAtom(factor, values));
      sum = sum.plus(product);
    }
    return sum;
  }

  /** As people write it: `heads*64`, `seq - kernel + 1`, `(seq + 1)//2`. `show` says how a symbol is written. */
  toString(show: (symbol: string) => string = showSymbol): string {
    const { quotient, rest } = this.foldedForDisplay();
    return print(quotient ? [quotient, ...rest] : rest, show);
  }

  // What the solver needs to see of the inside.

  /** The part without symbols. */
  get offset(): number {
    const first = this.terms[0];
    return first?.key === '' ? first.coefficient : 0;
  }

  /** The non-constant terms. `symbol` is set when the term is a number times one symbol. */
  get parts(): { key: string; coefficient: number; symbol: string | undefined; product: Dim }[] {
    return this.terms
      .filter((t) => t.key !== '')
      .map((t) => {
        const only = t.factors.length === 1 ? t.factors[0]!.atom : undefined;
        const symbol = only && 'symbol' in only ? only.symbol : undefined;
        return {
          key: t.key,
          coefficient: t.coefficient,
          symbol,
          product: new Dim([{ ...t, coefficient: 1 }]),
        };
      });
  }

  /** Whether a floor division is left in it. */
  get hasQuotient(): boolean {
    return this.terms.some((t) => t.factors.some((factor) => 'numerator' in factor.atom));
  }

  /** The least and greatest value it can have when every symbol is at least 1. */
  bounds(): { least: number; greatest: number } {
    let least = 0;
    let greatest = 0;
    for (const { coefficient, factors } of this.terms) {
      const lows = factors.map(({ atom }) => ('symbol' in atom ? 1 : leastQuotient(atom)));
      const bounded = lows.every((low) => low >= 0);
      const low = bounded ? lows.reduce((product, each) => product * each, 1) : Number.NEGATIVE_INFINITY;
      const high = factors.length === 0 ? 1 : Number.POSITIVE_INFINITY;
      least += coefficient > 0 ? coefficient * low : coefficient * high;
      greatest += coefficient > 0 ? coefficient * high : coefficient * low;
    }
    return { least, greatest };
  }

  /** False once a coefficient is too large to be exact. */
  get exact(): boolean {
    return this.terms.every((t) => Number.isSafeInteger(t.coefficient));
  }

  private combine(other: Dim, sign: 1 | -1): Dim {
    const sum = new Map(this.terms.map((t) => [t.key, t]));
    for (const t of other.terms) accumulate(sum, { ...t, coefficient: sign * t.coefficient });
    return new Dim(sum.values());
  }

  private divideByConstant(divisor: number): Dim {
    if (divisor === 1) return this;
    const whole = new Dim(
      this.terms.map((t) => ({ ...t, coefficient: Math.floor(t.coefficient / divisor) })),
    );
    const left = new Dim(this.terms.map((t) => ({ ...t, coefficient: modulo(t.coefficient, divisor) })));
    if (left.constant !== undefined) return whole;
    const inner = left.loneQuotient();
    if (inner) {
      const [numerator, by, others] = inner;
      return whole.plus(numerator.plus(others.times(by)).divideByConstant(by * divisor));
    }
    const common = left.terms.filter((t) => t.key !== '').reduce((g, t) => gcd(g, t.coefficient), divisor);
    if (common > 1) return whole.plus(left.divideByConstant(common).divideByConstant(divisor / common));
    return whole.plus(quotient(left, Dim.of(divisor)));
  }

  /** Numerator, divisor and the other terms, when one term is just a floor division by a number. */
  private loneQuotient(): [Dim, number, Dim] | undefined {
    for (const t of this.terms) {
      const atom = t.factors.length === 1 && t.coefficient === 1 ? t.factors[0]!.atom : undefined;
      if (!atom || !('numerator' in atom) || atom.denominator.constant === undefined) continue;
      return [atom.numerator, atom.denominator.constant, new Dim(this.terms.filter((other) => other !== t))];
    }
    return undefined;
  }

  private divideBySymbols(divisor: Dim): Dim {
    if (divisor.terms.length === 1) {
      const by = divisor.terms[0]!;
      const even: Term[] = [];
      const left: Term[] = [];
      for (const t of this.terms) {
        const ratio = divideTerm(t, by);
        if (ratio) even.push(ratio);
        else left.push(t);
      }
      const rest = new Dim(left);
      return new Dim(even).plus(rest.constant === 0 ? 0 : quotient(rest, divisor));
    }
    const ratio = this.multipleOf(divisor);
    return ratio === undefined ? quotient(this, divisor) : ratio;
  }

  /** q with this = q * divisor, when there is such a polynomial; found by long division on the leading terms. */
  private multipleOf(divisor: Dim): Dim | undefined {
    let left: Dim = this;
    let result = Dim.of(0);
    for (let guard = 0; guard < 64 && left.terms.length > 0; guard++) {
      const ratio = divideTerm(leading(left.terms), leading(divisor.terms));
      if (!ratio) return undefined;
      result = result.plus(new Dim([ratio]));
      left = left.minus(new Dim([ratio]).times(divisor));
    }
    return left.terms.length === 0 ? result : undefined;
  }

  /**
   * `(seq + kernel)//2 - kernel + 1` is canonical, but people write `(seq - kernel)//2 + 1`: terms that also occur
   * in the numerator are written inside it, and so is the constant when the numerator has one.
   */
  private foldedForDisplay(): { quotient: Term | undefined; rest: readonly Term[] } {
    const lone = this.loneQuotient();
    const many = this.terms.filter((t) => t.factors.some((factor) => 'numerator' in factor.atom)).length > 1;
    if (!lone || many) return { quotient: undefined, rest: this.terms };
    const [numerator, by, others] = lone;
    const inside = new Set(numerator.terms.map((t) => t.key));
    const folded = new Dim(others.terms.filter((t) => inside.has(t.key)));
    const rest = others.minus(folded);
    return { quotient: quotient(numerator.plus(folded.times(by)), Dim.of(by)).terms[0]!, rest: rest.terms };
  }

  static fromTerms(terms: Iterable<Term>): Dim {
    return new Dim(terms);
  }

  /** Written in a division, so in brackets unless it is a single word. */
  printInDivision(show: (symbol: string) => string): string {
    const text = this.toString(show);
    return /^\w+$/.test(text) ? text : `(${text})`;
  }
}

/** Removes the path of the instance that a symbol belongs to; a symbol made for `_` is written `_` again. */
export function showSymbol(symbol: string): string {
  const name = symbol.slice(symbol.lastIndexOf(':') + 1);
  return name.startsWith('_') ? '_' : name;
}

function toDim(value: Dim | number): Dim {
  return typeof value === 'number' ? Dim.of(value) : value;
}

function term(coefficient: number, factors: readonly Factor[]): Term {
  return { key: factors.map((factor) => factor.key).join('*'), coefficient, factors };
}

function fromAtom(atom: Atom, key: string): Dim {
  return Dim.fromTerms([term(1, [{ key, atom }])]);
}

function quotient(numerator: Dim, denominator: Dim): Dim {
  return fromAtom({ numerator, denominator }, `(${numerator.key})//(${denominator.key})`);
}

function accumulate(sum: Map<string, Term>, added: Term): void {
  const present = sum.get(added.key);
  sum.set(added.key, present ? { ...added, coefficient: present.coefficient + added.coefficient } : added);
}

function substituteAtom({ key, atom }: Factor, values: ReadonlyMap<string, Dim>): Dim {
  if ('symbol' in atom) return values.get(atom.symbol) ?? fromAtom(atom, key);
  const denominator = atom.denominator.substitute(values);
  // A divisor can only turn out below 1 in a system that is already contradictory; leave the atom as it is.
  if (denominator.constant !== undefined && denominator.constant < 1) return fromAtom(atom, key);
  return atom.numerator.substitute(values).floorDivide(denominator);
}

function symbolsOf({ atom }: Factor): string[] {
  return 'symbol' in atom ? [atom.symbol] : [...atom.numerator.symbols(), ...atom.denominator.symbols()];
}

/** a / b, when b's coefficient and factors all divide a's. */
function divideTerm(a: Term, b: Term): Term | undefined {
  if (a.coefficient % b.coefficient !== 0) return undefined;
  const left = [...a.factors];
  for (const factor of b.factors) {
    const at = left.findIndex((candidate) => candidate.key === factor.key);
    if (at < 0) return undefined;
    left.splice(at, 1);
  }
  return term(a.coefficient / b.coefficient, left);
}

function leading(terms: readonly Term[]): Term {
  return terms.reduce((best, t) => {
    if (t.factors.length !== best.factors.length) return t.factors.length > best.factors.length ? t : best;
    return compare(t.key, best.key) > 0 ? t : best;
  });
}

function leastQuotient({ numerator, denominator }: { numerator: Dim; denominator: Dim }): number {
  const { least } = numerator.bounds();
  if (denominator.constant !== undefined) return Math.floor(least / denominator.constant);
  return least >= 0 ? 0 : least;
}

/** Positive terms first, so that text starts with a name; the constant last. */
function print(terms: readonly Term[], show: (symbol: string) => string): string {
  const symbolic = terms.filter((t) => t.key !== '');
  const constant = terms.filter((t) => t.key === '');
  const ordered = [
    ...symbolic.filter((t) => t.coefficient > 0),
    ...(symbolic.every((t) => t.coefficient < 0) ? constant : []),
    ...symbolic.filter((t) => t.coefficient < 0),
    ...(symbolic.every((t) => t.coefficient < 0) ? [] : constant),
  ];
  const text = ordered
    .map((t) => `${t.coefficient < 0 ? ' - ' : ' + '}${printTerm(t, show)}`)
    .join('')
    .replace(/^ \+ /, '')
    .replace(/^ - /, '-');
  return text || '0';
}

function printTerm({ coefficient, factors }: Term, show: (symbol: string) => string): string {
  const size = Math.abs(coefficient);
  if (factors.length === 0) return String(size);
  const alone = factors.length === 1 && coefficient === 1;
  const texts = factors.map(({ atom }) => {
    if ('symbol' in atom) return show(atom.symbol);
    const text = `${atom.numerator.printInDivision(show)}//${atom.denominator.printInDivision(show)}`;
    return alone ? text : `(${text})`;
  });
  return [...texts, ...(size === 1 ? [] : [String(size)])].join('*');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}

export function gcd(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}
