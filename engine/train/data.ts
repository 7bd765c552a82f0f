import type { Plan, PlanData } from '../../language/plan/format';
import type { PrepareState } from '../data/prepare/op';
import { nodeAlias, type PreparedData, type PreparedSplit, prepareData } from '../data/prepared';
import { fail } from '../failure';
import type { RunContext } from './context';
import { checkLineage } from './lineage';
import type { LoadedPart } from './parts';

export interface ReadyData {
  /** Of each dataset that tasks learn from, by alias. */
  datasets: Map<string, ReadyDataset>;
  /** Of all prepared nodes, by id. */
  states: Record<string, PrepareState>;
}

export interface ReadyDataset {
  data: PlanData;
  splits: Record<string, PreparedSplit>;
}

/**
 * Prepares the data of a plan, with the states that parts bring along, and tells of it. What learns may extend these
 * (`extend`); what is only evaluated has all its words already.
 */
export async function readyData(
  context: RunContext,
  loaded: LoadedPart[],
  { extend = false } = {},
): Promise<ReadyData> {
  const { plan, root, log, stop } = context;
  const states = Object.assign({}, ...loaded.map((part) => part.states)) as Record<string, PrepareState>;
  const datasets: ReadyData['datasets'] = new Map();
  for (const data of usedDatasets(plan)) {
    stop.check();
    const prepared = await prepareData(plan, data, { root, states, extend });
    tell(context, prepared);
    // What one dataset taught, such as a vocabulary, holds for the others that pass through the same brick.
    Object.assign(states, prepared.states);
    for (const note of prepared.notes) log.append({ type: 'message', level: 'info', text: note });
    datasets.set(data.alias, { data, splits: prepared.splits });
  }
  checkLineage(plan, loaded, states);
  return { datasets, states };
}

/** First those that others learn their prepared states from. */
function usedDatasets(plan: Plan): PlanData[] {
  if (plan.tasks.length === 0) {
    fail('no-task', `${plan.model.name} has no task to train for`, {
      help: 'Add one under `tasks:`.',
      file: plan.model.file,
    });
  }
  const open = [...new Set(plan.tasks.map(({ data }) => data))];
  const ordered: string[] = [];
  while (open.length > 0) {
    const free = open.findIndex((alias) => !teachersOf(plan, alias).some((other) => open.includes(other)));
    ordered.push(...open.splice(Math.max(0, free), 1));
  }
  return ordered.flatMap((alias) => plan.data.find((data) => data.alias === alias) ?? []);
}

/** The other datasets that taught nodes which this one passes through. */
function teachersOf(plan: Plan, alias: string): string[] {
  return plan.prepare.flatMap((node) => {
    if (!node.state || nodeAlias(plan, node) !== alias) return [];
    const owner = plan.prepare.find(({ id }) => id === node.state);
    const teacher = owner && nodeAlias(plan, owner);
    return teacher === undefined || teacher === alias ? [] : [teacher];
  });
}

function tell({ log }: RunContext, { alias, splits, cached, seconds }: PreparedData): void {
  for (const [split, { rows }] of Object.entries(splits)) {
    log.append({ type: 'data_prepared', data: alias, split, examples: rows, cached, seconds });
  }
}

/** A split by name. Fails, saying which there are. */
export function splitNamed({ data, splits }: ReadyDataset, name: string, why: string): PreparedSplit {
  return (
    splits[name] ??
    fail('data-split-missing', `Dataset ${data.name} has no split ${name}, which ${why}`, {
      help: `It has ${Object.keys(splits).join(', ')}.`,
      file: data.at.file,
      line: data.at.line,
    })
  );
}
