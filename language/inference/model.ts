import type { Gradual } from '../gradual';
import type { Lookup } from '../names/catalogue';
import type { Column, DataImport, DatasetDeclaration, ModelDeclaration, Task } from '../names/declarations';
import type { BrickReference } from '../names/reference';
import { asSize, entryOf } from '../syntax/path';
import { Dim } from '../types/dim';
import type { TensorType } from '../types/type';
import { columnType } from './column';
import {
  type GraphScope,
  type InferredGraph,
  type InferredStep,
  inferGraph,
  inferringGraph,
  type Outer,
  type PlannedSize,
  resolveWire,
  type WireTarget,
} from './graph';
import type { Instance } from './instance';
import type { Cause } from './problems';

export interface InferredData {
  data: DataImport;
  lookup: Lookup<'dataset'>;
}

export interface InferredTask {
  task: Task;
  output: WireTarget | undefined;
  target: WireTarget | undefined;
  /** The column behind the target, when it is one. */
  column: Column | undefined;
}

export interface ModelInference {
  kind: 'model';
  model: ModelDeclaration;
  scope: GraphScope;
  graph: InferredGraph;
  data: Map<string, InferredData>;
  tasks: InferredTask[];
  /** Bricks for extension points, with their params; what feeds them is the point. */
  plugs: Map<string, InferredStep>;
}

export interface Lookups {
  module(reference: BrickReference): Lookup<'module'>;
  dataset(reference: BrickReference): Lookup<'dataset'>;
}

/** The number of rows of a batch from one dataset: unknown, but never to be given a value by a wire. */
export function batchOf(alias: string): string {
  return `${alias}:batch`;
}

export function* inferringModel(
  model: ModelDeclaration,
  lookups: Lookups,
  edited?: { before: ModelInference | undefined },
): Gradual<ModelInference> {
  const data = new Map(
    [...model.data].map(([alias, item]): [string, InferredData] => [
      alias,
      { data: item, lookup: lookups.dataset(item.dataset.reference) },
    ]),
  );
  const outer = new Map(
    [...data].map(([alias, { lookup }]): [string, Outer] => [
      alias,
      { kind: 'data', columns: columnsOf(alias, lookup) },
    ]),
  );
  const scope: GraphScope = {
    file: model.file,
    outer,
    steps: model.parts,
    params: new Map(),
    module: lookups.module,
    rigid: [...data.keys()].map(batchOf),
    dims: model.dims,
    demanded: conditionsOfModel(model),
    planned: plannedSizes(model),
  };
  const graph = yield* inferringGraph(scope, edited && { before: edited.before?.graph });
  const tasks = [...model.tasks.values()].map((task): InferredTask => {
    const output = task.output && resolveWire(task.output, scope, graph);
    const target = task.target && resolveWire(task.target, scope, graph);
    const lookup = task.target && data.get(task.target.reference.owner)?.lookup;
    const column =
      lookup?.status === 'found'
        ? lookup.declaration.columns.get(task.target?.reference.port ?? '')
        : undefined;
    return { task, output, target, column };
  });
  const steps = new Map([...model.plugs.values()].map(({ name, step }) => [name, step]));
  const plugs = inferGraph({ ...scope, steps, outer: new Map() }).steps;
  return { kind: 'model', model, scope, graph, data, tasks, plugs };
}

function columnsOf(
  alias: string,
  lookup: Lookup<'dataset'>,
): Map<string, TensorType | undefined> | undefined {
  if (lookup.status !== 'found') return undefined;
  return datasetColumns(lookup.declaration, Dim.symbol(batchOf(alias)));
}

export function datasetColumns(dataset: DatasetDeclaration, batch: Dim): Map<string, TensorType | undefined> {
  return new Map([...dataset.columns].map(([name, column]) => [name, columnType(column, batch)]));
}

/** Conditions on the sizes of parts, with what `dims` fixes put in. */
function conditionsOfModel(model: ModelDeclaration): Instance['conditions'] {
  const fixed = new Map(
    [...model.dims].map(([name, { size, ties }]) => {
      const [first] = ties;
      return [name, size === undefined ? Dim.symbol(first!.value.replace('.', ':')) : Dim.of(size)];
    }),
  );
  return model.where.flatMap((condition) => {
    const { constraint } = condition.parsed;
    if (!constraint) return [];
    const [left, right] = [constraint.left.substitute(fixed), constraint.right.substitute(fixed)];
    return [{ written: { ...condition, file: model.file }, constraint: { ...constraint, left, right } }];
  });
}

/** The rows of a batch, where `train` says how many. */
function plannedSizes(model: ModelDeclaration): PlannedSize[] {
  const entry = entryOf(model.train, 'batch');
  const size = asSize(entry?.value);
  if (!entry || size === undefined) return [];
  const cause: Cause = { kind: 'param', text: 'train.batch', file: model.file, range: entry.range };
  return [...model.data.keys()].map((alias) => ({ symbol: batchOf(alias), size, cause }));
}
