import { allAtOnce, type Gradual } from '../gradual';
import { MAX_LENGTH } from './builder';
import { readInPieces } from './in-pieces';
import { readRepairing, readWhole, tooDeep } from './repairing';
import type { Tree } from './tree';

/** Shorter texts are read at once. */
const LONG = 2 ** 16;

export function isLong(text: string): boolean {
  return text.length >= LONG;
}

/**
 * Reads any text; never throws. Text that is not YAML gives as much of a tree as can be made out, with problems.
 * Scalars follow the YAML 1.2 core schema; keys are always strings.
 */
export function parse(text: string): Tree {
  return allAtOnce(parsing(text));
}

/**
 * In steps, where the text is long, and reading only what is not in the tree of the text before. A short text is read
 * at once where it is YAML, which comes to the same; what is broken is always read in pieces, so that the same slip is
 * the same finding in texts of any length.
 */
export function* parsing(text: string, before?: Tree, long = LONG): Gradual<Tree> {
  if (text.length > MAX_LENGTH) {
    const message = `A file holds at most ${MAX_LENGTH / 1024} Ki characters`;
    return { text, root: undefined, problems: [{ range: { start: 0, end: 0 }, message, kind: 'limit' }] };
  }
  try {
    const valid = text.length < long ? readWhole(text) : undefined;
    return valid ?? (yield* readInPieces(text, before)) ?? readRepairing(text);
  } catch (error) {
    // The fallback parser is recursive.
    if (error instanceof RangeError) return tooDeep(text, 0);
    throw error;
  }
}
