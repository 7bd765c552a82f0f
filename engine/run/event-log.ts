import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { RunEvent } from '../../protocol/generated/run-event';
import { EVENTS_FILE, EventLines, readFrom } from '../../protocol/runs/read';

type Without<T, Keys extends string> = T extends unknown ? Omit<T, Keys> : never;
/** An event before it has its number and its time. */
export type NewEvent = Without<RunEvent, 'seq' | 'time'>;

const NEWLINE = 10;

/** Appends events to a run's `events.jsonl`. Each is one write, so readers see whole lines. */
export class EventLog {
  readonly #descriptor: number;
  #seq: number;
  #length: number;
  #ended = false;

  constructor(folder: string, descriptor = openSync(join(folder, EVENTS_FILE), 'ax'), seq = 0, length = 0) {
    this.#descriptor = descriptor;
    this.#seq = seq;
    this.#length = length;
  }

  /**
   * Goes on with the events of a run. A line that was torn when its process ended is closed, so that it stays by itself:
   * readers leave out what is no event.
   */
  static goOn(folder: string): EventLog {
    const file = join(folder, EVENTS_FILE);
    const lines = new EventLines();
    let [seq, last] = [0, NEWLINE];
    const { offset } = readFrom(file, 0, (bytes) => {
      for (const event of lines.push(bytes)) seq = event.seq + 1;
      last = bytes.at(-1) ?? last;
    });
    const log = new EventLog(folder, openSync(file, 'a'), seq, offset);
    if (last !== NEWLINE) log.#write(Buffer.of(NEWLINE));
    return log;
  }

  /** The number of the next event. */
  get next(): number {
    return this.#seq;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Throws where the line cannot be written whole (a full disk); what was written of it is taken back. */
  append(event: NewEvent): void {
    if (this.#ended) throw new Error(`event ${event.type} after the end of the run`);
    const { type, ...rest } = event;
    const line = { seq: this.#seq, time: new Date().toISOString(), type, ...rest };
    this.#write(Buffer.from(`${JSON.stringify(line)}\n`));
    this.#seq += 1;
    if (event.type !== 'run_ended') return;
    this.#ended = true;
    fsyncSync(this.#descriptor);
    closeSync(this.#descriptor);
  }

  #write(bytes: Uint8Array): void {
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(this.#descriptor, bytes, written);
    } catch (error) {
      if (written > 0) ftruncateSync(this.#descriptor, this.#length);
      throw error;
    }
    this.#length += bytes.length;
  }
}
