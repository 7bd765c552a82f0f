/** From a request to a finished run. */
import type { Plan } from '../language/plan/format';
import type { RunRecord } from '../protocol/generated/run';
import type { Failure, RunEnded } from '../protocol/generated/run-event';
import { cacheFolder, FileHashes, hashText } from './data/cache';
import { sourceFiles } from './data/sources';
import { evaluateRun, evaluationPlan } from './evaluate/evaluation';
import { EngineFailure, failureOf } from './failure';
import type { TrainerRequest } from './request';
import type { EventLog } from './run/event-log';
import { RunFolder } from './run/folder';
import { engineOf, makeRecord } from './run/record';
import { ExecutionError, UnsupportedByEngine } from './step/errors';
import type { Executor } from './step/program';
import type { RunContext } from './train/context';
import { Stopped, type StopSignal } from './train/stop-signal';
import { Training } from './train/training';

export interface RunHost {
  /** The folder is there, and its first event is next. */
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
  const start = performance.now();
  const { plan, of } = await resolve(request);
  const created = new Date();
  const folder = RunFolder.create(request.root, plan.model.name, created);
  const record = await makeRecord({
    id: folder.id,
    kind: request.kind,
    root: request.root,
    plan,
    created,
    executor: executor.description,
    hashes: dataHashes(request.root, plan),
    settings: request.settings,
    of,
  });
  const log = begin(folder, record, plan);
  stop.folder = folder.path;
  host.onCreated?.(folder);
  log.append({
    type: 'run_started',
    run: folder.id,
    engine: engineOf(executor.description),
    epochs: request.kind === 'train' ? plan.train.epochs : 0,
    parts: plan.parts.map(({ name }) => name),
    tasks: plan.tasks.map(({ name }) => name),
  });
  if (host.note) {
    log.append({ type: 'message', level: 'warning', code: 'engine-fallback', text: host.note });
  }
  const context = { plan, root: request.root, folder, log, executor, stop };
  const end = request.kind === 'train' ? await trained(context) : await evaluated(context, of!);
  log.append({ type: 'run_ended', ...end, seconds: (performance.now() - start) / 1000 });
  return folder;
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
  if (kind === 'train') return { plan, of: undefined };
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
    if (status === 'cancelled') await training.salvage();
    return { status, ...reached() };
  } catch (error) {
    const end = endBy(error, context.plan);
    await training.salvage().catch((reason: unknown) => {
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

/** Files that are not there have no hash here; preparing the data says so. */
function dataHashes(root: string, plan: TrainerRequest['plan']): Record<string, string> {
  const hashes = new FileHashes(cacheFolder(root));
  const result: Record<string, string> = {};
  for (const data of plan.data) {
    try {
      const files = Object.entries(sourceFiles(data));
      const content = files.map(([name, paths]) => [name, paths.map((path) => hashes.of(path))]);
      result[data.alias] = hashText(JSON.stringify(content));
    } catch (error) {
      if (!(error instanceof EngineFailure)) throw error;
    }
  }
  hashes.save();
  return result;
}
