/** From a request to a finished run. */
import type { Plan } from '../language/plan/format';
import type { RunRecord } from '../protocol/generated/run';
import type { Failure, RunEnded } from '../protocol/generated/run-event';
import { thisProcess } from '../protocol/runs/process';
import { evaluateRun, evaluationPlan } from './evaluate/evaluation';
import { failureOf } from './failure';
import type { TrainerRequest } from './request';
import { Checkpoints } from './run/checkpoints';
import { dataHashes } from './run/data-hashes';
import type { EventLog } from './run/event-log';
import { RunFolder } from './run/folder';
import { engineOf, makeRecord } from './run/record';
import { checkData, type Resumable, resumable } from './run/resumable';
import { takenUp } from './run/taken-up';
import { ExecutionError, UnsupportedByEngine } from './step/errors';
import type { Executor } from './step/program';
import type { RunContext } from './train/context';
import { pinned } from './train/pinned';
import { Stopped, type StopSignal } from './train/stop-signal';
import { Training } from './train/training';

export interface RunHost {
  /** The folder is there, and what this process does with it comes next. */
  onCreated?(folder: RunFolder): void;
  /** Something about the executor that a person may not expect. */
  note?: string;
}

/**
 * Makes one run: its folder, its record, its events to the last. Throws only where the run cannot begin, or where its
 * own end cannot be written.
 */
export async function makeRun(
  request: TrainerRequest,
  executor: Executor,
  stop: StopSignal,
  host: RunHost = {},
): Promise<RunFolder> {
  if (request.resume !== undefined) return resumeRun(request, request.resume, executor, stop, host);
  const start = performance.now();
  const { plan, of } = await resolve(request);
  const hashes = dataHashes(request.root, plan);
  const from = request.from && (await takenUp(request.root, request.from, plan, hashes));
  const created = new Date();
  const folder = RunFolder.create(request.root, plan.model.name, created);
  const record = await makeRecord({
    id: folder.id,
    kind: request.kind,
    root: request.root,
    plan,
    created,
    executor: executor.description,
    hashes,
    settings: request.settings,
    of,
  });
  const log = begin(folder, record, plan);
  stop.folder = folder.path;
  host.onCreated?.(folder);
  log.append({
    ...started(folder.id, executor, plan),
    epochs: request.kind === 'train' ? plan.train.epochs : 0,
  });
  if (host.note) {
    log.append({ type: 'message', level: 'warning', code: 'engine-fallback', text: host.note });
  }
  if (from) {
    const { epoch } = from.position;
    const text = `Up to epoch ${epoch} it is what run ${request.from} did, and goes on from there`;
    log.append({ type: 'message', level: 'info', code: 'taken-up', text });
  }
  const context = { plan, root: request.root, folder, log, executor, stop, ...(from ? { from } : {}) };
  const end = request.kind === 'train' ? await trained(context) : await evaluated(context, of!);
  log.append({ type: 'run_ended', ...end, seconds: (performance.now() - start) / 1000 });
  return folder;
}

/** Goes on with a run, in its folder, from its newest sound checkpoint; from its beginning where it has none. */
async function resumeRun(
  { root }: TrainerRequest,
  id: string,
  executor: Executor,
  stop: StopSignal,
  host: RunHost,
): Promise<RunFolder> {
  const before = await resumable(root, id);
  try {
    return await goOn(before, root, executor, stop, host);
  } finally {
    before.lock.release();
  }
}

async function goOn(
  before: Resumable,
  root: string,
  executor: Executor,
  stop: StopSignal,
  host: RunHost,
): Promise<RunFolder> {
  const start = performance.now();
  const { folder, plan } = before;
  const record = { ...before.record, engine: engineOf(executor.description), process: thisProcess() };
  checkData(before.record, plan, dataHashes(root, plan));
  const damaged: string[] = [];
  const from = new Checkpoints(folder).newest((_, why) => damaged.push(why));
  const log = folder.takeOver(record);
  stop.folder = folder.path;
  const say = (text: string, code: string) => log.append({ type: 'message', level: 'warning', code, text });
  if (log.next === 0) log.append(started(record.id, executor, plan));
  const { epoch, step } = from?.position ?? { epoch: 0, step: 0 };
  log.append({ type: 'run_resumed', engine: record.engine, epoch, step });
  // Whoever follows the run from here on sees that what came before is no news.
  host.onCreated?.(folder);
  for (const why of damaged) say(`A checkpoint cannot be used: ${why}`, 'checkpoint-damaged');
  if (damaged.length > 0) {
    const text = from
      ? `The run goes on from an earlier one, at step ${step}`
      : 'There is no other, so the run begins again';
    say(text, 'checkpoint-before');
  }
  if (host.note) say(host.note, 'engine-fallback');
  if (before.record.engine.executor !== record.engine.executor) {
    say(
      `The run began on ${before.record.engine.executor} and goes on on ${record.engine.executor}: its numbers differ in the last digits`,
      'executor-differs',
    );
  }
  const end = await trained({ plan, root, folder, log, executor, stop, from });
  log.append({ type: 'run_ended', ...end, seconds: (performance.now() - start) / 1000 });
  return folder;
}

function started(run: string, executor: Executor, plan: Plan) {
  return {
    type: 'run_started' as const,
    run,
    engine: engineOf(executor.description),
    epochs: plan.train.epochs,
    parts: plan.parts.map(({ name }) => name),
    tasks: plan.tasks.map(({ name }) => name),
  };
}

/** A folder in which the run could not begin is no use to anybody. */
function begin(folder: RunFolder, record: RunRecord, plan: Plan): EventLog {
  try {
    return folder.begin(record, plan);
  } catch (error) {
    folder.discard();
    throw error;
  }
}

async function resolve({ kind, plan, root, run, on }: TrainerRequest) {
  if (kind === 'train') return { plan: await pinned(plan, root), of: undefined };
  const evaluation = await evaluationPlan(root, plan, run, on);
  return { plan: evaluation.plan, of: evaluation.run.state.record.id };
}

type End = Omit<RunEnded, 'seq' | 'time' | 'type' | 'seconds'>;

async function trained(context: RunContext): Promise<End> {
  const training = new Training(context);
  const reached = () => ({
    epochs: training.course?.epoch ?? 0,
    best_epoch: training.course?.rule.bestEpoch || undefined,
  });
  try {
    const status = await training.run();
    if (status === 'cancelled') await training.pause();
    return { status, ...reached() };
  } catch (error) {
    const end = endBy(error, context.plan);
    await (end.status === 'cancelled' ? training.pause() : training.salvage()).catch((reason: unknown) => {
      context.log.append({
        type: 'message',
        level: 'warning',
        text: `The weights so far could not be kept: ${failureOf(reason).message}`,
      });
    });
    return { ...end, ...reached() };
  } finally {
    training.close();
  }
}

async function evaluated(context: RunContext, of: string): Promise<End> {
  try {
    await evaluateRun(context, of);
    return { status: 'completed' };
  } catch (error) {
    return endBy(error, context.plan);
  }
}

function endBy(error: unknown, plan: Plan): End {
  if (error instanceof Stopped) return { status: 'cancelled' };
  const failure = placedFailure(error, plan);
  // What nobody foresaw is for those who mend it; what was foreseen is said in the failure.
  if (failure.code === 'internal') console.error(error);
  return { status: 'failed', failure };
}

/** Faults of a step, at the place in the sources that they came from. */
function placedFailure(error: unknown, plan: Plan): Failure {
  if (error instanceof UnsupportedByEngine) {
    return {
      code: 'unsupported-by-engine',
      message: error.message,
      file: error.at.file,
      line: error.at.line,
    };
  }
  if (error instanceof ExecutionError && error.node !== undefined) {
    const at = plan.graph.find(({ id }) => id === error.node)?.at;
    return {
      code: 'execution-failed',
      message: `${error.node} could not be computed: ${error.message}`,
      ...(at ? { file: at.file, line: at.line } : {}),
    };
  }
  return failureOf(error);
}
