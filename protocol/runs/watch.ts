/** All runs of a workspace, live: what the sidebar shows, whoever started them. */
import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import type { RunEvent } from '../generated/run-event';
import { advance, initialState, type RunState, setAlive } from './fold';
import { type Follower, followRun } from './follow';
import { newestFirst, readRecord, runNames } from './read';

export interface RunsListener {
  /** A run appeared, moved on or went away; `events` are the ones just folded in. */
  onChange(change: { id: string; state: RunState | undefined; events: RunEvent[] }): void;
  onError(error: Error): void;
}

const LOOK_MS = 1500;

/** Keeps the state of every run of one `.brique/runs` folder, which need not exist yet. */
export class RunsWatcher {
  readonly #runs = new Map<string, { state: RunState; follower: Follower }>();
  readonly #timer: NodeJS.Timeout;
  #watcher: FSWatcher | undefined;
  #looking = false;

  constructor(
    readonly folder: string,
    private readonly listener: RunsListener,
    lookMs = LOOK_MS,
  ) {
    this.#timer = setInterval(() => this.look(), lookMs);
    this.look();
  }

  /** Newest first. */
  all(): RunState[] {
    return [...this.#runs.values()].map((run) => run.state).sort(newestFirst);
  }

  get(id: string): RunState | undefined {
    return this.#runs.get(id)?.state;
  }

  folderOf(id: string): string {
    return join(this.folder, id);
  }

  /** Looks for new runs at once. */
  look(): void {
    if (this.#looking) return;
    this.#looking = true;
    this.#find()
      .catch((error: Error) => this.listener.onError(error))
      .finally(() => {
        this.#looking = false;
      });
  }

  close(): void {
    clearInterval(this.#timer);
    this.#watcher?.close();
    for (const { follower } of this.#runs.values()) follower.close();
    this.#runs.clear();
  }

  async #find(): Promise<void> {
    this.#watch();
    for (const name of await runNames(this.folder)) {
      if (this.#runs.has(name)) continue;
      const record = readRecord(join(this.folder, name));
      if (record) this.#follow(name, initialState(record));
    }
  }

  #watch(): void {
    if (this.#watcher) return;
    try {
      const watcher = watch(this.folder, () => this.look());
      watcher.on('error', () => this.#unwatch(watcher));
      this.#watcher = watcher;
    } catch {
      this.#watcher = undefined; // Not there yet: the timer looks again.
    }
  }

  #unwatch(watcher: FSWatcher): void {
    watcher.close();
    if (this.#watcher === watcher) this.#watcher = undefined;
  }

  #follow(id: string, state: RunState): void {
    const follower = followRun(this.folderOf(id), {
      onEvents: (events) => {
        for (const event of events) advance(state, event);
        this.listener.onChange({ id, state, events });
      },
      onAlive: (alive) => {
        setAlive(state, alive);
        this.listener.onChange({ id, state, events: [] });
      },
      onGone: () => {
        this.#runs.delete(id);
        this.listener.onChange({ id, state: undefined, events: [] });
      },
    });
    this.#runs.set(id, { state, follower });
    this.listener.onChange({ id, state, events: [] });
  }
}
