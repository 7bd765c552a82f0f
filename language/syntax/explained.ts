import type { YAMLException } from 'js-yaml';
import { applyEdits } from './edits';
import { placeOf, tryValid } from './repairing';
import { type Slip, slipsAt } from './slips';
import type { Mend, SyntaxProblem } from './tree';

/** Longer texts take too long to try guesses on. */
const LONGEST = 2 ** 13;

/** How many slips are told of one piece of text, and how many guesses are tried for each. */
const MOST_SLIPS = 2;
const MOST_GUESSES = 40;

/** The slips without which the text could be read; undefined where no guess holds. */
export function explained(text: string, reason: YAMLException): SyntaxProblem[] | undefined {
  if (text.length > LONGEST) return undefined;
  const first = bestOf(text, reason);
  if (!first) return undefined;
  if (!first.left) return [problemOf(first.slip, text)];
  const second = MOST_SLIPS > 1 ? bestOf(first.text, first.left) : undefined;
  // Places of the second are those of the text as it is only before the first.
  return second && !second.left ? [problemOf(first.slip, text)] : undefined;
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
  let best: Guess | undefined;
  let furthest = text.length - placeOf(reason);
  for (const slip of slipsAt(text, placeOf(reason))) {
    const next = applyEdits(text, [slip.mends[0]!.edit]);
    if (tried.has(next)) continue;
    if (tried.size > MOST_GUESSES) break;
    tried.add(next);
    const read = tryValid(next);
    if (!('reason' in read)) return { slip, text: next, left: undefined };
    const rest = next.length - placeOf(read);
    if (rest >= furthest) continue;
    furthest = rest;
    best = { slip, text: next, left: read };
  }
  return best;
}

function problemOf({ range, message, mends }: Slip, text: string): SyntaxProblem {
  const helps = ({ edit }: Mend, index: number) =>
    index === 0 || !('reason' in tryValid(applyEdits(text, [edit])));
  return { range, message, kind: 'syntax', mends: mends.filter(helps) };
}
