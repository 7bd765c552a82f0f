/** Follows one run while it is written. */
import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import type { RunEvent } from '../generated/run-event';
import { EVENTS_FILE, EventLines, readFrom, readRecord, runIsAlive } from './read';

export interface FollowListener {
  /** New events, in order, each once; the first batch holds those that were there already. */
  onEvents(events: RunEvent[]): void;
  /** Whether the process lives, when that changes; said only of runs that have not ended. */
  onAlive?(alive: boolean): void;
  /** The folder was deleted. Nothing follows. */
  onGone?(): void;
}

export interface Follower {
  close(): void;
}

/** File watching may miss changes (network drives, deleted folders), so a slow look goes along with it. */
const POLL_MS = 1000;
/** A run that has ended only can be deleted; looked for this many times more rarely. */
const ENDED_FACTOR = 10;
/** Appends that come close together are read together. */
const GATHER_MS = 50;

/** Starts to follow at once; the first events come on a later tick. */
export function followRun(folder: string, listener: FollowListener, pollMs = POLL_MS): Follower {
  const file = join(folder, EVENTS_FILE);
  let lines = new EventLines();
  let offset = 0;
  let next = 0;
  let ended = false;
  let alive: boolean | undefined;
  let closed = false;
  let watcher: FSWatcher | undefined;
  let gather: NodeJS.Timeout | undefined;
  let poll: NodeJS.Timeout | undefined;

  function look(): void {
    gather = undefined;
    clearTimeout(poll);
    if (closed) return;
    poll = setTimeout(look, ended ? pollMs * ENDED_FACTOR : pollMs);
    const fresh: RunEvent[] = [];
    const result = readFrom(file, offset, (bytes) => {
      for (const event of lines.push(bytes)) if (event.seq >= next) fresh.push(event);
    });
    offset = result.offset;
    if (result.replaced) lines = new EventLines();
    const last = fresh.at(-1);
    if (last) {
      next = last.seq + 1;
      for (const { type } of fresh) ended = type === 'run_ended' || (ended && type !== 'run_resumed');
      listener.onEvents(fresh);
    }
    if (closed) return;
    const record = readRecord(folder);
    if (!record && result.missing) {
      gone();
      return;
    }
    if (record && !ended) {
      const now = runIsAlive(folder, record);
      if (now !== alive) listener.onAlive?.(now);
      alive = now;
    }
  }

  function gone(): void {
    close();
    listener.onGone?.();
  }

  function soon(): void {
    if (!closed) gather ??= setTimeout(look, GATHER_MS);
  }

  function close(): void {
    closed = true;
    clearTimeout(poll);
    clearTimeout(gather);
    watcher?.close();
  }

  try {
    watcher = watch(folder, soon);
    // A watcher that breaks (the folder went away) leaves the work to the slow look.
    watcher.on('error', () => watcher?.close());
  } catch {
    watcher = undefined;
  }
  soon();
  return { close };
}
