/** What differs between runs: what they came to, side by side, and what they were made of. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRecord } from '../generated/run';
import { flatMetrics, type RunState } from './fold';
import { decodeNumber, type EncodedNumber } from './numbers';
import { isMissing, PLAN_FILE } from './read';

export interface ComparedMetric {
  /** Such as `sentiment.accuracy`. */
  name: string;
  split: string;
  /** By run; undefined where it has none. */
  values: (EncodedNumber | undefined)[];
  /** Of two runs, the second less the first; undefined where one is no number. */
  difference?: number;
}

/** What may have made a difference; the last two only where numbers are rounded otherwise, or code was changed. */
export type CauseKind = 'brick' | 'data' | 'task' | 'training' | 'seed' | 'model' | 'engine' | 'code';

export interface Difference {
  kind: CauseKind;
  /** The part, the dataset's alias, the setting. */
  name: string;
  /** Which side of it: `version`, `weights`, `windows.filters`; empty for all of it. */
  what: string;
  /** By run; undefined where it has none. */
  values: (string | undefined)[];
}

export interface Comparison {
  runs: { id: string; model: string; status: string }[];
  metrics: ComparedMetric[];
  differences: Difference[];
  /** Parts that are the same in all runs, to the last bit. */
  same: string[];
  /** In a sentence, what the metrics' difference can come from; where they are equal, that they are. */
  conclusion: string;
}

export interface ComparedRun {
  folder: string;
  state: RunState;
}

/** Throws where a plan is there and cannot be read. */
export function compareRuns(runs: readonly ComparedRun[]): Comparison {
  const facts = runs.map(({ folder, state }) => factsOf(state, planIn(folder)));
  const keys = [...new Set(facts.flatMap((each) => [...each.keys()]))];
  const differences = keys.flatMap((key): Difference[] => {
    const values = facts.map((each) => each.get(key)?.value);
    if (new Set(values).size < 2) return [];
    const { kind, name, what } = facts.find((each) => each.has(key))!.get(key)!;
    return [{ kind, name, what, values }];
  });
  differences.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  const changed = new Set(differences.filter(({ kind }) => kind === 'brick').map(({ name }) => name));
  const parts = runs.map(({ state }) => state.record.bricks.map(({ part }) => part));
  const same = (parts[0] ?? []).filter(
    (part) => !changed.has(part) && parts.every((own) => own.includes(part)),
  );
  const metrics = metricsOf(runs.map(({ state }) => state));
  return {
    runs: runs.map(({ state: { record, status } }) => ({
      id: record.id,
      model: `${record.model.name} ${record.model.version}`,
      status,
    })),
    metrics,
    differences,
    same,
    conclusion: conclusionOf(differences, figuresOf(metrics)),
  };
}

const ORDER: readonly CauseKind[] = ['brick', 'data', 'task', 'training', 'seed', 'model', 'engine', 'code'];

interface Fact {
  kind: CauseKind;
  name: string;
  what: string;
  value: string;
}

type Facts = Map<string, Fact>;

function factsOf({ record, engine }: RunState, plan: Plan | undefined): Facts {
  const facts: Facts = new Map();
  const add = (kind: CauseKind, name: string, what: string, value: unknown) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    facts.set(`${kind} ${name} ${what}`, { kind, name, what, value: text });
  };
  for (const brick of record.bricks) addBrick(brick, add);
  for (const { alias, name, version, hash } of record.data) {
    add('data', alias, 'version', `${name} ${version}`);
    add('data', alias, 'content', hash.slice(0, 12));
  }
  // Where there is a plan, it says what came of the settings.
  if (!plan)
    for (const [path, value] of Object.entries(record.settings))
      add('training', path, 'given by --set', value);
  add('seed', 'seed', '', record.seed);
  add('model', 'composition', '', `${record.model.name} ${record.model.version}`);
  add('engine', 'engine', '', `${engine.executor} (${engine.library}, ${engine.device})`);
  if (record.code)
    add(
      'code',
      'code',
      '',
      `${record.code.revision.slice(0, 10)}${record.code.modified ? ', modified' : ''}`,
    );
  for (const { part, id, op, attributes, inputs } of [...(plan?.prepare ?? []), ...(plan?.graph ?? [])]) {
    const node = id.slice(id.indexOf('/') + 1);
    add('brick', part, node, op);
    for (const [key, value] of Object.entries(attributes)) add('brick', part, `${node}.${key}`, value);
    add('brick', part, `what feeds ${node}`, inputs);
  }
  for (const { name, at: _, ...task } of plan?.tasks ?? [])
    for (const [key, value] of Object.entries(task)) add('task', name, key, value);
  addTree('training', plan?.train ?? {}, add);
  return facts;
}

type Add = (kind: CauseKind, name: string, what: string, value: unknown) => void;

function addBrick(brick: RunRecord['bricks'][number], add: Add): void {
  const { part, module, version, source, hash, weights, train } = brick;
  add('brick', part, 'version', `${module} ${version}${source === 'registry' ? ' of the registry' : ''}`);
  add('brick', part, 'text', hash.slice(0, 12));
  add('brick', part, 'weights', weights);
  add('brick', part, 'training', train);
}

/** Settings, each by its path; the seed is a kind of its own. */
function addTree(kind: CauseKind, tree: object, add: Add, above = ''): void {
  for (const [key, value] of Object.entries(tree) as [string, unknown][]) {
    const path = above === '' ? key : `${above}.${key}`;
    if (path === 'seed') continue;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) addTree(kind, value, add, path);
    else add(kind, path, '', value);
  }
}

/** As much of a plan as is compared. */
interface Plan {
  prepare: PlanNode[];
  graph: PlanNode[];
  tasks: { name: string; at: unknown }[];
  train: object;
}

interface PlanNode {
  part: string;
  id: string;
  op: string;
  attributes: Record<string, unknown>;
  inputs: Record<string, unknown>;
}

/** Undefined where the run has none, as one that failed at once. */
function planIn(folder: string): Plan | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, PLAN_FILE), 'utf8')) as Plan;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function metricsOf(states: readonly RunState[]): ComparedMetric[] {
  const reports = states.map(({ report }) => ({
    split: report?.split,
    metrics: report ? flatMetrics(report) : {},
  }));
  const splits = [...new Set(reports.flatMap(({ split }) => split ?? []))];
  return splits.flatMap((split) => {
    const own = reports.map((report) => (report.split === split ? report.metrics : {}));
    const names = [...new Set(own.flatMap((metrics) => Object.keys(metrics)))];
    return names.map((name): ComparedMetric => {
      const values = own.map((metrics) => metrics[name]);
      const [first, second] = values.map((value) => (value === undefined ? Number.NaN : decodeNumber(value)));
      const difference = values.length === 2 ? second! - first! : Number.NaN;
      return { name, split, values, ...(Number.isFinite(difference) ? { difference } : {}) };
    });
  });
}

/** As a heading of its values: `encoder: version`, `train.epochs`. */
export function differenceName({ kind, name, what }: Difference): string {
  const owner =
    kind === 'training' ? `train.${name}` : kind === 'data' || kind === 'task' ? `${kind} ${name}` : name;
  return what === '' ? owner : `${owner}: ${what}`;
}

/** What the runs came to: other figures, or the same, as far as both were measured on the same. */
type Figures = 'other' | 'equal' | 'none in common';

function figuresOf(metrics: readonly ComparedMetric[]): Figures {
  const measured = metrics.filter(({ values }) => values.every((value) => value !== undefined));
  if (measured.length === 0) return 'none in common';
  return measured.every(({ values }) => new Set(values).size === 1) ? 'equal' : 'other';
}

function conclusionOf(differences: readonly Difference[], figures: Figures): string {
  const causes = differences.filter(({ kind }) => kind !== 'engine' && kind !== 'code' && kind !== 'model');
  const names = [...new Set(causes.map(({ kind, name }) => called(kind, name)))];
  const others = [...new Set(differences.filter((each) => !causes.includes(each)).map(({ name }) => name))];
  if (names.length === 0) {
    return others.length === 0
      ? 'Nothing differs in what the runs were made of.'
      : `What the runs were made of is the same; only ${joined(others)} differ${others.length === 1 ? 's' : ''}.`;
  }
  const what = names.length > 1 ? `${names.length} things differ` : `Only ${names[0]} differs`;
  const all = names.length > 1 ? `: ${joined(names)}` : '';
  if (figures === 'equal') return `${what}, and the figures are equal${all}.`;
  if (figures === 'none in common') return `${what}, and no figure is there for all of the runs${all}.`;
  if (names.length > 1) return `${what}, and any of them may be why${all}.`;
  const why = causes[0]!.kind === 'seed' ? 'is chance' : 'comes from there';
  return `${what}, so the difference ${why}.`;
}

function called(kind: CauseKind, name: string): string {
  if (kind === 'brick') return `the part ${name}`;
  if (kind === 'data') return `the data ${name}`;
  if (kind === 'task') return `the task ${name}`;
  return kind === 'seed' ? 'the seed' : `train.${name}`;
}

function joined(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
