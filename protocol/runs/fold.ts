/** What a run is at, computed from its record and its events; the same in the sidebar, the panel and the terminal. */

import type { RunRecord } from '../generated/run';
import type {
  Engine,
  Failure,
  Metrics,
  PhaseStarted,
  Report,
  RunEvent,
  RunResumed,
  StepCompiled,
} from '../generated/run-event';
import { decodeNumber, type EncodedNumber } from './numbers';
import { addPoint, cutAfter, emptySeries, type Series } from './series';

export type RunStatus =
  | 'starting'
  | 'running'
  | 'completed'
  | 'stopped early'
  | 'cancelled'
  | 'failed'
  | 'interrupted';

/** The curves of one metric. */
export interface MetricCurves {
  /** Within epochs, averaged where there are many steps. */
  steps: Series;
  /** Over the training split, one point per epoch. */
  train: Series;
  /** Over the validation split, one point per epoch. */
  validation: Series;
}

export interface Headline {
  /** Such as `sentiment.accuracy`. */
  name: string;
  value: EncodedNumber;
  /** The split that it was measured on: `test`, `validation`, `train`. */
  split: string;
}

export interface EpochRow {
  epoch: number;
  step: number;
  seconds: number;
  train: Metrics;
  validation?: Metrics;
  best: boolean;
}

/** Plain JSON. Grows with epochs only: curves have a bounded length. */
export interface RunState {
  record: RunRecord;
  status: RunStatus;
  /** `seq` of the next event; events below it have been folded in. */
  next: number;
  engine: Engine;
  phase?: PhaseStarted['phase'];
  phaseText?: string;
  /** Whole epochs that were done when the run was last taken up again. */
  resumed?: number;
  /** How many messages came before that. */
  messagesBefore?: number;
  epoch: number;
  epochs: number;
  step: number;
  steps: number;
  secondsLeft?: number;
  examplesPerSecond?: number;
  /** From the first to the newest event; the run's own figure once it has ended. */
  seconds: number;
  started?: string;
  /** Time of the newest event. */
  updated?: string;
  headline?: Headline;
  /** By metric name. */
  curves: Record<string, MetricCurves>;
  epochsDone: EpochRow[];
  bestEpoch?: number;
  data: { data: string; split: string; examples: number; cached: boolean; seconds: number }[];
  compiled?: Pick<StepCompiled, 'parameters' | 'trainable' | 'primitives' | 'seconds' | 'parts' | 'memory'>;
  weights: { part: string; file: string; sha256: string }[];
  messages: { level: 'info' | 'warning' | 'error'; text: string; time: string; code?: string }[];
  report?: Report;
  failure?: Failure;
}

export function initialState(record: RunRecord): RunState {
  return {
    record,
    status: 'starting',
    next: 0,
    engine: record.engine,
    epoch: 0,
    epochs: 0,
    step: 0,
    steps: 0,
    seconds: 0,
    curves: {},
    epochsDone: [],
    data: [],
    weights: [],
    messages: [],
  };
}

/** The state after all these events. */
export function foldRun(record: RunRecord, events: Iterable<RunEvent>): RunState {
  const state = initialState(record);
  for (const event of events) advance(state, event);
  return state;
}

const ENDED: Record<'completed' | 'stopped_early' | 'cancelled' | 'failed', RunStatus> = {
  completed: 'completed',
  stopped_early: 'stopped early',
  cancelled: 'cancelled',
  failed: 'failed',
};

/** Folds one more event in, in place. An event that was folded before (by `seq`) changes nothing. */
export function advance(state: RunState, event: RunEvent): void {
  if (event.seq < state.next) return;
  state.next = event.seq + 1;
  state.started ??= event.time;
  state.updated = event.time;
  state.seconds = Math.max(0, (Date.parse(event.time) - Date.parse(state.started)) / 1000);
  if (state.status === 'starting' || state.status === 'interrupted') state.status = 'running';

  switch (event.type) {
    case 'run_started':
      state.engine = event.engine;
      state.epochs = event.epochs;
      break;
    case 'run_resumed':
      resume(state, event);
      break;
    case 'phase_started':
      state.phase = event.phase;
      state.phaseText = event.text;
      break;
    case 'data_prepared': {
      const { data, split, examples, cached, seconds } = event;
      state.data.push({ data, split, examples, cached, seconds });
      break;
    }
    case 'step_compiled': {
      const { parameters, trainable, primitives, seconds, parts, memory } = event;
      state.compiled = { parameters, trainable, primitives, seconds, parts, memory };
      break;
    }
    case 'step_done':
      state.epoch = event.epoch;
      state.step = event.step;
      state.steps = event.steps;
      state.secondsLeft = event.seconds_left;
      state.examplesPerSecond = event.examples_per_second;
      for (const [name, value] of Object.entries(event.metrics)) {
        addPoint(curvesOf(state, name).steps, event.step, decodeNumber(value));
      }
      break;
    case 'epoch_done': {
      const { epoch, step, seconds, train, validation, best } = event;
      state.epoch = epoch;
      state.step = step;
      if (event.seconds_left !== undefined) state.secondsLeft = event.seconds_left;
      if (best) state.bestEpoch = epoch;
      state.epochsDone.push({ epoch, step, seconds, train, validation, best });
      for (const [name, value] of Object.entries(train)) {
        addPoint(curvesOf(state, name).train, step, decodeNumber(value));
      }
      for (const [name, value] of Object.entries(validation ?? {})) {
        addPoint(curvesOf(state, name).validation, step, decodeNumber(value));
      }
      const measured = headlineOf(validation ?? train, validation ? 'validation' : 'train');
      if (measured && !state.report) state.headline = measured;
      break;
    }
    case 'weights_saved': {
      const { part, file, sha256 } = event;
      state.weights = [...state.weights.filter((w) => w.part !== part), { part, file, sha256 }];
      break;
    }
    case 'message': {
      const { level, text, time, code } = event;
      state.messages.push({ level, text, time, code });
      break;
    }
    case 'evaluated':
      state.report = event.report;
      state.headline = headlineOf(flatMetrics(event.report), event.report.split) ?? state.headline;
      break;
    case 'run_ended':
      state.status = ENDED[event.status];
      state.seconds = event.seconds;
      state.secondsLeft = undefined;
      state.phase = undefined;
      state.phaseText = undefined;
      state.failure = event.failure;
      if (event.best_epoch !== undefined) state.bestEpoch = event.best_epoch;
      break;
  }
}

/** What came after the place that the run goes on from does not count. */
function resume(state: RunState, { engine, epoch, step }: RunResumed): void {
  state.status = 'running';
  state.engine = engine;
  state.resumed = epoch;
  state.messagesBefore = state.messages.length;
  Object.assign(state, { epoch, step, data: [], failure: undefined, report: undefined });
  state.epochsDone = state.epochsDone.filter((row) => row.epoch <= epoch);
  state.bestEpoch = state.epochsDone.findLast(({ best }) => best)?.epoch;
  for (const { steps, train, validation } of Object.values(state.curves)) {
    for (const series of [steps, train, validation]) cutAfter(series, step);
  }
}

/** Whether the run may be taken up again: a training that did not come to its end, and that nobody works on. */
export function canResume({ record, status }: RunState): boolean {
  return (
    record.kind === 'train' && (status === 'interrupted' || status === 'cancelled' || status === 'failed')
  );
}

export function hasEnded(state: RunState): boolean {
  return state.status !== 'starting' && state.status !== 'running' && state.status !== 'interrupted';
}

/** Says whether the run's process still lives: a run that has not ended and has no process was interrupted. */
export function setAlive(state: RunState, alive: boolean): void {
  if (hasEnded(state)) return;
  if (!alive) state.status = 'interrupted';
  else if (state.status === 'interrupted') state.status = state.next > 0 ? 'running' : 'starting';
}

/** A report's metrics as one map: `task.metric`. */
export function flatMetrics(report: Report): Metrics {
  const metrics: Metrics = {};
  for (const [task, { metrics: own }] of Object.entries(report.tasks)) {
    for (const [name, value] of Object.entries(own)) metrics[`${task}.${name}`] = value;
  }
  return metrics;
}

/** The first metric that is no loss and no task's weight, else the loss. */
function headlineOf(metrics: Metrics, split: string): Headline | undefined {
  const names = Object.keys(metrics);
  const name = names.find((n) => n !== 'loss' && !/\.(loss|weight)$/.test(n)) ?? names[0];
  return name === undefined ? undefined : { name, value: metrics[name]!, split };
}

function curvesOf(state: RunState, name: string): MetricCurves {
  let curves = state.curves[name];
  if (!curves) {
    curves = { steps: emptySeries(), train: emptySeries(), validation: emptySeries() };
    state.curves[name] = curves;
  }
  return curves;
}
