import type { Gradual } from '../language/gradual';

/** How long other messages wait at most while work goes on that nobody is waiting for. */
const SLICE_MS = 10;

/** Called between pieces of work; waits only when other messages have had to wait long enough. */
export function pauses(): () => Promise<void> | undefined {
  let start = performance.now();
  return () => {
    if (performance.now() - start < SLICE_MS) return undefined;
    return new Promise<void>((resolve) =>
      setImmediate(() => {
        start = performance.now();
        resolve();
      }),
    );
  };
}

/** Does the work with pauses in which messages are answered. */
export async function gradually<T>(work: Gradual<T>): Promise<T> {
  const pause = pauses();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    const waited = pause();
    if (waited) await waited;
  }
}

/** The items one after the other, with pauses in which messages are answered. */
export async function* inSlices<T>(items: Iterable<T>, slice = SLICE_MS): AsyncGenerator<T> {
  let start = performance.now();
  for (const item of items) {
    yield item;
    if (performance.now() - start < slice) continue;
    await new Promise<void>((resolve) => setImmediate(resolve));
    start = performance.now();
  }
}
