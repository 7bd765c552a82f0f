/** Sums of products, the inside of a size. Always sorted by key, without zero coefficients. */
import type { Dim } from './polynomial';

/** A symbol, or a floor division that does not come out even. */
export type Atom = { symbol: string } | Quotient;

export interface Quotient {
  numerator: Dim;
  denominator: Dim;
}

export interface Factor {
  key: string;
  atom: Atom;
}

/** An integer times a product of atoms; the factors are sorted by key and repeat for powers. Key '' is the constant. */
export interface Term {
  key: string;
  /** NaN once it became too large to be exact, so that no difference of two such looks small again. */
  coefficient: number;
  factors: readonly Factor[];
}

export type Terms = readonly Term[];

export const noTerms: Terms = [];

/** What is longer, as `(a + b + c)*(a + b + c)*…` soon is, is a very large number like any other. */
const MOST_TERMS = 200;
const MOST_FACTORS = 40;
const TOO_LARGE: Terms = [{ key: '', coefficient: Number.NaN, factors: [] }];

function isTooLarge(terms: Terms): boolean {
  return terms.some(({ coefficient }) => Number.isNaN(coefficient));
}

export function term(coefficient: number, factors: readonly Factor[]): Term {
  const key = factors.length === 1 ? factors[0]!.key : factors.map((factor) => factor.key).join('*');
  return { key, coefficient: exact(coefficient), factors };
}

export function constantTerms(value: number): Terms {
  return value === 0 ? noTerms : [{ key: '', coefficient: exact(value), factors: [] }];
}

/** a + scale·b. */
export function addTerms(a: Terms, b: Terms, scale: number): Terms {
  const sum: Term[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (!right || (left && left.key < right.key)) {
      sum.push(left!);
      i += 1;
      continue;
    }
    const scaled = scale === 1 ? right : { ...right, coefficient: exact(scale * right.coefficient) };
    j += 1;
    if (!left || right.key < left.key) {
      sum.push(scaled);
      continue;
    }
    i += 1;
    const coefficient = exact(left.coefficient + scaled.coefficient);
    if (coefficient !== 0) sum.push({ ...left, coefficient });
  }
  return sum;
}

export function scaleTerms(terms: Terms, by: number): Terms {
  if (by === 1) return terms;
  if (by === 0) return noTerms;
  return terms.map((t) => ({ ...t, coefficient: exact(t.coefficient * by) }));
}

export function multiplyTerms(a: Terms, b: Terms): Terms {
  if (a.length === 0 || b.length === 0) return noTerms;
  if (isTooLarge(a) || isTooLarge(b)) return TOO_LARGE;
  if (a.length === 1 && a[0]!.key === '') return scaleTerms(b, a[0]!.coefficient);
  if (b.length === 1 && b[0]!.key === '') return scaleTerms(a, b[0]!.coefficient);
  let sum = noTerms;
  for (const x of a) {
    for (const y of b) {
      if (x.factors.length + y.factors.length > MOST_FACTORS) return TOO_LARGE;
      const factors = [...x.factors, ...y.factors].sort((f, g) => compareKeys(f.key, g.key));
      sum = addTerms(sum, [term(x.coefficient * y.coefficient, factors)], 1);
    }
    if (sum.length > MOST_TERMS) return TOO_LARGE;
  }
  return sum;
}

/** a / b, when b's coefficient and factors all divide a's. */
export function divideTerm(a: Term, b: Term): Term | undefined {
  if (a.coefficient % b.coefficient !== 0) return undefined;
  const left = [...a.factors];
  for (const factor of b.factors) {
    const at = left.findIndex((candidate) => candidate.key === factor.key);
    if (at < 0) return undefined;
    left.splice(at, 1);
  }
  return term(a.coefficient / b.coefficient, left);
}

/** The term of the highest degree; the same choice for both sides of a long division. */
export function leadingTerm(terms: Terms): Term {
  return terms.reduce((best, t) => {
    if (t.factors.length !== best.factors.length) return t.factors.length > best.factors.length ? t : best;
    return t.key > best.key ? t : best;
  });
}

function exact(value: number): number {
  return Number.isSafeInteger(value) ? value : Number.NaN;
}

function compareKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
