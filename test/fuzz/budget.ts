/**
 * How long to look, and from where. `BRIQUE_FUZZ_SECONDS` is the time of all properties together, `BRIQUE_FUZZ_SEED`
 * a number or `random`.
 */
import fc from 'fast-check';
import { keptMiB, memoryHolds } from './memory';

const seconds = Number(process.env.BRIQUE_FUZZ_SECONDS ?? 20);
const asked = process.env.BRIQUE_FUZZ_SEED ?? '1';
export const seed = asked === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(asked);

if (!Number.isFinite(seconds) || !Number.isInteger(seed))
  throw new Error('BRIQUE_FUZZ_SECONDS is a number of seconds, BRIQUE_FUZZ_SEED a whole number or `random`');

/** Milliseconds for a property that gets this share of the time. */
export function share(part: number): number {
  return seconds * 1000 * part;
}

/** Mocha's limit for it: shrinking what was found takes as long again. */
export function limit(part: number): number {
  return 3 * share(part) + 60_000;
}

/** As many inputs as the share of time allows. A failure names the seed and the smallest input that was found. */
export async function explore<T>(
  part: number,
  inputs: fc.Arbitrary<T>,
  holds: (input: T) => void | Promise<void>,
  shown: (input: T) => string = fc.stringify,
): Promise<number> {
  const start = performance.now();
  const details = await fc.check(
    fc.asyncProperty(inputs, async (input) => {
      await holds(input);
      memoryHolds();
    }),
    {
      seed,
      numRuns: 1_000_000,
      interruptAfterTimeLimit: share(part),
      markInterruptAsFailure: false,
      maxSkipsPerRun: 0,
    },
  );
  if (details.counterexample) {
    const [input] = details.counterexample;
    const error = details.errorInstance as Error | undefined;
    throw new Error(
      `BRIQUE_FUZZ_SEED=${seed} finds, after ${details.numRuns} inputs and ${details.numShrinks} steps of shrinking:\n${shown(input)}\n\n${error?.stack ?? error}`,
    );
  }
  const took = ((performance.now() - start) / 1000).toFixed(0);
  console.log(
    `      ${details.numRuns} inputs in ${took} s from seed ${seed}, ${keptMiB().toFixed(0)} MiB kept`,
  );
  return details.numRuns;
}
