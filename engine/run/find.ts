import { join } from 'node:path';
import type { RunState } from '../../protocol/runs/fold';
import { initialState } from '../../protocol/runs/fold';
import { newestFirst, readRecord, readRun, runNames, runsFolder } from '../../protocol/runs/read';
import { fail } from '../failure';

export interface FoundRun {
  folder: string;
  state: RunState;
}

/** A run by its id, or the newest completed training run of a model. Fails, saying which runs there are. */
export async function findRun(root: string, reference: string): Promise<FoundRun> {
  const runs = runsFolder(root);
  const byId = await exact(runs, reference);
  if (byId) return byId;
  const trained = await trainingRuns(runs);
  for (const { folder, record } of trained) {
    if (record.model.name !== reference) continue;
    const state = readRun(folder);
    if (state?.status === 'completed' || state?.status === 'stopped early') return { folder, state };
  }
  const names = [...new Set(trained.map(({ record }) => record.model.name))].sort();
  return fail(
    'run-not-found',
    `There is no completed run of ${reference}, and no run with that id, in ${runs}`,
    {
      help: names.includes(reference)
        ? `Its runs did not complete; train it again: brique train ${reference}`
        : `Train it first: brique train ${reference}${names.length > 0 ? ` (there are runs of ${names.join(', ')})` : ''}`,
    },
  );
}

async function exact(runs: string, id: string): Promise<FoundRun | undefined> {
  if (!(await runNames(runs)).includes(id)) return undefined;
  const folder = join(runs, id);
  const state = readRun(folder);
  return state && { folder, state };
}

async function trainingRuns(runs: string) {
  const found = (await runNames(runs)).flatMap((name) => {
    const folder = join(runs, name);
    const record = readRecord(folder);
    return record?.kind === 'train' ? [{ folder, record }] : [];
  });
  return found.sort((a, b) => newestFirst(initialState(a.record), initialState(b.record)));
}
