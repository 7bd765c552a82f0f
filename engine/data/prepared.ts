/** Sources to prepared tensors, by way of the cache. */
import { join } from 'node:path';
import type { Plan, PlanData, PlanNode, ValueId } from '../../language/plan/format';
import { fail } from '../failure';
import type { Tensors } from './batches';
import { cacheFolder, FileHashes, hashText } from './cache';
import { type Prepared, readEntry, writeEntry } from './entries';
import { PREPARE_OPS } from './prepare/catalogue';
import type { PrepareState } from './prepare/op';
import { sourceFiles } from './sources';
import { limitRows, type Splits, splitRows } from './splits';
import { readDataset, type Table } from './table';
import { gatherRows, type HostValue } from './value';

/** Goes up when what is computed from the same input changes. */
const CACHE_FORMAT = 1;

/** A column to slice by: the group of every row, as an index into names. */
export interface Slice {
  names: string[];
  groups: Int32Array;
}

export interface PreparedSplit {
  rows: number;
  tensors: Tensors;
  slices: Record<ValueId, Slice>;
}

export interface PreparedData {
  alias: string;
  /** sha256 over the content of its files. */
  hash: string;
  splits: Record<string, PreparedSplit>;
  /** Of the prepare nodes fed by this dataset, by node id. */
  states: Record<string, PrepareState>;
  cached: boolean;
  seconds: number;
  /** What a person should know of the data. */
  notes: string[];
}

export interface PrepareOptions {
  /** The workspace's root; its `.brique/cache` holds prepared tensors. */
  root: string;
  /** States from earlier runs, by node id; the other nodes are fitted on the training split. */
  states?: Record<string, PrepareState>;
}

/** The dataset that a prepared value comes from: a column's alias, followed back through prepare nodes. */
function aliasOf(plan: Plan, value: ValueId): string | undefined {
  if (!value.includes('/')) return value.slice(0, value.indexOf('.'));
  const node = plan.prepare.find(({ id, outputs }) =>
    Object.keys(outputs).some((port) => value === `${id}.${port}`),
  );
  return node && nodeAlias(plan, node);
}

function nodeAlias(plan: Plan, node: PlanNode): string | undefined {
  const [first] = inputIds(node);
  return first === undefined ? undefined : aliasOf(plan, first);
}

function inputIds(node: PlanNode): ValueId[] {
  return Object.values(node.inputs).flat();
}

/** Prepares one dataset of a plan: reads, checks, splits, fits and applies, or takes all of it from the cache. */
export async function prepareData(
  plan: Plan,
  data: PlanData,
  options: PrepareOptions,
): Promise<PreparedData> {
  const start = performance.now();
  const files = sourceFiles(data);
  const folder = cacheFolder(options.root);
  const hashes = new FileHashes(folder);
  const content = Object.entries(files).map(([name, paths]) => [name, paths.map((path) => hashes.of(path))]);
  hashes.save();
  const hash = hashText(JSON.stringify(content));

  const nodes = plan.prepare.filter((node) => nodeAlias(plan, node) === data.alias);
  const wanted = wantedValues(plan, data, nodes);
  const key = hashText(JSON.stringify([CACHE_FORMAT, hash, contract(plan, data, nodes, wanted, options)]));
  const entry = join(folder, key);

  const stored = readEntry(entry);
  const result = stored ?? (await prepare(plan, data, nodes, wanted, files, options));
  if (!stored) keep(entry, result);
  const seconds = (performance.now() - start) / 1000;
  return { alias: data.alias, hash, ...result, cached: stored !== undefined, seconds };
}

/** A cache that cannot be written costs time, not the run. */
function keep(entry: string, prepared: Prepared): void {
  try {
    writeEntry(entry, prepared);
  } catch (error) {
    prepared.notes.push(`The prepared data could not be kept for the next run: ${(error as Error).message}`);
  }
}

/** All that the result depends on, besides the content of the files. Places in source files are left out. */
function contract(plan: Plan, data: PlanData, nodes: PlanNode[], wanted: Wanted, options: PrepareOptions) {
  return {
    alias: data.alias,
    files: Object.keys(data.files),
    columns: data.columns.map(({ at: _, ...column }) => column),
    splits: data.splits && Object.entries(data.splits),
    seed: data.seed,
    stratify: data.stratify,
    examples: plan.train.examples === undefined ? null : [plan.train.examples, plan.train.seed],
    nodes: nodes.map(({ at: _, part: __, weights: ___, ...node }) => node),
    states: nodes.map((node) => options.states?.[node.id] ?? null),
    wanted,
  };
}

interface Wanted {
  /** Columns and outputs of prepare nodes that the step or a task reads. */
  tensors: ValueId[];
  slices: ValueId[];
  stratify: string | undefined;
}

function wantedValues(plan: Plan, data: PlanData, nodes: PlanNode[]): Wanted {
  const read = new Set([...plan.graph.flatMap(inputIds), ...plan.tasks.map((task) => task.target)]);
  for (const task of plan.tasks) read.add(task.output);
  const outputs = nodes.flatMap((node) => Object.keys(node.outputs).map((port) => `${node.id}.${port}`));
  const columns = data.columns
    .filter((column) => column.type !== 'string')
    .map((column) => `${data.alias}.${column.name}`);
  const target = plan.tasks.find((task) => task.data === data.alias && task.labels)?.target;
  return {
    tensors: [...columns, ...outputs].filter((id) => read.has(id)).sort(),
    slices: plan.evaluate.slices.filter((id) => id.startsWith(`${data.alias}.`)),
    stratify: data.stratify ?? target?.slice(data.alias.length + 1),
  };
}

async function prepare(
  plan: Plan,
  data: PlanData,
  nodes: PlanNode[],
  wanted: Wanted,
  files: Record<string, string[]>,
  options: PrepareOptions,
): Promise<Prepared> {
  const table = await readDataset(data, files);
  const splits = limitTraining(plan, table, wanted, splitRows(data, table));
  const values = new Map<ValueId, HostValue>();
  for (const [name, column] of Object.entries(table.columns)) values.set(`${data.alias}.${name}`, column);
  const states: Record<string, PrepareState> = {};
  for (const node of nodes) {
    const op = PREPARE_OPS[node.op];
    if (!op) {
      fail('unsupported-op', `This engine cannot prepare data with ${node.op}`, {
        file: node.at.file,
        line: node.at.line,
      });
    }
    const inputs = inputValues(node, values);
    const state = options.states?.[node.id] ?? op.fit(node, onlyTraining(inputs, splits));
    states[node.id] = state;
    for (const [port, value] of Object.entries(op.apply(node, inputs, state))) {
      values.set(`${node.id}.${port}`, value);
    }
  }
  const prepared: Record<string, PreparedSplit> = {};
  for (const [name, rows] of Object.entries(splits)) {
    const tensors: Tensors = {};
    for (const id of wanted.tensors) {
      const value = gatherRows(values.get(id)!, rows);
      if (value.kind === 'tensor') tensors[id] = value.tensor;
    }
    const slices = Object.fromEntries(
      wanted.slices.map((id) => [id, slice(data, id, values.get(id)!, rows)]),
    );
    prepared[name] = { rows: rows.length, tensors, slices };
  }
  const notes =
    table.blank > 0
      ? [`Dataset ${data.name}: left out ${table.blank} empty row${table.blank > 1 ? 's' : ''}`]
      : [];
  return { splits: prepared, states, notes };
}

function limitTraining(plan: Plan, table: Table, wanted: Wanted, splits: Splits): Splits {
  const { train } = splits;
  const { examples, seed } = plan.train;
  if (!train || examples === undefined) return splits;
  return { ...splits, train: limitRows(table, train, examples, seed, wanted.stratify) };
}

function inputValues(node: PlanNode, values: Map<ValueId, HostValue>): Record<string, HostValue> {
  const inputs: Record<string, HostValue> = {};
  for (const [port, ids] of Object.entries(node.inputs)) {
    const id = Array.isArray(ids) ? ids[0] : ids;
    const value = id === undefined ? undefined : values.get(id);
    if (!value) {
      fail(
        'prepare-input',
        `${node.id} reads ${id}, which is computed in the graph; prepared ops read data only`,
        {
          file: node.at.file,
          line: node.at.line,
        },
      );
    }
    inputs[port] = value;
  }
  return inputs;
}

/** Only what the model may learn from; a dataset without a training split is only evaluated, with loaded states. */
function onlyTraining(inputs: Record<string, HostValue>, splits: Splits): Record<string, HostValue> {
  const rows = splits.train ?? new Int32Array(0);
  return Object.fromEntries(Object.entries(inputs).map(([port, value]) => [port, gatherRows(value, rows)]));
}

function slice(data: PlanData, id: ValueId, value: HostValue, rows: Int32Array): Slice {
  const column = data.columns.find((candidate) => `${data.alias}.${candidate.name}` === id);
  const all = value.kind === 'text' ? value.values : value.tensor.data;
  const texts = Array.from(rows, (row) => {
    const raw = all[row]!;
    return column?.labels && typeof raw === 'number'
      ? (column.labels[raw]?.name ?? String(raw))
      : String(raw);
  });
  const names = [...new Set(texts)].sort();
  const index = new Map(names.map((name, i) => [name, i]));
  return { names, groups: Int32Array.from(texts, (text) => index.get(text)!) };
}
