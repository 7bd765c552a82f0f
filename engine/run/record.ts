import { relative } from 'node:path';
import type { Plan, PlanPart, TrainPhase } from '../../language/plan/format';
import type { RunRecord } from '../../protocol/generated/run';
import { thisProcess } from '../../protocol/runs/process';
import type { ExecutorDescription } from '../step/program';
import type { DataHash } from './data-hashes';
import { codeRevision } from './revision';

export interface RecordFacts {
  id: string;
  kind: RunRecord['kind'];
  root: string;
  plan: Plan;
  created: Date;
  executor: ExecutorDescription;
  /** By dataset alias; none where a file could not be read. */
  hashes: Record<string, DataHash>;
  settings: RunRecord['settings'];
  of?: string;
}

export async function makeRecord(facts: RecordFacts): Promise<RunRecord> {
  const { plan } = facts;
  return {
    format: 1,
    id: facts.id,
    kind: facts.kind,
    model: { ...plan.model, file: relative(facts.root, plan.model.file).replaceAll('\\', '/') },
    created: facts.created.toISOString(),
    seed: plan.train.seed,
    engine: engineOf(facts.executor),
    bricks: plan.parts.map((part) => ({
      part: part.name,
      module: part.module,
      version: part.version,
      source: part.source,
      hash: part.hash,
      ...(part.release === undefined ? {} : { release: part.release }),
      weights: weightsText(part, facts.root),
      train: part.train.map(phaseText).join(', then '),
    })),
    data: plan.data.map(({ alias, name, version }) => ({
      alias,
      name,
      version,
      hash: facts.hashes[alias]?.hash ?? '',
      files: facts.hashes[alias]?.files,
    })),
    code: await codeRevision(facts.root),
    process: thisProcess(),
    settings: facts.settings,
    of: facts.of,
  };
}

export function engineOf(executor: ExecutorDescription): RunRecord['engine'] {
  const { executor: name, backend, library, device, threads } = executor;
  return { name: 'tensorflow', executor: name, backend, library, device, threads };
}

function weightsText({ weights }: PlanPart, root: string): string {
  if (weights.from === 'run') return `run:${weights.run}`;
  if (weights.from === 'unpublished') return `unpublished ${weights.brick}`;
  if (weights.from === 'fresh') return 'fresh';
  const { published, file } = weights;
  return published ? `${published.name}@${published.version}` : relative(root, file).replaceAll('\\', '/');
}

export function phaseText(phase: TrainPhase): string {
  const mode =
    phase.mode === 'last'
      ? `last ${phase.count}`
      : phase.mode === 'lora'
        ? `lora rank ${phase.rank}`
        : phase.mode;
  return phase.epochs === undefined ? mode : `${mode} for ${phase.epochs} epochs`;
}
