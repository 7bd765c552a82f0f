/** Whether whole numbers exist for which all forms are at least 0. */
import { combine, type Form, tightened } from './form';

/** More than this is given up: sizes of a model do not need it. */
const mostForms = 60;

/**
 * Removes one unknown after the other by adding up pairs that bound it from both sides (Fourier-Motzkin), and rounds
 * what is left to whole numbers. `no` is a proof; `yes` only where every step was exact, as in W. Pugh, "The Omega
 * Test", CACM 1992, section 2.3; else `unknown`.
 */
export function satisfiable(all: readonly Form[]): 'yes' | 'no' | 'unknown' {
  let forms = distinct(all);
  let exact = true;
  while (forms && forms.length > 0) {
    const unknowns = tally(forms);
    if (unknowns.size === 0) break;
    const key = cheapest(unknowns);
    const [lower, upper, others]: Form[][] = [[], [], []];
    for (const form of forms) {
      const coefficient = form.coefficients.get(key) ?? 0;
      (coefficient > 0 ? lower! : coefficient < 0 ? upper! : others!).push(form);
    }
    const next = others!;
    for (const low of lower!) {
      for (const high of upper!) {
        const [a, b] = [low.coefficients.get(key)!, -high.coefficients.get(key)!];
        exact &&= a === 1 || b === 1;
        const sum = combine(low, b, high, a);
        if (!sum) return 'unknown';
        next.push(sum);
      }
    }
    if (next.length > mostForms) return 'unknown';
    forms = distinct(next);
  }
  if (!forms) return 'no';
  return exact ? 'yes' : 'unknown';
}

/** The tightest of forms with equal coefficients; undefined when one can never be at least 0. */
function distinct(forms: readonly Form[]): Form[] | undefined {
  const tightest = new Map<string, Form>();
  for (const form of forms) {
    if (form.coefficients.size === 0) {
      if (form.offset < 0) return undefined;
      continue;
    }
    const whole = tightened(form);
    const key = [...whole.coefficients]
      .map(([name, coefficient]) => `${coefficient}*${name}`)
      .sort()
      .join('+');
    const other = tightest.get(key);
    if (!other || whole.offset < other.offset) tightest.set(key, whole);
  }
  return [...tightest.values()];
}

/** How often each unknown is bounded from below and from above, and whether removing it rounds. */
function tally(forms: readonly Form[]): Map<string, { lower: number; upper: number; rounds: boolean }> {
  const found = new Map<string, { lower: number; upper: number; rounds: boolean }>();
  for (const { coefficients } of forms) {
    for (const [key, coefficient] of coefficients) {
      const counts = found.get(key) ?? { lower: 0, upper: 0, rounds: false };
      found.set(key, counts);
      if (coefficient > 0) counts.lower += 1;
      else counts.upper += 1;
      counts.rounds ||= Math.abs(coefficient) > 1;
    }
  }
  return found;
}

/** The unknown whose removal makes the fewest new forms, exact ones first. */
function cheapest(unknowns: ReturnType<typeof tally>): string {
  let best: { key: string; cost: number } | undefined;
  for (const [key, { lower, upper, rounds }] of unknowns) {
    const cost = lower * upper - lower - upper + (rounds && lower * upper > 0 ? mostForms : 0);
    if (!best || cost < best.cost) best = { key, cost };
  }
  return best!.key;
}
