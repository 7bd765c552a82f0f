/** The steps of a sequence that any row takes: from `first` up to `end`, which it does not include. */
export interface Bounds {
  first: number;
  end: number;
}

export function boundsOf(steps: number, batch: number, counts: Uint8Array | undefined): Bounds {
  if (!counts) return { first: 0, end: steps };
  const taken = (step: number) => counts.subarray(step * batch, (step + 1) * batch).includes(1);
  let [first, end] = [0, steps];
  while (end > 0 && !taken(end - 1)) end -= 1;
  while (first < end && !taken(first)) first += 1;
  return { first, end };
}

/** The steps within bounds in the order of reading. */
export function* walk({ first, end }: Bounds, backward: boolean): Generator<number> {
  if (backward) for (let step = end - 1; step >= first; step--) yield step;
  else for (let step = first; step < end; step++) yield step;
}

/** The steps after the last one of a walk: their state is that of it. */
export function afterwards({ first, end }: Bounds, steps: number, backward: boolean): Bounds {
  if (first === end) return { first: 0, end: 0 };
  return backward ? { first: 0, end: first } : { first: end, end: steps };
}
