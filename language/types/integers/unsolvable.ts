/**
 * Proofs that conditions on sizes cannot hold together in whole numbers. Products and floor divisions count as
 * unknowns of their own, with what is always true of them; a proof for those is a proof for the sizes.
 */
import type { Dim } from '../polynomial';
import { solveEquations } from './equations';
import { type Form, unknown } from './form';
import { satisfiable } from './inequalities';
import { narrowed, type Range, type Ranges } from './ranges';

export interface System {
  /** Each must be 0. */
  zero: readonly Dim[];
  /** Each must be at least 0. */
  atLeastZero: readonly Dim[];
}

/** True only if it is proved that there is no solution. */
export function unsolvable({ zero, atLeastZero }: System): boolean {
  const reader = new Reader();
  for (const dim of zero) if (dim.exact) reader.equations.push(reader.formOf(dim));
  for (const dim of atLeastZero) if (dim.exact) reader.inequalities.push(reader.formOf(dim));
  return hasNone(reader, reader.ranges, { left: mostWork });
}

/** Conditions looked at, over all sizes that are tried, before a system stays undecided. */
const mostWork = 400;
const widestChoice = 64;

/** Systems with more conditions are looked at one condition at a time only. */
const mostConditions = 48;

type Conditions = Pick<Reader, 'equations' | 'inequalities'>;

function hasNone(conditions: Conditions, known: Ranges, work: { left: number }): boolean {
  const ranges = narrowed(conditions.equations, conditions.inequalities, known);
  if (!ranges) return true;
  if (conditions.equations.length + conditions.inequalities.length > mostConditions) return false;
  // What was narrowed follows from these, and its numbers may have grown large.
  const bounds = [...known].flatMap(([key, range]) => boundsOf(key, range));
  const reduced = solveEquations(conditions.equations, [...conditions.inequalities, ...bounds]);
  if (reduced === 'unsolvable') return true;
  work.left -= conditions.equations.length + conditions.inequalities.length;
  const answer = reduced === 'unknown' ? 'unknown' : satisfiable(reduced);
  if (answer !== 'unknown') return answer === 'no';
  const choice = narrowest(ranges);
  if (!choice) return false;
  const [key, { least, greatest }] = choice;
  for (let value = least; value <= greatest; value++) {
    if (work.left < 0) return false;
    const tried = new Map(ranges).set(key, { least: value, greatest: value });
    if (!hasNone(conditions, tried, work)) return false;
  }
  return true;
}

function boundsOf(key: string, { least, greatest }: Range): Form[] {
  const forms: Form[] = [];
  if (Number.isFinite(least)) forms.push(unknown(key, 1, -least));
  if (Number.isFinite(greatest)) forms.push(unknown(key, -1, greatest));
  return forms;
}

/** The unknown with the fewest values left, more than one. */
function narrowest(ranges: Ranges): [string, Range] | undefined {
  let best: [string, Range] | undefined;
  for (const entry of ranges) {
    const width = entry[1].greatest - entry[1].least;
    if (width < 1 || width >= widestChoice) continue;
    if (!best || width < best[1].greatest - best[1].least) best = entry;
  }
  return best;
}

/** Reads sizes as forms, and adds what is always true of the floor divisions in them. */
class Reader {
  readonly equations: Form[] = [];
  readonly inequalities: Form[] = [];
  readonly ranges = new Map<string, Range>();

  formOf(dim: Dim): Form {
    const coefficients = new Map<string, number>();
    for (const { key, coefficient, product, quotient } of dim.products) {
      coefficients.set(key, coefficient);
      if (this.ranges.has(key)) continue;
      this.ranges.set(key, product.bounds());
      if (quotient) this.divided(product, quotient);
    }
    return { coefficients, offset: dim.offset };
  }

  /** 0 <= numerator - divisor·quotient <= divisor - 1 */
  private divided(quotient: Dim, { numerator, denominator }: { numerator: Dim; denominator: Dim }): void {
    const rest = numerator.minus(quotient.times(denominator));
    if (!rest.exact) return;
    this.inequalities.push(this.formOf(rest), this.formOf(denominator.minus(1).minus(rest)));
  }
}
