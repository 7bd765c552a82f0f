/** What the weights of a part come from: data, and published versions. */
import { join } from 'node:path';
import { readJson } from '../../engine/data/cache';
import type { Plan } from '../../language/plan/format';
import type { RunState } from '../../protocol/runs/fold';
import { decodeNumber } from '../../protocol/runs/numbers';
import { PLAN_FILE, readRecord, runsFolder } from '../../protocol/runs/read';
import type { Source, TrainedFrom } from '../../registry/generated/integrity';
import { partsAbove } from '../../registry/run-facts';
import type { RunPart } from './run-part';

/** Runs that took their weights from runs are followed so far. */
const MOST_RUNS = 20;

/** Of a run, and of the runs that its part started from or was trained on top of. */
export function trainedFrom(root: string, { run, plan, part }: RunPart): TrainedFrom {
  const data = new Map<string, Source>();
  const parents = new Map<string, Source>();
  const seen = new Set<string>();
  const follow = (id: string, of: Plan, name: string, isTrainedOn: boolean) => {
    if (seen.has(id) || seen.size >= MOST_RUNS) return;
    seen.add(id);
    const record = readRecord(join(runsFolder(root), id));
    for (const each of record?.data ?? []) add(data, each);
    for (const above of [name, ...(partsAbove(of).get(name) ?? [])]) {
      const { weights, module, train } = of.parts.find((each) => each.name === above)!;
      const isBeside = isTrainedOn || above !== name;
      const isTuned = isBeside && train.some(({ mode }) => mode !== 'frozen');
      if (weights.from === 'file' && weights.published) add(parents, weights.published, isTuned);
      if (weights.from !== 'run') continue;
      const theirs = readJson<Plan>(join(runsFolder(root), weights.run, PLAN_FILE));
      const same = theirs?.parts.find((each) => each.module === module);
      if (theirs && same) follow(weights.run, theirs, same.name, isBeside);
    }
  };
  follow(run.record.id, plan, part.name, false);
  const { name, version } = run.record.model;
  const measured = measuredBy(run);
  return {
    run: run.record.id,
    model: `${name}@${version}`,
    part: part.name,
    data: sorted(data),
    parents: sorted(parents),
    ...(measured ? { measured } : {}),
  };
}

/** The metrics of the evaluation at its end; what is no number is none. */
function measuredBy({ report }: RunState): TrainedFrom['measured'] {
  if (!report) return undefined;
  const values = Object.entries(report.tasks).flatMap(([task, { metrics, examples }]) =>
    Object.entries(metrics).flatMap(([metric, encoded]) => {
      const value = decodeNumber(encoded);
      return Number.isFinite(value) ? [{ metric: `${task}.${metric}`, value, rows: examples }] : [];
    }),
  );
  return { split: report.split, values };
}

function add(sources: Map<string, Source>, { name, version, hash }: Source, isTuned = false): void {
  const key = `${name}@${version} ${hash}`;
  const isKnown = sources.has(key) && !sources.get(key)!.tuned;
  sources.set(key, { name, version, hash, ...(isTuned && !isKnown ? { tuned: true } : {}) });
}

function sorted(sources: Map<string, Source>): Source[] {
  return [...sources].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, source]) => source);
}
