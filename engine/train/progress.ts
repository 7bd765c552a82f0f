import type { Plan } from '../../language/plan/format';
import type { EventLog } from '../run/event-log';
import { type Outputs, Tally } from './tally';

/** Tells of steps often enough to look live, and not more often. */
const EVERY_MS = 100;

/** Reports steps at most about ten a second, with the means since the last report and the time that is left. */
export class Progress {
  readonly #start = performance.now();
  #reported = Number.NEGATIVE_INFINITY;
  #tally: Tally;
  #examples = 0;
  #since = performance.now();

  /** `steps`: expected in the whole run; `done`: those of an earlier process, which say nothing of the time left. */
  constructor(
    readonly plan: Plan,
    readonly log: EventLog,
    readonly steps: number,
    readonly done = 0,
  ) {
    this.#tally = new Tally(plan);
  }

  step(epoch: number, step: number, outputs: Outputs, examples: number): void {
    this.#tally.add(outputs);
    this.#examples += examples;
    const now = performance.now();
    if (now - this.#reported < EVERY_MS) return;
    const seconds = (now - this.#since) / 1000;
    this.log.append({
      type: 'step_done',
      epoch,
      step,
      steps: this.steps,
      metrics: this.#tally.metrics(),
      examples_per_second: seconds > 0 ? Math.round(this.#examples / seconds) : undefined,
      seconds_left: this.secondsLeft(step),
    });
    this.#reported = now;
    this.#since = now;
    this.#examples = 0;
    this.#tally = new Tally(this.plan);
  }

  /** If the rest goes as what went before, validation included. */
  secondsLeft(step: number): number | undefined {
    if (step <= this.done) return undefined;
    const seconds = (performance.now() - this.#start) / 1000;
    return Math.round((seconds / (step - this.done)) * Math.max(0, this.steps - step) * 100) / 100;
  }
}
