/** Every safe fix of a file, one round after the other, until none is left. */
import type { Fix, TextEdit } from '../answers/answers';
import type { Gradual } from '../gradual';

/** A fix may make way for another; no file needs more rounds than this. */
const MOST_ROUNDS = 20;

/** What the rounds need of a workspace; `fixingAll` changes it. */
interface Fixable {
  source(file: string): { text: string } | undefined;
  fixing(file: string, range: { start: number; end: number }): Gradual<Fix[]>;
  apply(edits: TextEdit[]): void;
}

/** Applies what is safe and returns it, in the order in which it was done. */
export function* fixingAll(workspace: Fixable, file: string): Gradual<Fix[]> {
  const done: Fix[] = [];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const end = workspace.source(file)?.text.length ?? 0;
    const chosen: Fix[] = [];
    for (const fix of yield* workspace.fixing(file, { start: 0, end })) {
      if (fix.safe && !chosen.some((other) => touches(fix, other))) chosen.push(fix);
    }
    if (chosen.length === 0) return done;
    workspace.apply(chosen.flatMap((fix) => fix.edits));
    done.push(...chosen);
  }
  return done;
}

/** Fixes of the same place are alternatives; edits that meet cannot both be made. */
function touches(one: Fix, other: Fix): boolean {
  if (one.rule === other.rule && one.range.start === other.range.start) return true;
  return one.edits.some((a) =>
    other.edits.some(
      (b) => a.file === b.file && a.range.start <= b.range.end && b.range.start <= a.range.end,
    ),
  );
}
