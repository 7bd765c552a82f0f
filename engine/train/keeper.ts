/** When the state of training is kept, and how it is taken up again. */
import type { Plan, PlanCheckpoint } from '../../language/plan/format';
import { decodeNumber, encodeNumber } from '../../protocol/runs/numbers';
import { type Checkpoint, Checkpoints } from '../run/checkpoints';
import type { RunFolder } from '../run/folder';
import type { HostTensor, Session } from '../step/program';
import type { Course } from './phase';
import { Tally } from './tally';

/** Within long epochs no more than so much work is lost. */
const WITHIN_MS = 60_000;
/** Without a policy: not more often than this, */
const OFTEN_MS = 2000;
/** nor so often that it takes more than a fiftieth of the time. */
const SHARE = 0.02;

/** What a slow disk takes, until it is measured. */
const BYTES_PER_MS = 64_000;

export class Keeper {
  #kept = performance.now();
  /** How long it took the last time, in milliseconds. */
  #cost: number;

  /**
   * Without a `policy`, the newest state is kept at the end of an epoch where enough time has gone by. `bytes`: how large
   * about a state is.
   */
  constructor(
    readonly checkpoints: Checkpoints,
    readonly policy: Exclude<PlanCheckpoint, { keep: 'none' }> | undefined,
    bytes: number,
  ) {
    this.#cost = bytes / BYTES_PER_MS;
  }

  /** The keeper that a plan asks for. */
  static of(plan: Plan, folder: RunFolder): Keeper | undefined {
    const policy = plan.train.checkpoint;
    if (policy?.keep === 'none') return undefined;
    const shapes = plan.graph.flatMap(({ weights }) => weights.map(({ shape }) => shape));
    const numbers = shapes.reduce((sum, shape) => sum + shape.reduce((all, size) => all * size, 1), 0);
    // Most optimizers keep two numbers beside each weight; each has 4 bytes.
    return new Keeper(new Checkpoints(folder), policy, numbers * 3 * 4);
  }

  async afterEpoch(course: Course, session: Session, best: boolean): Promise<void> {
    const { policy } = this;
    const due = !policy
      ? this.#isDue(OFTEN_MS)
      : 'every' in policy
        ? course.epoch % policy.every === 0
        : best;
    if (due) await this.keep(course, session);
  }

  async afterStep(course: Course, session: Session): Promise<void> {
    if (this.#isDue(WITHIN_MS)) await this.keep(course, session);
  }

  #isDue(often: number): boolean {
    return performance.now() - this.#kept >= Math.max(often, this.#cost / SHARE);
  }

  /** After training: where nobody asked for checkpoints, there is nothing left to go on from. */
  done(): void {
    if (!this.policy) this.checkpoints.clear();
  }

  /** Keeps the state as it is. One with numbers that are not finite is no state to go on from. */
  async keep(course: Course, session: Session): Promise<void> {
    const start = performance.now();
    const state = await session.read();
    this.#kept = performance.now();
    if (!allFinite(state)) return;
    const { epoch, step, batch, rule, tally, best, clipped } = course;
    const position = {
      epoch,
      step,
      batch,
      tally: tally?.snapshot() ?? [],
      clipped,
      bestEpoch: rule.bestEpoch,
      ...(rule.best === undefined ? {} : { best: encodeNumber(rule.best) }),
    };
    const { policy } = this;
    this.checkpoints.save({ position, state, best }, policy && 'every' in policy ? policy.keep : 1);
    this.#kept = performance.now();
    this.#cost = this.#kept - start;
  }
}

/** Puts a course where a checkpoint was made. */
export function goOn(course: Course, { position, best }: Checkpoint): void {
  course.epoch = position.epoch;
  course.step = position.step;
  course.batch = position.batch;
  course.clipped = position.clipped;
  course.best = best;
  course.rule.goOn(position.bestEpoch, position.best === undefined ? undefined : decodeNumber(position.best));
  if (position.batch === 0) return;
  course.tally = new Tally(course.plan);
  course.tally.restore(position.tally);
}

export function allFinite(state: Map<string, HostTensor>): boolean {
  return [...state.values()].every(({ data }) => data.every(Number.isFinite));
}
