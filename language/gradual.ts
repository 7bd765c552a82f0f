/** Work that can be put aside between two steps, so that others are not kept waiting. */
export type Gradual<T> = Generator<void, T>;

export function allAtOnce<T>(work: Gradual<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
