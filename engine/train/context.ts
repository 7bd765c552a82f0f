import type { Plan } from '../../language/plan/format';
import type { Checkpoint } from '../run/checkpoints';
import type { EventLog } from '../run/event-log';
import type { RunFolder } from '../run/folder';
import type { Executor } from '../step/program';
import type { StopSignal } from './stop-signal';

/** What a run works with. */
export interface RunContext {
  plan: Plan;
  /** The workspace's root. */
  root: string;
  folder: RunFolder;
  log: EventLog;
  executor: Executor;
  stop: StopSignal;
  /** Where an earlier process of this run was; undefined where training begins. */
  from?: Checkpoint;
}
