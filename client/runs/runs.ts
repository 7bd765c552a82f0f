import {
  type Disposable,
  EventEmitter,
  type LogOutputChannel,
  type WorkspaceFolder,
  workspace,
} from 'vscode';
import type { RunEvent } from '../../protocol/generated/run-event';
import type { RunState } from '../../protocol/runs/fold';
import { isRunning, newestFirst, runsFolder } from '../../protocol/runs/read';
import { RunsWatcher } from '../../protocol/runs/watch';

export interface Run {
  /** Its folder on disk, which is also what tells runs apart. */
  folder: string;
  root: WorkspaceFolder;
  /** Changes in place as events come. */
  state: RunState;
}

export interface RunChange {
  run: Run;
  kind: 'appeared' | 'moved on' | 'gone';
  /** Just folded in. */
  events: RunEvent[];
}

/** Every run of the workspace, live, whoever started it. */
export class Runs implements Disposable {
  readonly #changed = new EventEmitter<RunChange>();
  readonly #watchers = new Map<string, RunsWatcher>();
  readonly #runs = new Map<string, Run>();
  /** Followed, but not read yet: said of nobody until its first events are in. */
  readonly #unread = new Set<string>();
  readonly #subscription: Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(private readonly output: LogOutputChannel) {
    this.#subscription = workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      for (const folder of removed) this.#forget(folder);
      for (const folder of added) this.#watch(folder);
    });
    for (const folder of workspace.workspaceFolders ?? []) this.#watch(folder);
  }

  /** Newest first. */
  all(): Run[] {
    return [...this.#runs.values()].sort((a, b) => newestFirst(a.state, b.state));
  }

  running(): Run[] {
    return this.all().filter((run) => isRunning(run.state));
  }

  get(folder: string): Run | undefined {
    return this.#runs.get(folder);
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#changed.dispose();
  }

  #watch(root: WorkspaceFolder): void {
    if (root.uri.scheme !== 'file') return;
    const watcher = new RunsWatcher(runsFolder(root.uri.fsPath), {
      onChange: ({ id, state, events }) => this.#onChange(root, watcher.folderOf(id), state, events),
      onError: (error) => this.output.error(`Runs of ${root.name}: ${error.message}`),
    });
    this.#watchers.set(root.uri.toString(), watcher);
  }

  #forget(root: WorkspaceFolder): void {
    this.#watchers.get(root.uri.toString())?.close();
    this.#watchers.delete(root.uri.toString());
    for (const run of this.all()) if (run.root.uri.toString() === root.uri.toString()) this.#gone(run.folder);
  }

  #onChange(root: WorkspaceFolder, folder: string, state: RunState | undefined, events: RunEvent[]): void {
    if (!state) {
      this.#gone(folder);
      return;
    }
    const known = this.#runs.get(folder);
    if (!known && !this.#unread.has(folder)) {
      this.#unread.add(folder);
      return;
    }
    this.#unread.delete(folder);
    const run = known ?? { folder, root, state };
    this.#runs.set(folder, run);
    this.#changed.fire({ run, kind: known ? 'moved on' : 'appeared', events });
  }

  #gone(folder: string): void {
    this.#unread.delete(folder);
    const known = this.#runs.get(folder);
    if (!known) return;
    this.#runs.delete(folder);
    this.#changed.fire({ run: known, kind: 'gone', events: [] });
  }
}
