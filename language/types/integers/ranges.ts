/** Between which numbers each unknown lies. */
import type { Form } from './form';

export interface Range {
  least: number;
  greatest: number;
}

export type Ranges = ReadonlyMap<string, Range>;

/** Rounds of narrowing; what needs more is left to other proofs. */
const maximumRounds = 20;

/** Ranges that run away are left where they are. */
const farthest = 2 ** 40;

/** Narrows the range of each unknown by what the others can be; undefined when one is left without any value. */
export function narrowed(
  equations: readonly Form[],
  inequalities: readonly Form[],
  ranges: Ranges,
): Ranges | undefined {
  const result = new Map(ranges);
  for (let round = 0; round < maximumRounds; round++) {
    let changed = false;
    for (const [forms, isEquation] of [
      [equations, true],
      [inequalities, false],
    ] as const) {
      for (const form of forms) {
        const verdict = narrow(form, isEquation, result);
        if (verdict === 'empty') return undefined;
        changed ||= verdict === 'changed';
      }
    }
    if (!changed) break;
  }
  return result;
}

function narrow(form: Form, isEquation: boolean, ranges: Map<string, Range>): 'empty' | 'changed' | 'same' {
  let verdict: 'changed' | 'same' = 'same';
  for (const [key, coefficient] of form.coefficients) {
    const range = ranges.get(key)!;
    const { low, high } = restOf(form, key, ranges);
    // coefficient·x >= -high, and for an equation also coefficient·x <= -low; x is whole.
    const ends = [
      -high / coefficient,
      isEquation ? -low / coefficient : Number.POSITIVE_INFINITY * coefficient,
    ];
    const [from, to] = coefficient > 0 ? ends : [ends[1]!, ends[0]!];
    const least = Math.max(range.least, Math.ceil(from! - 1e-9));
    const greatest = Math.min(range.greatest, Math.floor(to! + 1e-9));
    if (least > greatest) return 'empty';
    if (least === range.least && greatest === range.greatest) continue;
    if (least > farthest || greatest < -farthest) continue;
    ranges.set(key, { least, greatest });
    verdict = 'changed';
  }
  return verdict;
}

/** What all but one unknown add up to, at least and at most. */
function restOf(
  { coefficients, offset }: Form,
  except: string,
  ranges: Ranges,
): { low: number; high: number } {
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
