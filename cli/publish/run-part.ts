/** The run whose weights are published, and the part of it that is the brick. */

import { join } from 'node:path';
import { readJson } from '../../engine/data/cache';
import { nearest } from '../../language/names/nearest';
import type { Plan, PlanPart } from '../../language/plan/format';
import type { RunState } from '../../protocol/runs/fold';
import { PLAN_FILE } from '../../protocol/runs/read';
import { statusText } from '../../protocol/runs/words';
import type { CommonOptions } from '../options';
import { allRuns } from '../pick';
import { refused } from './reasons';

type Listed = Awaited<ReturnType<typeof allRuns>>[number];

export interface RunPart {
  folder: string;
  run: RunState;
  plan: Plan;
  part: PlanPart;
}

/** A run by its id, by a part of its start that is clear, by its model's name, or `latest`: the newest that trained the brick. */
export async function runPart(
  brick: string,
  reference: string,
  name: string | undefined,
  options: CommonOptions,
): Promise<RunPart> {
  const runs = await allRuns(options);
  const { folder, state } = trained(found(runs, reference, brick), runs);
  const { id } = state.record;
  if (!isDone(state)) {
    refused(
      'run-not-completed',
      `The run ${id} did not complete: it is ${statusText(state).toLowerCase()}`,
      'Train the model again, or name another run; brique runs lists them.',
    );
  }
  const plan = readJson<Plan>(join(folder, PLAN_FILE));
  if (plan?.format !== 1) return refused('run-broken', `The plan of the run ${id} cannot be read`);
  return { folder, run: state, plan, part: partOf(plan, brick, id, name) };
}

function isDone({ status }: RunState): boolean {
  return status === 'completed' || status === 'stopped early';
}

function found(runs: Listed[], reference: string, brick: string): Listed {
  const exact = runs.find(({ state }) => state.record.id === reference);
  if (exact) return exact;
  const trainedIt = ({ state: { record } }: Listed) =>
    record.kind === 'train' &&
    record.bricks.some(({ module, train }) => module === brick && train !== 'frozen');
  const done = runs.filter((each) => trainedIt(each) && isDone(each.state));
  const newest = done.find(({ state }) => reference === 'latest' || state.record.model.name === reference);
  if (newest) return newest;
  const starting = runs.filter(({ state }) => state.record.id.startsWith(reference));
  if (starting.length === 1) return starting[0]!;
  if (starting.length > 1) {
    const ids = starting.map(({ state }) => state.record.id).join(', ');
    return refused('run-unclear', `${reference} may mean several runs: ${ids}`);
  }
  const meant = nearest(
    reference,
    runs.map(({ state }) => state.record.id),
  );
  return refused(
    'run-not-found',
    reference === 'latest'
      ? `No run has trained ${brick} to its end`
      : `There is no run ${reference}${meant ? `; did you mean ${meant}?` : ''}`,
    done.length > 0
      ? `These trained it: ${done
          .slice(0, 3)
          .map(({ state }) => state.record.id)
          .join(', ')}.`
      : `Train a model that uses ${brick} first.`,
  );
}

/** The run that an evaluation took its weights from. */
function trained(run: Listed, runs: Listed[]): Listed {
  const { kind, of, id } = run.state.record;
  if (kind === 'train') return run;
  const source = runs.find(({ state }) => state.record.id === of);
  return source ?? refused('run-not-found', `${id} evaluated the run ${of}, which is no longer there`);
}

function partOf(plan: Plan, brick: string, run: string, name: string | undefined): PlanPart {
  const parts = plan.parts.filter(({ module }) => module === brick);
  const all = plan.parts.map((part) => `${part.name} (${part.module})`).join(', ');
  if (parts.length === 0)
    return refused('part-missing', `The run ${run} has no part of ${brick}`, `It has ${all}.`);
  const chosen = name === undefined ? parts : parts.filter((part) => part.name === name);
  if (chosen.length === 1) return chosen[0]!;
  const names = parts.map((part) => part.name).join(', ');
  return chosen.length === 0
    ? refused('part-missing', `The run ${run} has no part ${name} of ${brick}`, `It has ${names}.`)
    : refused(
        'part-unclear',
        `The run ${run} has several parts of ${brick}: ${names}`,
        'Name one with --part.',
      );
}
