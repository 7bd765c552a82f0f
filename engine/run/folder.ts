/** A run's folder: made once, then only added to. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Plan } from '../../language/plan/format';
import type { RunRecord } from '../../protocol/generated/run';
import type { Report } from '../../protocol/generated/run-event';
import { PLAN_FILE, RECORD_FILE, REPORT_FILE, runsFolder, STOP_FILE } from '../../protocol/runs/read';
import { readJson, writeAtomically, writeDurably } from '../data/cache';
import { fail } from '../failure';
import { makeFolder } from '../make-folder';
import { EventLog } from './event-log';

/** As `writeAtomically` and `writeDurably` name what they have not finished. */
const TEMPORARY = /\.\d+\.[0-9a-f]{8}$/;

export class RunFolder {
  private constructor(
    readonly id: string,
    readonly path: string,
  ) {}

  /** Makes `.brique/runs/<model>-YYYYMMDD-HHMMSS`; with `-2`, `-3`, … when a run of that name started in that second. */
  static create(root: string, model: string, now: Date): RunFolder {
    const runs = runsFolder(root);
    makeFolder(runs);
    const stem = `${model.replace(/[^\w.-]+/g, '-')}-${stamp(now)}`;
    for (let attempt = 1; ; attempt++) {
      const id = attempt === 1 ? stem : `${stem}-${attempt}`;
      const path = join(runs, id);
      try {
        mkdirSync(path); // Not recursive: it must not be there yet.
        return new RunFolder(id, path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  }

  /** Writes the plan, then the record, which makes the folder a run to its readers; opens the events. */
  begin(record: RunRecord, plan: Plan): EventLog {
    writeFileSync(join(this.path, PLAN_FILE), `${JSON.stringify(plan, undefined, 2)}\n`);
    const log = new EventLog(this.path);
    writeAtomically(join(this.path, RECORD_FILE), `${JSON.stringify(record, undefined, 2)}\n`);
    return log;
  }

  /** A run that is there already, to go on with it. */
  static open(path: string): RunFolder {
    return new RunFolder(basename(path), path);
  }

  /** What the run was to do when it began. */
  get plan(): Plan {
    const plan = readJson<Plan>(join(this.path, PLAN_FILE));
    if (plan?.format === 1) return plan;
    return fail('run-broken', `The plan of run ${this.id} cannot be read`, {
      help: 'Train the model again.',
    });
  }

  /** Takes a run over, for the process and engine that the record names; events go on after the last whole one. */
  takeOver(record: RunRecord): EventLog {
    rmSync(join(this.path, STOP_FILE), { force: true });
    // What a killed process was writing has no name yet.
    for (const name of readdirSync(this.path, { recursive: true, encoding: 'utf8' })) {
      if (TEMPORARY.test(name)) rmSync(join(this.path, name), { force: true });
    }
    writeAtomically(join(this.path, RECORD_FILE), `${JSON.stringify(record, undefined, 2)}\n`);
    return EventLog.goOn(this.path);
  }

  /** Takes back a folder in which the run never began. */
  discard(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  /** Writes a file below the folder, whole or not at all. */
  write(name: string, content: Uint8Array | string): void {
    if (!existsSync(this.path)) fail('run-deleted', `The folder of the run was deleted: ${this.path}`);
    const file = join(this.path, name);
    makeFolder(join(file, '..'));
    writeDurably(file, content);
  }

  writeReport(report: Report): void {
    this.write(REPORT_FILE, `${JSON.stringify(report, undefined, 2)}\n`);
  }
}

/** Local time, as people name folders. */
function stamp(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  return `${day}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
}
