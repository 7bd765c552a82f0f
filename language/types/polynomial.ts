/**
 * Sizes of axes as integer polynomials over symbols. Every `Dim` is kept in one canonical form, so two sizes that
 * the rules below can show equal have the same `key`.
 *
 * Floor division stays as an opaque atom, after what is always true has been used, for positive divisors:
 *   (d*q + r) // d = q + r // d;   (a // b) // c = a // (b*c);   (k*a + c) // (k*d) = (a + c // k) // d.
 */

import { printTerms, type Show, showSymbol } from './print-dim';
import {
  addTerms,
  constantTerms,
  divideTerm,
  type Factor,
  leadingTerm,
  multiplyTerms,
  noTerms,
  type Quotient,
  type Term,
  type Terms,
  term,
} from './terms';

export class Dim {
  private cachedKey: string | undefined;
  private cachedSymbols: Set<string> | undefined;

  private constructor(private readonly terms: Terms) {}

  static of(value: number): Dim {
    if (!Number.isInteger(value)) throw new RangeError(`a size is a whole number, not ${value}`);
    return new Dim(constantTerms(value));
  }

  static symbol(name: string): Dim {
    return new Dim([term(1, [{ key: name, atom: { symbol: name } }])]);
  }

  plus(other: Dim | number): Dim {
    return new Dim(addTerms(this.terms, toDim(other).terms, 1));
  }

  minus(other: Dim | number): Dim {
    return new Dim(addTerms(this.terms, toDim(other).terms, -1));
  }

  times(other: Dim | number): Dim {
    return new Dim(multiplyTerms(this.terms, toDim(other).terms));
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

  /** What is left when this is divided: this - other * (this // other). */
  remainder(other: Dim | number): Dim {
    return this.minus(this.floorDivide(other).times(other));
  }

  equals(other: Dim): boolean {
    return this === other || this.key === other.key;
  }

  /** The value, when it holds no symbol. */
  get constant(): number | undefined {
    if (this.terms.length === 0) return 0;
    const only = this.terms.length === 1 ? this.terms[0]! : undefined;
    return only?.key === '' && !Number.isNaN(only.coefficient) ? only.coefficient : undefined;
  }

  /** The symbol, when it is nothing else. */
  get name(): string | undefined {
    const only = this.terms.length === 1 ? this.terms[0]! : undefined;
    if (only?.coefficient !== 1 || only.factors.length !== 1) return undefined;
    const { atom } = only.factors[0]!;
    return 'symbol' in atom ? atom.symbol : undefined;
  }

  /** The same for equal sizes. */
  get key(): string {
    this.cachedKey ??= this.terms.map((t) => `${t.coefficient}*${t.key}`).join('+') || '0';
    return this.cachedKey;
  }

  symbols(): ReadonlySet<string> {
    if (this.cachedSymbols) return this.cachedSymbols;
    const found = new Set<string>();
    for (const { factors } of this.terms) for (const factor of factors) addSymbols(factor, found);
    this.cachedSymbols = found;
    return found;
  }

  substitute(values: ReadonlyMap<string, Dim>): Dim {
    // Nearly every size is a number or one name.
    if (this.constant !== undefined) return this;
    const { name } = this;
    if (name !== undefined) return values.get(name) ?? this;
    let sum = noTerms;
    let changed = false;
    for (const each of this.terms) {
      let product: Terms = constantTerms(each.coefficient);
      let touched = false;
      for (const factor of each.factors) {
        const value = substituted(factor, values);
        touched ||= value !== undefined;
        product = multiplyTerms(product, value?.terms ?? [term(1, [factor])]);
      }
      changed ||= touched;
      sum = addTerms(sum, touched ? product : [each], 1);
    }
    return changed ? new Dim(sum) : this;
  }

  /** As people write it: `heads*64`, `seq - kernel + 1`, `(seq + 1)//2`. `show` says how a symbol is written. */
  toString(show: Show = showSymbol): string {
    return printTerms(this.foldedForDisplay(), show);
  }

  // What the solver needs to see of the inside.

  /** The part without symbols. */
  get offset(): number {
    const first = this.terms[0];
    return first?.key === '' ? first.coefficient : 0;
  }

  /** Whether it is never 0: what divides all coefficients of whole products must divide the constant. */
  get isIndivisible(): boolean {
    if (!this.exact) return false;
    let common = 0;
    for (const t of this.terms) if (t.key !== '') common = gcd(common, t.coefficient);
    return common === 0 ? this.offset !== 0 : this.offset % common !== 0;
  }

  /** The terms with symbols: a number times a product, which is itself a size or a floor division. */
  get products(): { key: string; coefficient: number; product: Dim; quotient: Quotient | undefined }[] {
    return this.terms
      .filter((t) => t.key !== '')
      .map(({ key, coefficient, factors }) => {
        const atom = factors.length === 1 ? factors[0]!.atom : undefined;
        const quotient = atom && 'numerator' in atom ? atom : undefined;
        return { key, coefficient, product: new Dim([term(1, factors)]), quotient };
      });
  }

  /** The symbols that occur only once, in a term of their own, and so can be isolated. */
  get linearSymbols(): { symbol: string; coefficient: number }[] {
    const found: { symbol: string; coefficient: number }[] = [];
    for (const t of this.terms) {
      const atom = t.factors.length === 1 ? t.factors[0]!.atom : undefined;
      if (!atom || !('symbol' in atom)) continue;
      const { symbol } = atom;
      const elsewhere = this.terms.some(
        (other) => other !== t && other.factors.some((f) => mentions(f, symbol)),
      );
      if (!elsewhere) found.push({ symbol, coefficient: t.coefficient });
    }
    return found;
  }

  /** The symbol and what it is a multiple of, when that is all that `this = 0` says: `d - 12*(d//12)`. */
  get multiple(): { symbol: string; of: Dim } | undefined {
    if (this.terms.length !== 2) return undefined;
    for (const { factors } of this.terms) {
      for (const { atom } of factors) {
        if (!('numerator' in atom) || atom.numerator.name === undefined) continue;
        const rest = atom.numerator.remainder(atom.denominator);
        if (this.equals(rest) || this.equals(rest.times(-1)))
          return { symbol: atom.numerator.name, of: atom.denominator };
      }
    }
    return undefined;
  }

  /** With `by` in place of the product `pattern`, wherever a term contains that. */
  rewritten(pattern: Dim, by: Dim): Dim {
    const [only] = pattern.terms;
    if (!only || pattern.terms.length > 1) return this;
    let sum: Terms = noTerms;
    for (const t of this.terms) {
      const ratio = divideTerm(t, only);
      sum = addTerms(sum, ratio ? multiplyTerms([ratio], by.terms) : [t], 1);
    }
    return new Dim(sum);
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

  /** False once a coefficient has become too large. */
  get exact(): boolean {
    return this.terms.every((t) => !Number.isNaN(t.coefficient));
  }

  private divideByConstant(divisor: number): Dim {
    if (divisor === 1) return this;
    if (!this.exact) return quotient(this, Dim.of(divisor));
    const whole = this.mapped((coefficient) => Math.floor(coefficient / divisor));
    const left = this.mapped((coefficient) => modulo(coefficient, divisor));
    if (left.constant !== undefined) return whole;
    const inner = left.loneQuotient();
    if (inner) {
      const [numerator, by, others] = inner;
      const together = numerator.plus(others.times(by));
      if (!together.exact || !Number.isSafeInteger(by * divisor))
        return whole.plus(quotient(left, Dim.of(divisor)));
      return whole.plus(together.divideByConstant(by * divisor));
    }
    const common = left.terms.filter((t) => t.key !== '').reduce((g, t) => gcd(g, t.coefficient), divisor);
    if (common > 1) return whole.plus(left.divideByConstant(common).divideByConstant(divisor / common));
    return whole.plus(quotient(left, Dim.of(divisor)));
  }

  private mapped(change: (coefficient: number) => number): Dim {
    const terms = this.terms.map((t) => ({ ...t, coefficient: change(t.coefficient) }));
    return new Dim(terms.filter((t) => t.coefficient !== 0));
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
      let even = Dim.of(0);
      const left: Term[] = [];
      for (const t of this.terms) {
        const ratio = divideTerm(t, by);
        if (ratio) even = even.plus(new Dim([ratio]));
        else left.push(t);
      }
      const rest = new Dim(left);
      return even.plus(rest.constant === 0 ? 0 : quotient(rest, divisor));
    }
    const ratio = this.multipleOf(divisor);
    return ratio === undefined ? quotient(this, divisor) : ratio;
  }

  /** q with this = q * divisor, when there is such a polynomial; found by long division on the leading terms. */
  private multipleOf(divisor: Dim): Dim | undefined {
    let left: Dim = this;
    let result = Dim.of(0);
    for (let guard = 0; guard < 64 && left.terms.length > 0; guard++) {
      const ratio = divideTerm(leadingTerm(left.terms), leadingTerm(divisor.terms));
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
  private foldedForDisplay(): Terms {
    const lone = this.loneQuotient();
    const quotients = this.terms.filter((t) => t.factors.some((factor) => 'numerator' in factor.atom));
    if (!lone || quotients.length > 1) return this.terms;
    const [numerator, by, others] = lone;
    const inside = new Set(numerator.terms.map((t) => t.key));
    const folded = new Dim(others.terms.filter((t) => inside.has(t.key)));
    const written = quotient(numerator.plus(folded.times(by)), Dim.of(by));
    return [...written.terms, ...others.minus(folded).terms];
  }

  /** The terms need not be sorted, but no two may have the same key. */
  static fromTerms(terms: Terms): Dim {
    return new Dim(terms);
  }
}

function toDim(value: Dim | number): Dim {
  return typeof value === 'number' ? Dim.of(value) : value;
}

function quotient(numerator: Dim, denominator: Dim): Dim {
  const key = `(${numerator.key})//(${denominator.key})`;
  return Dim.fromTerms([term(1, [{ key, atom: { numerator, denominator } }])]);
}

/** The factor's new value; undefined when nothing in it changes. */
function substituted({ atom }: Factor, values: ReadonlyMap<string, Dim>): Dim | undefined {
  if ('symbol' in atom) return values.get(atom.symbol);
  const numerator = atom.numerator.substitute(values);
  const denominator = atom.denominator.substitute(values);
  if (numerator === atom.numerator && denominator === atom.denominator) return undefined;
  // A divisor can only turn out below 1 in a system that is already contradictory; leave the atom as it is.
  if (denominator.constant !== undefined && denominator.constant < 1) return undefined;
  return numerator.floorDivide(denominator);
}

function addSymbols({ atom }: Factor, found: Set<string>): void {
  if ('symbol' in atom) {
    found.add(atom.symbol);
    return;
  }
  for (const side of [atom.numerator, atom.denominator])
    for (const symbol of side.symbols()) found.add(symbol);
}

function mentions({ atom }: Factor, symbol: string): boolean {
  if ('symbol' in atom) return atom.symbol === symbol;
  return atom.numerator.symbols().has(symbol) || atom.denominator.symbols().has(symbol);
}

function leastQuotient({ numerator, denominator }: Quotient): number {
  const { least } = numerator.bounds();
  if (denominator.constant !== undefined) return Math.floor(least / denominator.constant);
  return least >= 0 ? 0 : least;
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}

export function gcd(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}
