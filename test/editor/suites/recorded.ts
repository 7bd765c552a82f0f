/** Writes run folders as an engine does, event by event, so that views can be watched at any moment of a run. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRecord } from '../../../protocol/generated/run';
import type { RunEvent } from '../../../protocol/generated/run-event';
import { startTime, thisProcess } from '../../../protocol/runs/process';
import { EVENTS_FILE, RECORD_FILE, runsFolder } from '../../../protocol/runs/read';
import { record } from '../../panel/runs';
import { root } from './support';

export class RecordedRun {
  readonly folder: string;

  /** Without a process of its own, a run belongs to this one, which lives. */
  constructor(
    readonly id: string,
    process: RunRecord['process'] = thisProcess(),
    changes: Partial<RunRecord> = {},
  ) {
    this.folder = join(runsFolder(root().uri.fsPath), id);
    mkdirSync(this.folder, { recursive: true });
    const created = new Date().toISOString();
    const content = record({ id, created, process, ...changes });
    writeFileSync(join(this.folder, RECORD_FILE), JSON.stringify(content));
  }

  write(events: readonly RunEvent[]): void {
    const time = new Date().toISOString();
    const lines = events.map((event) => `${JSON.stringify({ ...event, time })}\n`);
    appendFileSync(join(this.folder, EVENTS_FILE), lines.join(''));
  }

  delete(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A process that does nothing until it is killed, and how a record names it. */
export async function idleProcess(): Promise<{ child: ChildProcess; named: RunRecord['process'] }> {
  const script = 'process.stdout.write("up"); process.stdin.resume()';
  const child = spawn(process.execPath, ['-e', script], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  await once(child.stdout!, 'data');
  const pid = child.pid!;
  return { child, named: { ...thisProcess(), pid, started: startTime(pid) ?? '' } };
}
