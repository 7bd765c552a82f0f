/** What the command asks of the training process, and what that answers; both over the channel between them. */
import type { Place, Plan, PlanTest } from '../language/plan/format';
import type { EngineChoice } from '../protocol/command';
import type { RunRecord } from '../protocol/generated/run';
import type { Failure } from '../protocol/generated/run-event';
import type { ProbeResult } from './probe/probe';
import type { ExecutorDescription } from './step/program';

export interface TrainerRequest {
  kind: RunRecord['kind'];
  plan: Plan;
  /** The workspace's root: the run goes to its `.brique/runs`. */
  root: string;
  engine: EngineChoice;
  device?: string;
  settings: RunRecord['settings'];
  /** To evaluate: the run's id; without it the newest completed one. */
  run?: string;
  /** To go on: the run's id; its own plan counts, not `plan`. */
  resume?: string;
  /** To train: the id of a run that did the same for fewer epochs, and left a checkpoint to begin from. */
  from?: string;
  /** To evaluate: the split; without it the plan's. */
  on?: string;
}

export type TrainerAnswer =
  /** The run's folder is there; all else is in its events. */
  | { type: 'created'; id: string; folder: string }
  /** It did not come to a run, or the run could not write its own end. */
  | { type: 'refused'; failure: Failure };

/** Comes before another request, to load the engine while that is still being made; has no answer of its own. */
export interface PrepareRequest {
  kind: 'prepare';
  engine: EngineChoice;
  device?: string;
}

/** Tests of bricks, one after the other in one process. */
export interface TestRequest {
  kind: 'test';
  engine: EngineChoice;
  device?: string;
  tests: { at: Place; test: PlanTest }[];
}

/** What an engine is and computes on, tried out by a product of two matrices. */
export interface RuntimeRequest {
  kind: 'runtime';
  engine: EngineChoice;
  device?: string;
}

export type RuntimeAnswer =
  | { type: 'runtime'; description: ExecutorDescription }
  | { type: 'refused'; failure: Failure };

export type TestAnswer =
  | { type: 'test_started'; index: number }
  | { type: 'test_ended'; index: number; seconds: number; result: ProbeResult }
  | { type: 'refused'; failure: Failure };
