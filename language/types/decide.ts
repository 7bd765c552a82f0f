/** What single conditions say, before they are held against others. */
import type { Constraint } from './constraint';

export type Verdict = 'yes' | 'no' | 'unverified';

/** What can be said of a resolved condition without looking at any other. */
export function atOnce({ left, relation, right }: Constraint): Verdict {
  const difference = right.minus(left);
  const { least, greatest } = difference.bounds();
  const isZero = difference.constant === 0;
  const isNotZero = least > 0 || greatest < 0 || difference.isIndivisible;
  switch (relation) {
    case '==':
      return isZero ? 'yes' : isNotZero ? 'no' : 'unverified';
    case '!=':
      return isNotZero ? 'yes' : isZero ? 'no' : 'unverified';
    case '<=':
      return least >= 0 ? 'yes' : greatest < 0 ? 'no' : 'unverified';
  }
}

/** Of two symbols that turn out equal, the one with the higher rank is replaced: unnamed and deeply nested first. */
export function replaceRank(symbol: string): number {
  const depth = symbol.split(':').length - 1;
  const anonymous = symbol.slice(symbol.lastIndexOf(':') + 1).startsWith('_');
  return depth + (anonymous ? 1000 : 0);
}
