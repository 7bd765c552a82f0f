import { join } from 'node:path';
import type { RunRecord } from '../protocol/generated/run';
import { readRecord, runNames, runsFolder } from '../protocol/runs/read';

export interface KnownRun {
  folder: string;
  record: RunRecord;
}

/** The records of runs, each read once: they are written once. */
export class RunRecords {
  readonly #known = new Map<string, RunRecord>();

  /** All runs below these roots. */
  async all(roots: Iterable<string>): Promise<KnownRun[]> {
    const found: KnownRun[] = [];
    for (const root of new Set(roots)) {
      const runs = runsFolder(root);
      for (const name of await runNames(runs)) {
        const folder = join(runs, name);
        const record = this.#known.get(folder) ?? readRecord(folder);
        if (!record) continue;
        this.#known.set(folder, record);
        found.push({ folder, record });
      }
    }
    return found;
  }
}
