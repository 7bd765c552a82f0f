import { Disposable, EventEmitter, type Task, type TaskExecution, tasks, window } from 'vscode';
import { EXIT } from '../../protocol/command';
import type { Run, RunChange, Runs } from '../runs/runs';
import { type BriqueTaskDefinition, briqueDefinition, isFolderCommand } from './definition';

interface Launch {
  definition: BriqueTaskDefinition;
  /** Milliseconds since 1970. */
  since: number;
  pid?: number;
}

/** Clocks of the run's record and of this process are the same, but for rounding. */
const SLACK_MS = 1000;
/** Every run is seen this long after it began. */
const SEEN_MS = 3000;

/** Knows which runs this window started, by whatever way VS Code started their tasks. */
export class Launches implements Disposable {
  readonly #waiting = new Map<TaskExecution, Launch>();
  readonly #started = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #onStarted = new EventEmitter<Run>();
  readonly #subscriptions: Disposable;

  /** A task of this window has begun a run. */
  readonly onDidStart = this.#onStarted.event;

  constructor(runs: Runs) {
    this.#subscriptions = Disposable.from(
      tasks.onDidStartTask(({ execution }) => this.#expect(execution)),
      tasks.onDidStartTaskProcess(({ execution, processId }) => {
        const launch = this.#waiting.get(execution);
        if (launch) launch.pid = processId;
      }),
      tasks.onDidEndTaskProcess(({ execution, exitCode }) => this.#ended(execution, exitCode)),
      runs.onDidChange((change) => this.#onRun(change)),
    );
  }

  /** Whether a task of this window started the run. */
  isOurs(run: Run): boolean {
    return this.#started.has(run.folder);
  }

  async start(task: Task): Promise<void> {
    await tasks.executeTask(task);
  }

  dispose(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#subscriptions.dispose();
    this.#onStarted.dispose();
  }

  #expect(execution: TaskExecution): void {
    const definition = briqueDefinition(execution.task.definition);
    if (!definition || isFolderCommand(definition.command)) return;
    this.#waiting.set(execution, { definition, since: Date.now() });
  }

  #onRun({ run, kind }: RunChange): void {
    for (const [execution, launch] of this.#waiting) {
      const begun = launch.definition.resume === undefined ? kind === 'appeared' : kind === 'moved on';
      if (!begun || !belongs(run, launch)) continue;
      this.#waiting.delete(execution);
      this.#started.add(run.folder);
      this.#onStarted.fire(run);
      return;
    }
  }

  /**
   * A command that refuses (a model with errors, a missing file) says why in its terminal and makes no run. A short
   * run may end before it was seen.
   */
  #ended(execution: TaskExecution, exitCode: number | undefined): void {
    if (!this.#waiting.has(execution)) return;
    const refused = exitCode !== undefined && exitCode !== EXIT.fine && exitCode !== EXIT.cancelled;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (this.#waiting.delete(execution) && refused) complain(execution);
    }, SEEN_MS);
    this.#timers.add(timer);
  }
}

/** The terminal is in the background as long as all goes well. */
function complain({ task }: TaskExecution): void {
  window.terminals.find((terminal) => terminal.name.endsWith(task.name))?.show(true);
  void window.showErrorMessage(`Nothing was run: the terminal of "${task.name}" says why.`);
}

function belongs({ state: { record, updated = '' } }: Run, { definition, since, pid }: Launch): boolean {
  if (definition.resume !== undefined)
    return record.id === definition.resume && Date.parse(updated) >= since - SLACK_MS;
  if (record.process.pid === pid) return true;
  const { model, command } = definition;
  return (
    record.kind === command &&
    (record.model.file === model || record.model.name === model) &&
    Date.parse(record.created) >= since - SLACK_MS
  );
}
