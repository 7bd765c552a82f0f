/**
 * Messages between the extension and a run's panel. All are plain JSON. The panel posts `ready` once it listens
 * (and again after every reload of its frame); the extension answers with `show`, then sends `events` in batches,
 * at most about ten a second. The panel folds them in with `advance`, as everybody does.
 */
import type { RunEvent } from './generated/run-event';
import type { RunState } from './runs/fold';

export type ToPanel =
  /** The whole state so far, and whether its process lives. */
  | { type: 'show'; state: RunState }
  | { type: 'events'; events: RunEvent[] }
  | { type: 'alive'; alive: boolean }
  /** The run's folder was deleted; what the panel shows stays. */
  | { type: 'gone' };

/** What a person may open from the panel. */
export type PanelTarget =
  | { what: 'model' }
  | { what: 'folder' }
  /** A file of the run folder, such as `report.json`. */
  | { what: 'file'; file: string }
  /** A source file, as a failure names it. */
  | { what: 'source'; file: string; line?: number };

export type FromPanel =
  | { type: 'ready' }
  /** Asks the run to stop; with `force`, ends its process if that runs on this machine. */
  | { type: 'stop'; force?: boolean }
  /** Starts the model once more, or an evaluation of this run. */
  | { type: 'start'; command: 'train' | 'evaluate' }
  /** Goes on with a run that did not come to its end. */
  | { type: 'resume' }
  | { type: 'open'; target: PanelTarget }
  /** Something went wrong in the panel's own script. */
  | { type: 'error'; message: string };
