/** Reads run folders. Whatever wrote them, and wherever: files are the interface. */
import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord } from '../generated/run';
import type { RunEvent } from '../generated/run-event';
import { validateRunEvent, validateRunRecord } from '../generated/validate';
import { advance, hasEnded, initialState, type RunState, setAlive } from './fold';
import { isAlive, isThisHost } from './process';

export const RECORD_FILE = 'run.json';
export const EVENTS_FILE = 'events.jsonl';
export const REPORT_FILE = 'report.json';
export const PLAN_FILE = 'plan.json';
/** Whoever creates this file in a run's folder asks the run to stop. */
export const STOP_FILE = 'stop';

/** A run on another host counts as alive this long after its newest event. */
const REMOTE_SILENCE_MS = 120_000;

export function runsFolder(root: string): string {
  return join(root, '.brique', 'runs');
}

/** Undefined where there is no readable record: not a run, or one that is being created right now. */
export function readRecord(folder: string): RunRecord | undefined {
  const text = readOrUndefined(join(folder, RECORD_FILE));
  const read = text === undefined ? undefined : recordOf(text);
  return typeof read === 'string' ? undefined : read;
}

/** What a record's text says, or why it says nothing. */
function recordOf(text: string): RunRecord | string {
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch (error) {
    return `${RECORD_FILE} is not JSON: ${(error as SyntaxError).message}`;
  }
  if (validateRunRecord(record)) return record;
  const [first] = validateRunRecord.errors ?? [];
  const where = first?.instancePath ? ` at ${first.instancePath.slice(1).replaceAll('/', '.')}` : '';
  return `${RECORD_FILE} is no record of a run${first ? `:${where} it ${first.message}` : ''}`;
}

/** Cuts appended text into events. A last line without its newline is kept until the rest of it comes. */
export class EventLines {
  #rest = '';
  readonly #decoder = new TextDecoder('utf-8');

  /** Lines that are no events are left out: a reader cannot mend them. */
  push(bytes: Uint8Array): RunEvent[] {
    const lines = (this.#rest + this.#decoder.decode(bytes, { stream: true })).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.flatMap(parseEvent);
  }
}

function parseEvent(line: string): RunEvent[] {
  if (line.trim() === '') return [];
  try {
    const event: unknown = JSON.parse(line);
    return validateRunEvent(event) ? [event] : [];
  } catch {
    return [];
  }
}

const CHUNK = 1 << 20;

/** The whole state of a run, from its folder. Undefined where there is no run. */
export function readRun(folder: string): RunState | undefined {
  const record = readRecord(folder);
  if (!record) return undefined;
  const state = initialState(record);
  const lines = new EventLines();
  readFrom(join(folder, EVENTS_FILE), 0, (bytes) => {
    for (const event of lines.push(bytes)) advance(state, event);
  });
  setAlive(state, runIsAlive(folder, record));
  return state;
}

/** All runs of a folder, newest first. What cannot be read as a run is left out. */
export async function listRuns(runs: string): Promise<{ folder: string; state: RunState }[]> {
  const found: { folder: string; state: RunState }[] = [];
  for (const name of await runNames(runs)) {
    const folder = join(runs, name);
    const state = readRun(folder);
    if (state) found.push({ folder, state });
  }
  return found.sort((a, b) => newestFirst(a.state, b.state));
}

/** A folder with a record that cannot be read. */
export interface BrokenRun {
  id: string;
  folder: string;
  /** What is wrong, for people. */
  why: string;
}

/** Runs that `listRuns` leaves out because their record is damaged, by name. */
export async function brokenRuns(runs: string): Promise<BrokenRun[]> {
  const names = (await runNames(runs)).sort();
  return names.flatMap((id): BrokenRun[] => {
    const folder = join(runs, id);
    const text = readOrUndefined(join(folder, RECORD_FILE));
    const read = text === undefined ? undefined : recordOf(text);
    return typeof read === 'string' ? [{ id, folder, why: read }] : [];
  });
}

export function newestFirst(a: RunState, b: RunState): number {
  if (a.record.created !== b.record.created) return a.record.created < b.record.created ? 1 : -1;
  return a.record.id < b.record.id ? 1 : a.record.id > b.record.id ? -1 : 0;
}

/** Names of the folders that may be runs; none where the folder does not exist. */
export async function runNames(runs: string): Promise<string[]> {
  try {
    const entries = await readdir(runs, { withFileTypes: true });
    return entries.filter((e) => e.isDirectory() && !e.name.startsWith('.')).map((e) => e.name);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Whether somebody still works on the run. One that wrote `run_ended` needs no process; ask `hasEnded` first. */
export function runIsAlive(folder: string, record: RunRecord): boolean {
  if (isThisHost(record.process)) return isAlive(record.process);
  try {
    return Date.now() - statSync(join(folder, EVENTS_FILE)).mtimeMs < REMOTE_SILENCE_MS;
  } catch {
    return false;
  }
}

export function isRunning(state: RunState): boolean {
  return !hasEnded(state) && state.status !== 'interrupted';
}

/**
 * Hands over the bytes of a file from an offset on, in chunks; returns the offset after them. A file that is not
 * there has none; a file that became shorter was replaced, which `replaced` says.
 */
export function readFrom(
  file: string,
  offset: number,
  onBytes: (bytes: Uint8Array) => void,
): { offset: number; replaced: boolean; missing: boolean } {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    if (isMissing(error)) return { offset, replaced: false, missing: true };
    throw error;
  }
  try {
    if (fstatSync(descriptor).size < offset) return { offset: 0, replaced: true, missing: false };
    const buffer = Buffer.allocUnsafe(CHUNK);
    for (;;) {
      const count = readSync(descriptor, buffer, 0, CHUNK, offset);
      if (count === 0) return { offset, replaced: false, missing: false };
      offset += count;
      onBytes(buffer.subarray(0, count));
    }
  } finally {
    closeSync(descriptor);
  }
}

export function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function readOrUndefined(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
