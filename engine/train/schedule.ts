import type { PlanTrain } from '../../language/plan/format';

/**
 * The share of the full learning rate at a step of the optimizer (from 1): up along a line to 1 with the last step of
 * the warm-up, then down to `end` with the last step of all, along a line or half a cosine (Loshchilov & Hutter 2017).
 * A function of the step alone, so that a run that goes on has the same rates.
 */
export function rateShareAt(
  schedule: NonNullable<PlanTrain['schedule']>,
  step: number,
  { perEpoch, epochs }: { perEpoch: number; epochs: number },
): number {
  const warmup = Math.min(schedule.warmup, epochs) * perEpoch;
  if (step < warmup) return step / warmup;
  const left = epochs * perEpoch - warmup;
  if (schedule.decay === 'constant' || left <= 0) return 1;
  const done = Math.min(1, (step - warmup) / left);
  const above = schedule.decay === 'linear' ? 1 - done : (1 + Math.cos(Math.PI * done)) / 2;
  return schedule.end + (1 - schedule.end) * above;
}
