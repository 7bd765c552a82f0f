/** What the weights of a part come from: data, and published versions. */
import { join } from 'node:path';
import { readJson } from '../../engine/data/cache';
import { inputsOf, outputsOf } from '../../engine/step/frozen';
import type { Plan } from '../../language/plan/format';
import { PLAN_FILE, readRecord, runsFolder } from '../../protocol/runs/read';
import type { Source, TrainedFrom } from '../../registry/generated/integrity';
import type { RunPart } from './run-part';

/** Runs that took their weights from runs are followed so far. */
const MOST_RUNS = 20;

/** Of a run, and of the runs that its part started from or was trained on top of. */
export function trainedFrom(root: string, { run, plan, part }: RunPart): TrainedFrom {
  const data = new Map<string, Source>();
  const parents = new Map<string, Source>();
  const seen = new Set<string>();
  const follow = (id: string, of: Plan, name: string) => {
    if (seen.has(id) || seen.size >= MOST_RUNS) return;
    seen.add(id);
    const record = readRecord(join(runsFolder(root), id));
    for (const each of record?.data ?? []) add(data, each);
    for (const above of partsAbove(of, name)) {
      const { weights, module } = of.parts.find((each) => each.name === above)!;
      if (weights.from === 'file' && weights.published) add(parents, weights.published);
      if (weights.from !== 'run') continue;
      const theirs = readJson<Plan>(join(runsFolder(root), weights.run, PLAN_FILE));
      const same = theirs?.parts.find((each) => each.module === module);
      if (theirs && same) follow(weights.run, theirs, same.name);
    }
  };
  follow(run.record.id, plan, part.name);
  const { name, version } = run.record.model;
  return {
    run: run.record.id,
    model: `${name}@${version}`,
    part: part.name,
    data: sorted(data),
    parents: sorted(parents),
  };
}

function add(sources: Map<string, Source>, { name, version, hash }: Source): void {
  sources.set(`${name}@${version} ${hash}`, { name, version, hash });
}

function sorted(sources: Map<string, Source>): Source[] {
  return [...sources].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, source]) => source);
}

/** The part itself, and all whose values reach it. */
function partsAbove(plan: Plan, part: string): Set<string> {
  const nodes = [...plan.prepare, ...plan.graph];
  const producers = new Map(nodes.flatMap((node) => outputsOf(node).map((id) => [id, node] as const)));
  const parts = new Set([part]);
  const seen = new Set<string>();
  const open = nodes.filter((node) => node.part === part);
  for (let node = open.pop(); node; node = open.pop()) {
    if (seen.has(node.id)) continue;
    seen.add(node.id);
    parts.add(node.part);
    for (const id of inputsOf(node)) {
      const producer = producers.get(id);
      if (producer) open.push(producer);
    }
  }
  return parts;
}
