/** A run that only evaluates: the weights of an earlier run on a split. */

import { join } from 'node:path';
import type { Plan } from '../../language/plan/format';
import { PLAN_FILE } from '../../protocol/runs/read';
import { readJson } from '../data/cache';
import { fail } from '../failure';
import { type FoundRun, findRun } from '../run/find';
import { movedPlan } from '../run/moved';
import { compileStep } from '../step/compile';
import { initialState } from '../step/initial';
import { phasesOf } from '../step/phases';
import type { RunContext } from '../train/context';
import { type ReadyDataset, readyData, splitNamed } from '../train/data';
import { cacheFrozen } from '../train/frozen';
import { loadParts } from '../train/parts';
import { evaluateAll } from './evaluate';
import { makeReport } from './report';

/**
 * The plan to evaluate a run by: what the run trained, on the data that it split, wherever the datasets lie now; judged
 * by what the composition asks for today.
 */
export async function evaluationPlan(
  root: string,
  current: Plan,
  reference: string | undefined,
  on: string | undefined,
): Promise<{ plan: Plan; run: FoundRun }> {
  const run = await findRun(root, reference ?? current.model.name);
  const { model } = run.state.record;
  if (model.name !== current.model.name) {
    fail(
      'run-of-another-model',
      `Run ${run.state.record.id} trained ${model.name}, not ${current.model.name}`,
    );
  }
  const trained = readJson<Plan>(join(run.folder, PLAN_FILE));
  if (trained?.format !== 1) {
    fail('run-broken', `The plan of run ${run.state.record.id} cannot be read`, {
      help: 'Train the model again.',
    });
  }
  const there = movedPlan(trained, run.state.record, root);
  const data = there.data.map((each) => {
    const now = current.data.find(({ alias, name }) => alias === each.alias && name === each.name);
    return now ? { ...each, file: now.file, at: now.at } : each;
  });
  const evaluate = { ...current.evaluate, on: on ?? current.evaluate.on };
  const plan = { ...there, data, evaluate };
  demandSplit(plan);
  return { plan, run };
}

/** Fails before anything is begun where the data of a task will not have the split. */
function demandSplit({ data, tasks, evaluate: { on } }: Plan): void {
  for (const each of data.filter(({ alias }) => tasks.some((task) => task.data === alias))) {
    const shared = each.files.all ? Object.keys(each.splits ?? { train: 1 }) : [];
    const names = new Set([...shared, ...Object.keys(each.files).filter((name) => name !== 'all')]);
    if (names.has(on)) continue;
    fail('data-split-missing', `Dataset ${each.name} has no split ${on}, which was asked for`, {
      help: `It has ${[...names].join(', ')}.`,
      file: each.at.file,
      line: each.at.line,
    });
  }
}

export async function evaluateRun(context: RunContext, of: string): Promise<void> {
  const { plan, root, log, folder, executor, stop } = context;
  log.append({ type: 'phase_started', phase: 'prepare' });
  const loaded = await loadParts(plan, root, of);
  const ready = await readyData(context, loaded);
  const splitOf = (each: ReadyDataset) => splitNamed(each, plan.evaluate.on, 'was asked for');
  for (const each of ready.datasets.values()) splitOf(each);

  log.append({ type: 'phase_started', phase: 'compile' });
  const compiled = compileStep(plan, { phase: phasesOf(plan).length - 1 });
  const { step, views } = compiled;
  const state = initialState(plan, step);
  for (const { weights } of loaded) for (const [name, tensor] of weights) state.set(name, tensor);
  const session = await executor.open(step, state);
  try {
    for (const { data, programs } of views) {
      const program = step.programs[programs.frozen];
      const split = splitOf(ready.datasets.get(data)!);
      if (program) await cacheFrozen(session, programs.frozen, program, split, stop);
    }
    log.append({ type: 'phase_started', phase: 'evaluate' });
    const outcomes = await evaluateAll(compiled, session, ready, stop, splitOf);
    const report = makeReport(plan, plan.evaluate.on, outcomes);
    folder.writeReport(report);
    log.append({ type: 'evaluated', report });
  } finally {
    session.close();
  }
}
