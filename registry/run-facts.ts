/** What runs say of the weights that they left, for those who take them. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RunFacts, RunPartFacts } from '../language/names/runs';
import type { Plan, PlanPart } from '../language/plan/format';
import { initialState, type RunState } from '../protocol/runs/fold';
import { EVENTS_FILE, newestFirst, PLAN_FILE, readRecord, readRun, runsFolder } from '../protocol/runs/read';
import { workspaceRoot } from './root';

/** Larger files are not read while somebody types. */
const MOST_BYTES = 64 * 2 ** 20;

const known = new Map<string, { stamp: string; facts: RunFacts }>();

/** By a run's id, or by a model's name, which means its newest completed run. */
export function run(file: string, reference: string): RunFacts | 'unknown' {
  return runBelow(workspaceRoot(dirname(file), process.cwd()), reference);
}

/** As `run`, of the runs of that root. */
export function runBelow(root: string, reference: string): RunFacts | 'unknown' {
  const runs = runsFolder(root);
  try {
    const folder = folderOf(runs, reference);
    return (folder !== undefined && factsIn(folder)) || 'unknown';
  } catch (error) {
    // What cannot be read tells nothing here; whoever trains with it is told why.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code !== undefined) return 'unknown';
    throw error;
  }
}

function folderOf(runs: string, reference: string): string | undefined {
  const names = readdirSync(runs);
  if (names.includes(reference)) return join(runs, reference);
  return names
    .flatMap((name) => {
      const folder = join(runs, name);
      const record = readRecord(folder);
      return record?.kind === 'train' && record.model.name === reference
        ? [{ folder, state: initialState(record) }]
        : [];
    })
    .sort((a, b) => newestFirst(a.state, b.state))
    .find(({ folder }) => isDone(readRun(folder)))?.folder;
}

function isDone(state: RunState | undefined): boolean {
  return state?.status === 'completed' || state?.status === 'stopped early';
}

function factsIn(folder: string): RunFacts | undefined {
  const files = [PLAN_FILE, EVENTS_FILE].map((name) => statSync(join(folder, name)));
  if (files.some(({ size }) => size > MOST_BYTES)) return undefined;
  const stamp = files.map(({ size, mtimeMs }) => `${size} ${mtimeMs}`).join();
  const kept = known.get(folder);
  if (kept?.stamp === stamp) return kept.facts;
  const plan = JSON.parse(readFileSync(join(folder, PLAN_FILE), 'utf8')) as Plan | null;
  const state = plan?.format === 1 ? readRun(folder) : undefined;
  const facts = state && factsOf(plan!, state);
  if (facts) known.set(folder, { stamp, facts });
  return facts;
}

function factsOf(plan: Plan, { record, weights }: RunState): RunFacts {
  const files = new Map(
    weights.flatMap(({ part, file, sha256 }) => (file.endsWith('.safetensors') ? [[part, sha256]] : [])),
  );
  const above = partsAbove(plan);
  const parts = plan.parts.map((part): RunPartFacts => {
    const [saved, from] = [files.get(part.name), fromOf(part)];
    return {
      ...{ name: part.name, module: part.module, version: part.version },
      isFrozen: part.train.every(({ mode }) => mode === 'frozen'),
      ...(saved === undefined ? {} : { weights: saved }),
      ...(from === undefined ? {} : { from }),
      above: above.get(part.name) ?? [],
    };
  });
  return { id: record.id, parts };
}

function fromOf({ weights }: PlanPart): RunPartFacts['from'] {
  if (weights.from === 'run') return { run: weights.run };
  return weights.from === 'file' && weights.published && weights.input === undefined
    ? { published: weights.published }
    : undefined;
}

/** Of each part all others whose values reach it. */
export function partsAbove({ prepare, graph }: Pick<Plan, 'prepare' | 'graph'>): Map<string, string[]> {
  const parts = new Map<string, Set<string>>();
  const reaching = new Map<string, ReadonlySet<string>>();
  // What comes before a node stands before it.
  for (const { id, part, inputs, outputs } of [...prepare, ...graph]) {
    const behind = new Set([part]);
    for (const value of Object.values(inputs).flat())
      for (const each of reaching.get(value) ?? []) behind.add(each);
    for (const port of Object.keys(outputs)) reaching.set(`${id}.${port}`, behind);
    const all = parts.get(part) ?? new Set();
    for (const each of behind) if (each !== part) all.add(each);
    parts.set(part, all);
  }
  return new Map([...parts].map(([part, all]) => [part, [...all]]));
}
