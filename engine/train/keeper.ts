/** When the state of training is kept, and how it is taken up again. */
import type { PlanCheckpoint } from '../../language/plan/format';
import { decodeNumber, encodeNumber } from '../../protocol/runs/numbers';
import type { Checkpoint, Checkpoints } from '../run/checkpoints';
import type { HostTensor, Session } from '../step/program';
import type { Course } from './phase';
import { Tally } from './tally';

/** Within long epochs no more than so much work is lost. */
const EVERY_MS = 60_000;

export class Keeper {
  #kept = performance.now();

  constructor(
    readonly checkpoints: Checkpoints,
    readonly policy: PlanCheckpoint,
  ) {}

  async afterEpoch(course: Course, session: Session, best: boolean): Promise<void> {
    const { policy } = this;
    const due = policy.keep === 'best' ? best : course.epoch % policy.every === 0;
    if (due) await this.keep(course, session);
  }

  async afterStep(course: Course, session: Session): Promise<void> {
    if (performance.now() - this.#kept >= EVERY_MS) await this.keep(course, session);
  }

  /** Keeps the state as it is. One with numbers that are not finite is no state to go on from. */
  async keep(course: Course, session: Session): Promise<void> {
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
    this.checkpoints.save({ position, state, best }, this.policy.keep === 'best' ? 1 : this.policy.keep);
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
