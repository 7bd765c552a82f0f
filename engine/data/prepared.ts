/** Sources to prepared tensors, by way of the cache. */
import { join } from 'node:path';
import type { Plan, PlanData, PlanNode, ValueId } from '../../language/plan/format';
import type { Tensors } from './batches';
import { cacheFolder, FileHashes, hashText } from './cache';
import { type Prepared, readEntry, tensorsFile, writeEntry } from './entries';
import { fitNodes, inputIds, isOpen, opOf, type States } from './prepare/nodes';
import { preparedRows, rowsOf } from './prepare/rows';
import { sliceOf, slicesAsked } from './slices';
import { type SourceFiles, sourceFiles } from './sources';
import { limitRows, type Splits, splitRows } from './splits';
import { readDataset, type Table } from './table';

/** Goes up when what is computed from the same input changes. */
const CACHE_FORMAT = 3;
/** Prepared splits with more bytes stay in their files, and batches are read from there. */
const MEMORY = 2 ** 30;

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
  states: States;
  cached: boolean;
  seconds: number;
  /** What a person should know of the data. */
  notes: string[];
}

export interface PrepareOptions {
  /** The workspace's root; its `.brique/cache` holds prepared tensors. */
  root: string;
  /** States from earlier runs, by node id; the other nodes are fitted on the training split. */
  states?: States;
  /** Whether given states grow by what the training split holds beyond them, where nodes ask for that. */
  extend?: boolean;
  /** Bytes of a split that memory may hold; larger ones stay on disk. */
  memory?: number;
}

/** The dataset that a prepared value comes from: a column's alias, followed back through prepare nodes. */
function aliasOf(plan: Plan, value: ValueId): string | undefined {
  if (!value.includes('/')) return value.slice(0, value.indexOf('.'));
  const node = plan.prepare.find(({ id, outputs }) =>
    Object.keys(outputs).some((port) => value === `${id}.${port}`),
  );
  return node && nodeAlias(plan, node);
}

/** The dataset that feeds a prepare node. */
export function nodeAlias(plan: Plan, node: PlanNode): string | undefined {
  const [first] = inputIds(node);
  return first === undefined ? undefined : aliasOf(plan, first);
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
  const hash = hashText(JSON.stringify(content));

  const nodes = plan.prepare.filter((node) => nodeAlias(plan, node) === data.alias);
  const wanted = wantedValues(plan, data, nodes);
  const depends = contract(plan, data, nodes, wanted, options, hashes);
  const entry = join(folder, hashText(JSON.stringify([CACHE_FORMAT, hash, depends])));

  const memory = options.memory ?? MEMORY;
  const stored = readEntry(entry, hashes, memory);
  const result =
    stored ?? (await prepare({ plan, data, nodes, wanted, files, options, hashes, entry, memory }));
  if (!stored) keep(entry, result);
  hashes.save();
  const seconds = (performance.now() - start) / 1000;
  const { splits, states, notes } = result;
  return { alias: data.alias, hash, splits, states, notes, cached: stored !== undefined, seconds };
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
function contract(
  plan: Plan,
  data: PlanData,
  nodes: PlanNode[],
  wanted: Wanted,
  options: PrepareOptions,
  hashes: FileHashes,
) {
  const reads = (node: PlanNode) => (options.states?.[node.id] ? [] : (opOf(node).files?.(node) ?? []));
  return {
    alias: data.alias,
    files: Object.keys(data.files),
    columns: data.columns.map(({ at: _, ...column }) => column),
    splits: data.splits && Object.entries(data.splits),
    seed: data.seed,
    stratify: data.stratify,
    group: data.group,
    examples: plan.train.examples === undefined ? null : [plan.train.examples, plan.train.seed],
    nodes: nodes.map(({ at: _, part: __, weights: ___, ...node }) => node),
    nodeFiles: nodes.map((node) => reads(node).map((path) => hashes.of(path))),
    extend: options.extend === true && nodes.some(isOpen),
    states: nodes.map(({ id, state }) => options.states?.[id] ?? options.states?.[state ?? id] ?? null),
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
    .filter((column) => column.value.dtype !== 'string')
    .map((column) => `${data.alias}.${column.name}`);
  const categories = data.columns
    .filter(({ type }) => type === 'category')
    .map(({ name }) => `${data.alias}.${name}`);
  const target = plan.tasks.map((task) => task.target).find((id) => categories.includes(id));
  return {
    tensors: [...columns, ...outputs].filter((id) => read.has(id)).sort(),
    slices: slicesAsked(plan.evaluate).filter((id) => id.startsWith(`${data.alias}.`)),
    stratify: data.stratify ?? target?.slice(data.alias.length + 1),
  };
}

interface Preparation {
  plan: Plan;
  data: PlanData;
  nodes: PlanNode[];
  wanted: Wanted;
  files: SourceFiles;
  options: PrepareOptions;
  hashes: FileHashes;
  /** The folder of the cache entry. */
  entry: string;
  memory: number;
}

async function prepare(preparation: Preparation): Promise<Prepared> {
  const { plan, data, nodes, wanted, files, options, hashes, entry, memory } = preparation;
  const table = await readDataset(data, files, (file) => hashes.of(file));
  const splits = limitTraining(plan, table, wanted, splitRows(data, table));
  const columns = new Map(
    Object.entries(table.columns).map(([name, column]) => [`${data.alias}.${name}`, column]),
  );
  // Only what the model may learn from; a dataset without a training split is only evaluated, with loaded states.
  const training = rowsOf(columns, splits.train ?? new Int32Array(0));
  const states = await fitNodes(nodes, training, options.states, options.extend);
  const prepared: Record<string, PreparedSplit> = {};
  for (const [split, rows] of Object.entries(splits)) {
    const request = { data, nodes, states, columns, wanted: wanted.tensors, rows, split };
    const store = { file: tensorsFile(entry, split), memory };
    const slices = wanted.slices.map((id) => [id, sliceOf(data, id, columns.get(id)!, rows)]);
    prepared[split] = {
      rows: rows.length,
      tensors: await preparedRows(request, store),
      slices: Object.fromEntries(slices),
    };
  }
  const notes =
    table.blank > 0
      ? [`Dataset ${data.name}: left out ${table.blank} empty row${table.blank > 1 ? 's' : ''}`]
      : [];
  return { splits: prepared, states, notes, files: table.files };
}

function limitTraining(plan: Plan, table: Table, wanted: Wanted, splits: Splits): Splits {
  const { train } = splits;
  const { examples, seed } = plan.train;
  if (!train || examples === undefined) return splits;
  return { ...splits, train: limitRows(table, train, examples, seed, wanted.stratify) };
}
