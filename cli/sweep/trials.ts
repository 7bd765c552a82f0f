import { EventEmitter } from 'node:events';
import { availableParallelism } from 'node:os';
import type { TrainerRequest } from '../../engine/request';
import type { Plan } from '../../language/plan/format';
import type { RunState } from '../../protocol/runs/fold';
import { launchHooked } from '../hooked';
import type { Setting } from '../options';
import { note } from '../output';
import { settingsRecord } from '../settings';

/** One run of a sweep; without a plan, the checker refused its settings. */
export interface Trial {
  settings: Setting[];
  plan?: Plan;
  /** The run of the round before, which did the same for fewer epochs. */
  from?: string;
  folder?: string;
  state?: RunState;
  value?: number;
  /** Why it came to no result. */
  failure?: string;
}

type Request = Pick<TrainerRequest, 'root' | 'engine' | 'device'>;

export interface Listener {
  started(trial: Trial): void;
  ended(trial: Trial): void;
}

/**
 * Makes the runs of some trials, several at a time. One that fails leaves the others alone. Whoever cancels, cancels all
 * that are running, and no more begin: false.
 */
export async function runTrials(
  trials: Trial[],
  jobs: number,
  request: Request,
  listener: Listener,
): Promise<boolean> {
  shareProcessors(jobs);
  const waiting = trials.filter(({ plan }) => plan !== undefined);
  let cancelled = false;
  const work = async () => {
    for (let trial = waiting.shift(); trial && !cancelled; trial = waiting.shift()) {
      listener.started(trial);
      cancelled = (await runTrial(trial, request)) || cancelled;
      listener.ended(trial);
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, waiting.length) }, work));
  return !cancelled;
}

/** True where it was cancelled. */
async function runTrial(trial: Trial, request: Request): Promise<boolean> {
  const { plan, settings, from } = trial;
  const end = await launchHooked(
    { kind: 'train', plan: plan!, ...request, settings: settingsRecord(settings), from },
    { onCreated() {}, onProgress() {}, onCancelling() {} },
    note,
  );
  const failure = end.ended ? (end.state.failure ?? end.failure) : end.failure;
  if (end.ended) Object.assign(trial, { folder: end.folder, state: end.state });
  if (failure) trial.failure = failure.message;
  else if (end.ended && end.state.status === 'interrupted') trial.failure = 'its process was killed';
  return end.cancelled || (end.ended && end.state.status === 'cancelled');
}

/** Runs side by side share the processors instead of fighting for them; what a person has set stays. */
function shareProcessors(jobs: number): void {
  if (jobs > 1)
    process.env.TF_NUM_INTRAOP_THREADS ??= String(Math.max(1, Math.floor(availableParallelism() / jobs)));
  // Each run listens for signals.
  EventEmitter.setMaxListeners(Math.max(EventEmitter.defaultMaxListeners, jobs + 10), process);
}
