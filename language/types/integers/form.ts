/** Linear forms Σ coefficient·unknown + offset over whole numbers. */
import { gcd } from '../polynomial';

export interface Form {
  coefficients: ReadonlyMap<string, number>;
  offset: number;
}

/** p·a + q·b; undefined when a number gets too large to be exact. */
export function combine(a: Form, p: number, b: Form, q: number): Form | undefined {
  let exact = true;
  // A sum of two products that are too large may look small again, so each product counts.
  const sum = (x: number, y: number) => {
    const value = p * x + q * y;
    exact &&= Number.isSafeInteger(p * x) && Number.isSafeInteger(q * y) && Number.isSafeInteger(value);
    return value;
  };
  const coefficients = new Map<string, number>();
  for (const [key, x] of a.coefficients) {
    const value = sum(x, b.coefficients.get(key) ?? 0);
    if (value !== 0) coefficients.set(key, value);
  }
  for (const [key, y] of b.coefficients) {
    if (a.coefficients.has(key)) continue;
    const value = sum(0, y);
    if (value !== 0) coefficients.set(key, value);
  }
  const offset = sum(a.offset, b.offset);
  return exact ? { coefficients, offset } : undefined;
}

/** What divides all coefficients; 0 when there are none. */
export function commonDivisor({ coefficients }: Form): number {
  let common = 0;
  for (const coefficient of coefficients.values()) common = gcd(common, coefficient);
  return common;
}

/** Coefficients divided by what they have in common; the offset rounded down, as fits `form >= 0`. */
export function tightened(form: Form): Form {
  const common = commonDivisor(form);
  if (common <= 1) return form;
  return {
    coefficients: new Map([...form.coefficients].map(([key, value]) => [key, value / common])),
    offset: Math.floor(form.offset / common),
  };
}

export function unknown(key: string, coefficient: number, offset: number): Form {
  return { coefficients: new Map([[key, coefficient]]), offset };
}
