/** Proofs that equations have no solution in whole numbers from 1 up. */
import { type Dim, gcd } from './polynomial';

/** True only if it is proved that `difference = 0` cannot hold for all of them together. */
export function unsolvable(differences: readonly Dim[]): boolean {
  return differences.some((difference) => outOfBounds(difference) || indivisible(difference));
}

function outOfBounds(difference: Dim): boolean {
  const { least, greatest } = difference.bounds();
  return least > 0 || greatest < 0;
}

/** Every product of symbols is a whole number, so what divides all coefficients must divide the constant. */
function indivisible(difference: Dim): boolean {
  const { parts, offset } = difference;
  const common = parts.reduce((g, part) => gcd(g, part.coefficient), 0);
  return common === 0 ? offset !== 0 : offset % common !== 0;
}
