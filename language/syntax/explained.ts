import type { YAMLException } from 'js-yaml';
import { applyEdits } from './edits';
import { placeOf, tryValid } from './repairing';
import { wholeCharacters } from './scan';
import { type Slip, slipsAt } from './slips';
import type { Mend, SyntaxProblem } from './tree';

/** Longer texts take too long to try guesses on. */
const LONGEST = 2 ** 13;

/** How many guesses are tried for one slip. */
const MOST_GUESSES = 40;

/** The slip without which the text could be read, or the first of two; undefined where no guess holds. */
export function explained(text: string, reason: YAMLException): SyntaxProblem | undefined {
  if (text.length > LONGEST) return undefined;
  const first = bestOf(text, reason);
  if (!first) return undefined;
  if (!first.left) return problemOf(first.slip, text);
  const second = bestOf(first.text, first.left);
  return second && !second.left ? problemOf(first.slip, text) : undefined;
}

interface Guess {
  slip: Slip;
  text: string;
  /** Why the text still cannot be read. */
  left: YAMLException | undefined;
}

/** The first guess with which the text can be read, else the one with which it can be read furthest. */
function bestOf(text: string, reason: YAMLException): Guess | undefined {
  const tried = new Set([text]);
  const slips = slipsAt(text, placeOf(reason));
  let best: Guess | undefined;
  let furthest = text.length - placeOf(reason);
  for (const slip of slips) {
    const next = applyEdits(text, [slip.mends[0]!.edit]);
    if (tried.has(next)) continue;
    if (tried.size > MOST_GUESSES) break;
    tried.add(next);
    const read = tryValid(next);
    if (!('reason' in read)) return { slip: withAll(slip, slips), text: next, left: undefined };
    const rest = next.length - placeOf(read);
    if (rest >= furthest) continue;
    furthest = rest;
    best = { slip, text: next, left: read };
  }
  return best;
}

/** With all ways to mend what it is about. */
function withAll(slip: Slip, slips: readonly Slip[]): Slip {
  const same = slips.filter(
    ({ range, message }) => range.start === slip.range.start && message === slip.message,
  );
  return { ...slip, mends: same.flatMap(({ mends }) => mends) };
}

/** With those mends after which the text can be read, one of each kind. */
function problemOf({ range, message, mends }: Slip, text: string): SyntaxProblem {
  const seen = new Set<string>();
  const helps = ({ title, edit }: Mend) => {
    if (seen.has(title) || 'reason' in tryValid(applyEdits(text, [edit]))) return false;
    seen.add(title);
    return true;
  };
  return { range: wholeCharacters(text, range), message, kind: 'syntax', mends: mends.filter(helps) };
}
