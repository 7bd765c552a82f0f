/** One process at a time goes on with a run. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRecord } from '../../protocol/generated/run';
import { isAlive, isThisHost, thisProcess } from '../../protocol/runs/process';
import { EVENTS_FILE } from '../../protocol/runs/read';
import { fail } from '../failure';

type Owner = RunRecord['process'];

const NAME = /^lock\.(\d+)$/;

/** A lock that cannot be read is being written, or its process was killed then. */
const WRITING_MS = 10_000;

/** A process on another host counts as gone when the run has been silent for so long. */
const SILENCE_MS = 120_000;

/**
 * Files `lock.1`, `lock.2`, … in the run's folder, each made at once or not at all and naming its process. The newest
 * counts. Whose process is gone stays, so that of several that take over only one can make the next.
 */
export class RunLock {
  private constructor(private readonly file: string) {}

  /** Fails where another process has the run. */
  static take(folder: string, id: string): RunLock {
    for (;;) {
      const newest = Math.max(0, ...numbersIn(folder));
      if (newest > 0) refuseIfHeld(folder, newest, id);
      const file = join(folder, `lock.${newest + 1}`);
      try {
        writeFileSync(file, `${JSON.stringify(thisProcess())}\n`, { flag: 'wx' });
        return new RunLock(file);
      } catch (error) {
        // Somebody was faster, and is looked at next.
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  }

  release(): void {
    rmSync(this.file, { force: true });
  }
}

function numbersIn(folder: string): number[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => Number(NAME.exec(name)?.[1] ?? []));
}

function refuseIfHeld(folder: string, number: number, id: string): void {
  const file = join(folder, `lock.${number}`);
  const owner = ownerOf(file);
  if (owner === 'gone' || (typeof owner === 'object' && !holds(owner, folder, file))) return;
  fail('run-alive', `Run ${id} is still running, or another process goes on with it`, {
    help:
      owner === 'unknown'
        ? 'Try again in a few seconds.'
        : `Its process is ${owner.pid} on ${owner.host}.${isThisHost(owner) ? '' : ` If that is gone, delete ${file}.`}`,
  });
}

function ownerOf(file: string): Owner | 'gone' | 'unknown' {
  try {
    const owner = JSON.parse(readFileSync(file, 'utf8')) as Partial<Owner> | null;
    const { pid, host, started } = owner ?? {};
    if (typeof pid === 'number' && typeof host === 'string' && typeof started === 'string')
      return { pid, host, started };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'gone';
    if (!(error instanceof SyntaxError)) throw error;
  }
  return changedWithin(file, WRITING_MS) ? 'unknown' : 'gone';
}

function holds(owner: Owner, folder: string, file: string): boolean {
  if (isThisHost(owner)) return isAlive(owner);
  return changedWithin(file, SILENCE_MS) || changedWithin(join(folder, EVENTS_FILE), SILENCE_MS);
}

function changedWithin(file: string, ms: number): boolean {
  const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return changed !== undefined && Date.now() - changed < ms;
}
