/** A curve of bounded length: plain JSON, so that it can be posted to a webview as it is. */
export interface Series {
  /** Steps, ascending. */
  steps: number[];
  /** One value per step; null where the value was not a finite number. */
  values: (number | null)[];
  /** How many added points one kept point stands for; doubles when the curve is full. */
  stride: number;
  /** Points added since the last kept one was complete. */
  pending: { sum: number; count: number };
}

/** Kept points per curve; more than a screen has pixels to show them. */
export const SERIES_CAPACITY = 2000;

export function emptySeries(): Series {
  return { steps: [], values: [], stride: 1, pending: { sum: 0, count: 0 } };
}

/**
 * Adds a point in place. Every kept point is the mean of `stride` added ones (of fewer, for the newest), at the
 * last one's step; a mean that holds a value that is not finite is null, so that a broken stretch stays visible.
 */
export function addPoint(series: Series, step: number, value: number): void {
  const { pending } = series;
  if (pending.count === 0) {
    series.steps.push(step);
    series.values.push(null);
  }
  pending.sum += value;
  pending.count += 1;
  const last = series.steps.length - 1;
  const mean = pending.sum / pending.count;
  series.steps[last] = step;
  series.values[last] = Number.isFinite(mean) ? mean : null;
  if (pending.count < series.stride) return;
  series.pending = { sum: 0, count: 0 };
  if (series.steps.length >= SERIES_CAPACITY) halve(series);
}

/** Takes back the points after a step, in place. */
export function cutAfter(series: Series, step: number): void {
  const kept = series.steps.filter((each) => each <= step).length;
  if (kept === series.steps.length) return;
  series.steps.length = kept;
  series.values.length = kept;
  series.pending = { sum: 0, count: 0 };
}

function halve(series: Series): void {
  const steps: number[] = [];
  const values: (number | null)[] = [];
  for (let i = 0; i + 1 < series.steps.length; i += 2) {
    const [a, b] = [series.values[i], series.values[i + 1]];
    steps.push(series.steps[i + 1]!);
    values.push(a === null || b === null || a === undefined || b === undefined ? null : (a + b) / 2);
  }
  series.steps = steps;
  series.values = values;
  series.stride *= 2;
}
