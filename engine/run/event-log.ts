import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { RunEvent } from '../../protocol/generated/run-event';
import { EVENTS_FILE } from '../../protocol/runs/read';

type Without<T, Keys extends string> = T extends unknown ? Omit<T, Keys> : never;
/** An event before it has its number and its time. */
export type NewEvent = Without<RunEvent, 'seq' | 'time'>;

/** Appends events to a run's `events.jsonl`. Each is one write, so readers see whole lines. */
export class EventLog {
  readonly #descriptor: number;
  #seq = 0;
  #length = 0;
  #ended = false;

  constructor(folder: string) {
    this.#descriptor = openSync(join(folder, EVENTS_FILE), 'ax');
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Throws where the line cannot be written whole (a full disk); what was written of it is taken back. */
  append(event: NewEvent): void {
    if (this.#ended) throw new Error(`event ${event.type} after the end of the run`);
    const { type, ...rest } = event;
    const line = { seq: this.#seq, time: new Date().toISOString(), type, ...rest };
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(this.#descriptor, bytes, written);
    } catch (error) {
      if (written > 0) ftruncateSync(this.#descriptor, this.#length);
      throw error;
    }
    this.#length += bytes.length;
    this.#seq += 1;
    if (event.type !== 'run_ended') return;
    this.#ended = true;
    fsyncSync(this.#descriptor);
    closeSync(this.#descriptor);
  }
}
