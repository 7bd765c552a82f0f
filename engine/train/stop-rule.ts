import type { PlanTrain } from '../../language/plan/format';

/** Early stopping: which epoch was the best, and when to give up waiting for a better one. */
export class StopRule {
  bestEpoch = 0;
  #best: number | undefined;

  constructor(readonly rule: NonNullable<PlanTrain['stop']>) {}

  /** The value of the best epoch so far. */
  get best(): number | undefined {
    return this.#best;
  }

  /** Goes on from what an earlier process knew. */
  goOn(bestEpoch: number, best: number | undefined): void {
    this.bestEpoch = bestEpoch;
    this.#best = best;
  }

  /** True when this epoch is the best so far. A value that is not a number never is. */
  judge(epoch: number, value: number): boolean {
    const { mode, min_delta: delta } = this.rule;
    const better =
      !Number.isNaN(value) &&
      (this.#best === undefined ||
        (mode === 'min' ? value < this.#best - delta : value > this.#best + delta));
    if (!better) return false;
    this.#best = value;
    this.bestEpoch = epoch;
    return true;
  }

  /** True after `patience` epochs without a better one. */
  exhausted(epoch: number): boolean {
    return epoch - this.bestEpoch >= this.rule.patience;
  }
}
