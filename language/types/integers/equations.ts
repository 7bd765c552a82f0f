/** Equations between whole numbers, solved one by one so that inequalities are left over free unknowns. */
import { combine, commonDivisor, type Form, tightened, unknown } from './form';

/**
 * The inequalities with the solutions of all equations put in: each at least 0, over unknowns that no equation ties
 * any more. `unsolvable` when the equations alone have no solution
 * in whole numbers, `unknown` when numbers get too large. Euclid's algorithm on coefficients, as in D. Knuth, "The
 * Art of Computer Programming" vol. 2, 4.5.2, and W. Pugh, "The Omega Test", CACM 1992.
 */
export function solveEquations(
  equations: readonly Form[],
  inequalities: readonly Form[],
): Form[] | 'unsolvable' | 'unknown' {
  const open: (Form | undefined)[] = [...equations];
  const bounds = [...inequalities];
  let fresh = 0;
  for (let i = 0; i < open.length; i++) {
    for (;;) {
      const common = commonDivisor(open[i]!);
      if (common === 0) {
        if (open[i]!.offset !== 0) return 'unsolvable';
        break;
      }
      if (open[i]!.offset % common !== 0) return 'unsolvable';
      const equation = tightened(open[i]!);
      open[i] = equation;
      const [key, coefficient] = smallest(equation);
      const solved = Math.abs(coefficient) === 1;
      // Solved for the unknown with the smallest coefficient; the rest of the division is a new unknown.
      const value = solved
        ? combine(equation, -coefficient, unknown(key, 1, 0), 1)
        : partly(equation, key, coefficient, `=${fresh++}`);
      if (!value) return 'unknown';
      for (const forms of [open, bounds]) {
        for (const [at, form] of forms.entries()) {
          const factor = form?.coefficients.get(key);
          if (!form || factor === undefined || (forms === open && at < i)) continue;
          const replaced = combine(without(form, key), 1, value, factor);
          if (!replaced) return 'unknown';
          forms[at] = replaced;
        }
      }
      if (solved) break;
    }
  }
  return bounds;
}

/** The value of `key` that leaves `coefficient`·rest + (each other coefficient modulo it) in the equation. */
function partly({ coefficients, offset }: Form, key: string, coefficient: number, rest: string): Form {
  const value = new Map([[rest, 1]]);
  for (const [other, c] of coefficients) {
    const times = Math.floor(c / coefficient);
    if (other !== key && times !== 0) value.set(other, -times);
  }
  return { coefficients: value, offset: -Math.floor(offset / coefficient) };
}

function smallest({ coefficients }: Form): [string, number] {
  let best: [string, number] | undefined;
  for (const entry of coefficients) if (!best || Math.abs(entry[1]) < Math.abs(best[1])) best = entry;
  return best!;
}

function without({ coefficients, offset }: Form, key: string): Form {
  const left = new Map(coefficients);
  left.delete(key);
  return { coefficients: left, offset };
}
