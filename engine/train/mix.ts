import type { PlanTrain } from '../../language/plan/format';
import { batchRows } from '../data/batches';

export interface MixedBatch {
  /** Which dataset the rows are of. */
  lane: number;
  rows: Int32Array;
  /** The optimizer moves after it; before that, gradients only add up. */
  last: boolean;
}

/**
 * One epoch over several datasets: every row once, so that each dataset has a share as large as it is, evenly mixed.
 * Batches whose gradients add up stay together. A function of seed and epoch alone.
 */
export function mixedBatches(
  rows: readonly number[],
  { batch, accumulate = 1, seed }: Pick<PlanTrain, 'batch' | 'accumulate' | 'seed'>,
  epoch: number,
): MixedBatch[] {
  const groups = rows.flatMap((count, lane) => {
    const batches = [...batchRows(count, batch, { seed, epoch, stream: lane })];
    const own = Array.from({ length: Math.ceil(batches.length / accumulate) }, (_, group) =>
      batches.slice(group * accumulate, (group + 1) * accumulate),
    );
    return own.map((members, index) => ({ lane, members, at: (index + 0.5) / own.length }));
  });
  return groups
    .sort((a, b) => a.at - b.at || a.lane - b.lane)
    .flatMap(({ lane, members }) =>
      members.map((each, i) => ({ lane, rows: each, last: i === members.length - 1 })),
    );
}
