/** What the command asks of the training process, and what that answers; both over the channel between them. */
import type { Plan } from '../language/plan/format';
import type { EngineChoice } from '../protocol/command';
import type { RunRecord } from '../protocol/generated/run';
import type { Failure } from '../protocol/generated/run-event';

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
  /** To evaluate: the split; without it the plan's. */
  on?: string;
}

export type TrainerAnswer =
  /** The run's folder is there; all else is in its events. */
  | { type: 'created'; id: string; folder: string }
  /** It did not come to a run, or the run could not write its own end. */
  | { type: 'refused'; failure: Failure };
