import type { Plan, PlanData } from '../../language/plan/format';
import type { PrepareState } from '../data/prepare/op';
import { type PreparedData, type PreparedSplit, prepareData } from '../data/prepared';
import { fail } from '../failure';
import type { RunContext } from './context';
import { checkLineage } from './lineage';
import type { LoadedPart } from './parts';

export interface ReadyData {
  data: PlanData;
  splits: Record<string, PreparedSplit>;
  /** Of all prepared nodes, by id. */
  states: Record<string, PrepareState>;
}

/** Prepares the data of a plan, with the states that parts bring along, and tells of it. */
export async function readyData(context: RunContext, loaded: LoadedPart[]): Promise<ReadyData> {
  const { plan, root, log, stop } = context;
  const states = Object.assign({}, ...loaded.map((part) => part.states)) as Record<string, PrepareState>;
  const data = onlyDataset(plan);
  stop.check();
  const prepared = await prepareData(plan, data, { root, states });
  tell(context, prepared);
  checkLineage(plan, loaded, prepared.states);
  for (const note of prepared.notes) log.append({ type: 'message', level: 'info', text: note });
  return { data, splits: prepared.splits, states: prepared.states };
}

function onlyDataset(plan: Plan): PlanData {
  const used = [...new Set(plan.tasks.map((task) => task.data))];
  const data = plan.data.filter(({ alias }) => used.includes(alias));
  if (data.length === 1) return data[0]!;
  const [first] = plan.tasks;
  if (!first) {
    fail('no-task', `${plan.model.name} has no task to train for`, {
      help: 'Add one under `tasks:`.',
      file: plan.model.file,
    });
  }
  return fail('unsupported-data', 'This engine trains on one dataset at a time so far', {
    help: `The tasks use ${used.join(', ')}.`,
    file: first.at.file,
    line: first.at.line,
  });
}

function tell({ log }: RunContext, { alias, splits, cached, seconds }: PreparedData): void {
  for (const [split, { rows }] of Object.entries(splits)) {
    log.append({ type: 'data_prepared', data: alias, split, examples: rows, cached, seconds });
  }
}

/** A split by name. Fails, saying which there are. */
export function splitNamed({ data, splits }: ReadyData, name: string, why: string): PreparedSplit {
  return (
    splits[name] ??
    fail('data-split-missing', `Dataset ${data.name} has no split ${name}, which ${why}`, {
      help: `It has ${Object.keys(splits).join(', ')}.`,
      file: data.at.file,
      line: data.at.line,
    })
  );
}
