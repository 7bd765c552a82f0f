/** Finds the runs that a person names. */
import { resolve } from 'node:path';
import { nearest } from '../language/names/nearest';
import { EXIT } from '../protocol/command';
import { brokenRuns, listRuns, runsFolder } from '../protocol/runs/read';
import { workspaceRoot } from '../registry/root';
import { CommandFailure } from './failure';
import type { CommonOptions } from './options';

type Listed = Awaited<ReturnType<typeof listRuns>>[number];

export async function allRuns(options: CommonOptions): Promise<Listed[]> {
  return listRuns(runsFolder(rootOf(options)));
}

export function rootOf(options: CommonOptions): string {
  return resolve(options.root ?? workspaceRoot(process.cwd(), process.cwd()));
}

export async function pickRun(options: CommonOptions, id: string): Promise<Listed> {
  return (await pickRuns(options, [id]))[0]!;
}

/** Runs as `pick` finds them; fails with what is wrong where the record of one is damaged. */
export async function pickRuns(options: CommonOptions, ids: string[]): Promise<Listed[]> {
  const broken = await brokenRuns(runsFolder(rootOf(options)));
  for (const { id, why } of broken) {
    if (ids.includes(id)) throw new CommandFailure(`Run ${id} cannot be read: ${why}`);
  }
  const runs = await allRuns(options);
  return ids.map((id) => pick(runs, id));
}

/** A run by its id, by a part of its start that is clear, or `latest`. */
export function pick(runs: Listed[], id: string): Listed {
  if (id === 'latest' && runs[0]) return runs[0];
  const exact = runs.find(({ state }) => state.record.id === id);
  const starting = runs.filter(({ state }) => state.record.id.startsWith(id));
  if (exact) return exact;
  if (starting.length === 1) return starting[0]!;
  const ids = runs.map(({ state }) => state.record.id);
  if (starting.length > 1) {
    const which = starting.map(({ state }) => state.record.id).join(', ');
    throw new CommandFailure(`${id} may mean several runs: ${which}`);
  }
  const meant = nearest(id, ids);
  throw new CommandFailure(
    `There is no run ${id}${meant ? `; did you mean ${meant}?` : ''}`,
    EXIT.misuse,
    ids.length > 0 ? 'brique runs lists them.' : `There are no runs here; brique train makes one.`,
  );
}
