/** One phase of training: epochs of one compiled step. */
import type { Plan } from '../../language/plan/format';
import type { Metrics } from '../../protocol/generated/run-event';
import { decodeNumber } from '../../protocol/runs/numbers';
import type { Tensors } from '../data/batches';
import { feedOf } from '../data/lengths';
import type { PreparedSplit } from '../data/prepared';
import { evaluateSplit } from '../evaluate/evaluate';
import { type TaskOutcome, taskMetrics } from '../evaluate/report';
import type { EventLog } from '../run/event-log';
import type { Adapter } from '../step/adapters';
import type { CompiledStep } from '../step/compile';
import { gradientNorm } from '../step/metrics';
import type { HostTensor, Session } from '../step/program';
import { rateShare } from '../step/rates';
import { merged } from './adapters';
import { checkLoss } from './divergence';
import type { Keeper } from './keeper';
import { mixedBatches } from './mix';
import type { Progress } from './progress';
import { rateShareAt } from './schedule';
import type { StopRule } from './stop-rule';
import type { StopSignal } from './stop-signal';
import { scalar, Tally } from './tally';

export interface Lane {
  train: PreparedSplit;
  validation: PreparedSplit | undefined;
}

/** What goes on from epoch to epoch, across phases. */
export interface Course {
  plan: Plan;
  log: EventLog;
  stop: StopSignal;
  progress: Progress;
  /** The datasets, in the order of the step's views. */
  lanes: Lane[];
  /** Judges epochs; without a stop rule in the plan only to mark the best. */
  rule: StopRule;
  /** Weights of the best epoch, where the plan has a stop rule. */
  best: Map<string, HostTensor> | undefined;
  /** Steps and whole epochs done so far. */
  step: number;
  epoch: number;
  /** Batches done of the epoch that has begun, and what they added up to. */
  batch: number;
  tally: Tally | undefined;
  /** Steps whose gradient was clipped. */
  clipped: number;
  /** Of the phase that is going on. */
  adapters: readonly Adapter[];
  /** Unless the plan wants no checkpoints. */
  keeper: Keeper | undefined;
}

export type PhaseEnd = 'done' | 'stopped early' | 'cancelled';

/** Trains the epochs after those that are done, up to `to`. Weights stay in the session. */
export async function trainPhase(
  course: Course,
  compiled: CompiledStep,
  session: Session,
  to: number,
): Promise<PhaseEnd> {
  if (hasToStop(course)) return 'stopped early';
  while (course.epoch < to) {
    const epoch = course.epoch + 1;
    const start = performance.now();
    const tally = await trainEpoch(course, compiled, session, epoch);
    if (!tally) return 'cancelled';
    const validation = await validate(course, compiled, session);
    if (course.stop.asked) return 'cancelled';
    const train = tally.metrics();
    const best = course.rule.judge(epoch, watched(course.rule.rule.when, train, validation));
    if (best && course.plan.train.stop) course.best = await weightsIn(course.plan, session, course.adapters);
    Object.assign(course, { epoch, batch: 0, tally: undefined });
    course.log.append({
      type: 'epoch_done',
      epoch,
      step: course.step,
      seconds: (performance.now() - start) / 1000,
      train,
      validation,
      best,
      seconds_left: course.progress.secondsLeft(course.step),
    });
    await course.keeper?.afterEpoch(course, session, best);
    if (hasToStop(course)) return 'stopped early';
  }
  return 'done';
}

function hasToStop({ plan, rule, epoch }: Course): boolean {
  return plan.train.stop !== undefined && epoch > 0 && rule.exhausted(epoch);
}

/** Undefined when somebody asked to stop. */
async function trainEpoch(
  course: Course,
  { step: { programs }, views }: CompiledStep,
  session: Session,
  epoch: number,
): Promise<Tally | undefined> {
  const { plan, lanes, progress, stop } = course;
  course.tally ??= new Tally(plan);
  const { tally } = course;
  const rows = lanes.map(({ train }) => train.rows);
  const batches = mixedBatches(rows, plan.train, epoch);
  const length = { perEpoch: batches.length, epochs: plan.train.epochs };
  const previous: Tensors[] = [];
  for (const { lane, rows, last } of batches.slice(course.batch)) {
    const view = views[lane]!;
    const name = last ? view.programs.train : view.programs.add;
    // A dataset whose tasks are frozen from end to end teaches nothing in this phase.
    const program = programs[name];
    if (!program) {
      course.batch += 1;
      continue;
    }
    const { schedule } = plan.train;
    // A step has read its batch when it ends, so the next one may lie there.
    const batch = feedOf(program, lanes[lane]!.train.tensors, rows, previous[lane]);
    previous[lane] = batch;
    if (rateShare in program.inputs && schedule)
      batch[rateShare] = scalarOf(rateShareAt(schedule, course.step + 1, length));
    const outputs = await session.run(name, batch);
    course.step += 1;
    await checkLoss(view.plan, plan, session, outputs, epoch, course.step);
    course.batch += 1;
    const norm = scalar(outputs, gradientNorm);
    if (norm > (plan.train.clip_norm ?? Number.POSITIVE_INFINITY)) course.clipped += 1;
    tally.add(outputs);
    progress.step(epoch, course.step, outputs, rows.length);
    await stop.breathe();
    if (stop.asked) return undefined;
    await course.keeper?.afterStep(course, session);
  }
  return tally;
}

const scalarOf = (value: number): HostTensor => ({
  dtype: 'float32',
  shape: [],
  data: Float32Array.of(value),
});

async function validate(
  course: Course,
  { step: { programs }, views }: CompiledStep,
  session: Session,
): Promise<Metrics | undefined> {
  const outcomes: TaskOutcome[] = [];
  for (const [lane, { validation }] of course.lanes.entries()) {
    if (!validation) continue;
    const { plan, programs: names } = views[lane]!;
    const program = programs[names.evaluate]!;
    outcomes.push(...(await evaluateSplit(plan, session, names.evaluate, program, validation, course.stop)));
  }
  if (outcomes.length === 0) return undefined;
  const loss = outcomes.reduce((sum, { task, loss: own }) => sum + task.weight * own, 0);
  const metrics: Metrics = { loss };
  for (const { task, outcome, loss: own } of outcomes) {
    for (const [name, value] of Object.entries(taskMetrics(task, outcome, own))) {
      metrics[`${task.name}.${name}`] = value;
    }
  }
  return metrics;
}

/** The value of `validation.sentiment.loss`, `train.loss`, …; NaN where it was not measured. */
function watched(when: string, train: Metrics, validation: Metrics | undefined): number {
  const [split, name] = [when.slice(0, when.indexOf('.')), when.slice(when.indexOf('.') + 1)];
  const value = (split === 'train' ? train : validation)?.[name];
  return value === undefined ? Number.NaN : decodeNumber(value);
}

/** Copies of all weights, by state name, with adapters merged in; the adapters' own halves come along. */
export async function weightsIn(
  plan: Plan,
  session: Session,
  adapters: readonly Adapter[],
): Promise<Map<string, HostTensor>> {
  const names = plan.graph.flatMap((node) => node.weights.map((weight) => `${node.part}/${weight.name}`));
  const halves = adapters.flatMap(({ a, b }) => [a.name, b.name]);
  return merged(await session.read([...new Set([...names, ...halves])]), adapters);
}
