/**
 * Proofs that equations between sizes have no solution in whole numbers from 1 up. Products and floor divisions
 * count as unknowns of their own, each with its least value; a proof for those is a proof for the sizes.
 */
import { type Dim, gcd } from './polynomial';

/** True only if it is proved that `difference = 0` cannot hold for all of them together. */
export function unsolvable(all: readonly Dim[]): boolean {
  const differences = all.filter((difference) => difference.exact);
  if (differences.some((difference) => outOfBounds(difference) || indivisible(difference))) return true;
  if (differences.length < 2) return false;
  const unknowns = new Map<string, Unknown>();
  const rows = differences.map((difference) => rowOf(difference, unknowns));
  const reduced = eliminate(rows);
  return reduced === undefined || emptyRange(rows, unknowns) || emptyRange(reduced, unknowns);
}

function outOfBounds(difference: Dim): boolean {
  const { least, greatest } = difference.bounds();
  return least > 0 || greatest < 0;
}

/** Every product of symbols is a whole number, so what divides all coefficients must divide the constant. */
function indivisible(difference: Dim): boolean {
  const common = difference.commonDivisor;
  return common === 0 ? difference.offset !== 0 : difference.offset % common !== 0;
}

interface Unknown {
  least: number;
  greatest: number;
}

/** Σ coefficients·unknowns + offset = 0. */
interface Row {
  coefficients: Map<string, number>;
  offset: number;
}

function rowOf(difference: Dim, unknowns: Map<string, Unknown>): Row {
  const coefficients = new Map<string, number>();
  for (const { key, coefficient, bounds } of difference.products) {
    coefficients.set(key, coefficient);
    if (!unknowns.has(key)) unknowns.set(key, bounds);
  }
  return { coefficients, offset: difference.offset };
}

/**
 * Fraction-free Gaussian elimination. Undefined when a combination of rows shows that there is no solution: a row
 * 0 = c, or one whose coefficients have a common divisor that the constant lacks. Stops adding up rows whose
 * numbers get too large to be exact.
 */
function eliminate(rows: readonly Row[]): Row[] | undefined {
  const done: Row[] = [];
  for (const row of rows) {
    let current = normalised(row);
    for (const other of done) {
      if (!current) break;
      const [pivot] = other.coefficients.keys();
      current = withoutUnknown(current, other, pivot!);
    }
    if (!current) continue;
    const common = [...current.coefficients.values()].reduce(gcd, 0);
    if (common === 0 && current.offset !== 0) return undefined;
    if (common > 0 && current.offset % common !== 0) return undefined;
    if (common > 0) done.push(normalised(current)!);
  }
  return done;
}

/** The sum of multiples of both rows in which the unknown does not occur; undefined when it would not be exact. */
function withoutUnknown(row: Row, other: Row, unknown: string): Row | undefined {
  const a = row.coefficients.get(unknown);
  if (a === undefined) return row;
  const b = other.coefficients.get(unknown)!;
  const common = gcd(a, b);
  const [p, q] = [b / common, a / common];
  let exact = true;
  // A sum of two products that are too large may look small again, so each product counts.
  const combine = (x: number, y: number) => {
    exact &&= Number.isSafeInteger(p * x) && Number.isSafeInteger(q * y);
    return p * x - q * y;
  };
  const coefficients = new Map<string, number>();
  for (const key of new Set([...row.coefficients.keys(), ...other.coefficients.keys()])) {
    const value = combine(row.coefficients.get(key) ?? 0, other.coefficients.get(key) ?? 0);
    if (value !== 0) coefficients.set(key, value);
  }
  const offset = combine(row.offset, other.offset);
  return exact ? { coefficients, offset } : undefined;
}

/** Divided by what all its numbers have in common. */
function normalised({ coefficients, offset }: Row): Row | undefined {
  const common = [...coefficients.values(), offset].reduce(gcd, 0);
  if (common <= 1) return { coefficients, offset };
  return {
    coefficients: new Map([...coefficients].map(([key, value]) => [key, value / common])),
    offset: offset / common,
  };
}

/** Rounds of narrowing; a system that needs more than that stays unverified. */
const maximumRounds = 50;

/** Narrows the range of each unknown by what the others can be; true when one is left without any value. */
function emptyRange(rows: readonly Row[], unknowns: ReadonlyMap<string, Unknown>): boolean {
  const ranges = new Map([...unknowns].map(([key, { least, greatest }]) => [key, { least, greatest }]));
  for (let round = 0; round < maximumRounds; round++) {
    let narrowed = false;
    for (const row of rows) {
      for (const [key, coefficient] of row.coefficients) {
        const range = ranges.get(key)!;
        const { low, high } = rest(row, key, ranges);
        // coefficient·x = -rest, and x is whole.
        const ends = [-high / coefficient, -low / coefficient].sort((a, b) => a - b) as [number, number];
        const least = Math.max(range.least, Math.ceil(ends[0] - 1e-9));
        const greatest = Math.min(range.greatest, Math.floor(ends[1] + 1e-9));
        if (least > greatest) return true;
        if (least === range.least && greatest === range.greatest) continue;
        ranges.set(key, { least, greatest });
        narrowed = true;
      }
    }
    if (!narrowed) return false;
  }
  return false;
}

/** What all but one unknown add up to, at least and at most. */
function rest({ coefficients, offset }: Row, except: string, ranges: ReadonlyMap<string, Unknown>) {
  let low = offset;
  let high = offset;
  for (const [key, coefficient] of coefficients) {
    if (key === except) continue;
    const { least, greatest } = ranges.get(key)!;
    low += coefficient > 0 ? coefficient * least : coefficient * greatest;
    high += coefficient > 0 ? coefficient * greatest : coefficient * least;
  }
  return { low, high };
}
