import type { Plan } from '../../language/plan/format';
import type { RunRecord } from '../../protocol/generated/run';
import type { RunState } from '../../protocol/runs/fold';
import { isRunning, readRun } from '../../protocol/runs/read';
import { sourceFiles } from '../data/sources';
import { fail } from '../failure';
import { changeOf, type DataHash } from './data-hashes';
import { findRun } from './find';
import { RunFolder } from './folder';
import { RunLock } from './lock';
import { movedPlan } from './moved';

export interface Resumable {
  folder: RunFolder;
  record: RunRecord;
  /** As it was when the run began, with the files where they lie now. */
  plan: Plan;
  /** The run is this process's until it is released. */
  lock: RunLock;
}

/** A run that can go on. Fails where there is none of that id, it still runs, or nothing is left to do. */
export async function resumable(root: string, id: string): Promise<Resumable> {
  const found = await findRun(root, id);
  const lock = RunLock.take(found.folder, found.state.record.id);
  try {
    // Whoever had the lock before may have ended the run.
    const state = readRun(found.folder) ?? found.state;
    demandUnfinished(state);
    const folder = RunFolder.open(found.folder);
    return { folder, record: state.record, plan: movedPlan(folder.plan, state.record, root), lock };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function demandUnfinished(state: RunState): void {
  const { record } = state;
  if (record.kind !== 'train') fail('run-not-training', `Run ${record.id} evaluated; only training goes on`);
  if (isRunning(state)) {
    fail('run-alive', `Run ${record.id} is still running`, {
      help: `Its process is ${record.process.pid} on ${record.process.host}.`,
    });
  }
  if (state.status === 'completed' || state.status === 'stopped early') {
    fail('run-complete', `Run ${record.id} is complete: nothing is left to do`, {
      help: `Train it anew: brique train ${record.model.name}`,
    });
  }
}

/** Other data would make another run of it. */
export function checkData(record: RunRecord, plan: Plan, hashes: Record<string, DataHash>): void {
  const changed = record.data.filter(({ alias, hash }) => hash !== '' && hashes[alias]?.hash !== hash);
  const [first] = changed;
  if (!first) return;
  const data = plan.data.find(({ alias }) => alias === first.alias);
  // Fails with the file that is gone, where that is why.
  if (data && hashes[first.alias] === undefined) sourceFiles(data);
  const change = changeOf(first.files, hashes[first.alias]?.files);
  fail(
    'data-changed',
    `The files of dataset ${first.name} are not those that run ${record.id} began with${change ? ` (${change})` : ''}, so it cannot go on`,
    {
      help: `Restore them, or train anew: brique train ${record.model.name}`,
      ...(data ? { file: data.at.file, line: data.at.line } : {}),
    },
  );
}
