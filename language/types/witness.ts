/** Looks for sizes that show a claim wrong. */
import type { Constraint } from './constraint';
import { Dim } from './polynomial';

const mostTries = 600;
const usual = [1, 2, 3, 5, 8, 12, 64, 100, 512];

/** Whether some sizes meet all conditions and yet `difference` is not 0; false when none were found. */
export function isBroken(difference: Dim, conditions: readonly Constraint[]): boolean {
  const symbols = new Set(difference.symbols());
  const candidates = new Set(usual);
  for (const { left, right } of conditions) {
    for (const dim of [left, right]) {
      for (const symbol of dim.symbols()) symbols.add(symbol);
      // Conditions are most often met next to the numbers in them.
      for (const near of [-1, 0, 1]) if (dim.offset + near >= 1) candidates.add(dim.offset + near);
    }
  }
  const sizes = [...candidates].map((value) => Dim.of(value));
  const names = [...symbols];
  const total = Math.min(mostTries, sizes.length ** names.length);
  for (let index = 0; index < total; index++) {
    let left = index;
    const values = new Map(
      names.map((name, place) => {
        // Each name starts elsewhere, so that unequal sizes come early.
        const size = sizes[((left % sizes.length) + place) % sizes.length]!;
        left = Math.floor(left / sizes.length);
        return [name, size];
      }),
    );
    const value = difference.substitute(values).constant;
    if (value !== undefined && value !== 0 && conditions.every((each) => holds(each, values))) return true;
  }
  return false;
}

function holds({ left, relation, right }: Constraint, values: ReadonlyMap<string, Dim>): boolean {
  const [a, b] = [left.substitute(values).constant, right.substitute(values).constant];
  if (a === undefined || b === undefined) return false;
  return relation === '==' ? a === b : relation === '!=' ? a !== b : a <= b;
}
