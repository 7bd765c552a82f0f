import type { Plan, TrainMode, TrainPhase } from '../../language/plan/format';

/** Epochs during which every part trains in the same way; each needs a step of its own. */
export interface Stretch {
  /** The first epoch, from 1. */
  from: number;
  /** The last epoch. */
  to: number;
  /** By part. */
  modes: Record<string, TrainMode>;
}

/** Cuts the epochs of a plan where a part's phase changes. */
export function stretches(plan: Plan): Stretch[] {
  const starts = new Set([1]);
  for (const part of plan.parts) {
    let epoch = 1;
    for (const { epochs } of part.train.slice(0, -1)) {
      epoch += epochs ?? 0;
      if (epoch <= plan.train.epochs) starts.add(epoch);
    }
  }
  const sorted = [...starts].sort((a, b) => a - b);
  return sorted.map((from, i) => ({
    from,
    to: (sorted[i + 1] ?? plan.train.epochs + 1) - 1,
    modes: Object.fromEntries(plan.parts.map((part) => [part.name, modeAt(part.train, from)])),
  }));
}

/** The phase of an epoch; the last one lasts until the end. */
function modeAt(phases: TrainPhase[], epoch: number): TrainMode {
  let end = 0;
  for (const phase of phases.slice(0, -1)) {
    end += phase.epochs ?? 0;
    if (epoch <= end) return phase;
  }
  return phases.at(-1) ?? { mode: 'full' };
}
