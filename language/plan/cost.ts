/**
 * What a composition costs: parameters, floating-point operations, and the memory of training.
 *
 * The memory is counted, not measured, by one formula over the ops of the opened composition, at `batch` rows:
 *
 * - weights: every weight and statistic, 4 bytes each (float32);
 * - gradients: 4 bytes for each weight that learns;
 * - optimizer: two more float32 for each weight that learns with `adam` and `adamw`, one with `sgd` and momentum;
 * - activations: values kept until the backward pass. A node is on the way back if it has a weight that learns, or
 *   reads the value of such a node. What these nodes read and make is kept once, at its own element type; what they
 *   keep inside, and the room of the largest convolution, comes on top (`working.ts`).
 *
 * The data of the next batch and the runtime itself are not counted. With a schedule, the phase that needs most
 * counts. Tests hold it to what the embedded engine really allocates.
 */
import type { FlatModel, FlatNode, FlatPart } from '../inference/flatten';
import { batchOf, type ModelInference } from '../inference/model';
import { Dim } from '../types/dim';
import type { TensorType } from '../types/type';
import type { DType, PlanOptimizer, TrainMode } from './format';
import { trainOf, trainPhasesOf } from './training';
import { keptInside, roomOf } from './working';

export interface Cost {
  /** Numbers that are stored; undefined while a size is not known. */
  parameters: number | undefined;
  /** Of them, those that learn at some time. */
  trainable: number | undefined;
  /** Of a forward pass for one example; a multiply-add counts as two. */
  flops: number | undefined;
}

/** Bytes. */
export interface TrainingMemory {
  weights: number;
  gradients: number;
  optimizer: number;
  activations: number;
  total: number;
}

export interface ModelCost extends Cost {
  parts: Map<string, Cost>;
  batch: number;
  optimizer: PlanOptimizer['kind'];
  memory: TrainingMemory | undefined;
}

const FLOAT = 4;

const elementBytes: Record<DType, number> = {
  bool: 1,
  int8: 1,
  uint8: 1,
  int16: 2,
  float16: 2,
  bfloat16: 2,
  int32: 4,
  float32: 4,
  int64: 8,
  float64: 8,
  string: 0,
};

export function costOf({ model, data }: ModelInference, flat: FlatModel): ModelCost {
  const { batch, optimizer } = trainOf(model.train);
  const rows = (count: number) => new Map([...data.keys()].map((alias) => [batchOf(alias), Dim.of(count)]));
  const graph = flat.nodes.filter(({ op }) => op.stage === 'graph');
  const phases = phasesOf(flat.parts, graph);
  const learnsEver = new Set(phases.flatMap((phase) => [...phase.keys()]));
  const one = rows(1);
  // Weights that several parts share are counted where they belong, and operations where they are done.
  const costs = (nodes: FlatNode[]): Cost => ({
    parameters: sum(nodes.filter(isOwn).map(weightCount)),
    trainable: sum(nodes.filter((node) => learnsEver.has(node)).map(largest(phases))),
    flops: sum(nodes.map(({ flops }) => (flops ? flops.substitute(one).constant : 0))),
  });
  const parts = flat.parts.map(({ name }): [string, Cost] => [
    name,
    costs(graph.filter(({ part }) => part === name)),
  ]);
  const memories = phases.map((learning) => memoryOf(graph, learning, optimizer, rows(batch)));
  const memory = memories.includes(undefined)
    ? undefined
    : (memories as TrainingMemory[]).sort((a, b) => b.total - a.total)[0];
  return { ...costs(graph), parts: new Map(parts), batch, optimizer: optimizer.kind, memory };
}

/** Of each node that learns, how many numbers do. */
type Learning = Map<FlatNode, number | undefined>;

/** Every combination of modes that a schedule passes through: as many as the longest has entries. */
function phasesOf(parts: FlatPart[], graph: FlatNode[]): Learning[] {
  const schedules = new Map(
    parts
      .filter(({ name, owner }) => name === owner)
      .map(({ name, step }) => [name, trainPhasesOf(step?.extras.get('train')?.value)]),
  );
  const count = Math.max(1, ...[...schedules.values()].map((modes) => modes.length));
  return Array.from({ length: count }, (_, index) => {
    const learning: Learning = new Map();
    for (const { name, owner } of parts) {
      const nodes = graph.filter(({ part }) => part === name);
      const modes = schedules.get(owner) ?? trainPhasesOf(undefined);
      const mode = modes[Math.min(index, modes.length - 1)]!;
      for (const node of learners(nodes, mode)) learning.set(node, name === owner ? learnt(node, mode) : 0);
    }
    return learning;
  });
}

/** As the engine has it: of `last: n` the nodes from the n-th last one with weights on. */
function learners(nodes: FlatNode[], mode: TrainMode): FlatNode[] {
  const layers = nodes.filter(hasWeights);
  if (mode.mode === 'frozen') return [];
  return mode.mode === 'last' ? layers.slice(layers.length - Math.min(mode.count, layers.length)) : layers;
}

function hasWeights({ weights }: FlatNode): boolean {
  return weights.some(({ trainable }) => trainable);
}

/** With `lora`, two thin factors learn beside each matrix that may be adapted, and nothing else. */
function learnt({ weights }: FlatNode, mode: TrainMode): number | undefined {
  const own = weights.filter(({ trainable }) => trainable);
  if (mode.mode !== 'lora') return sum(own.map(({ dims }) => sizeOf(dims)));
  return sum(
    own
      .filter(({ adaptable }) => adaptable)
      .map(({ dims }) => {
        const [rows, columns] = [sizeOf(dims.slice(0, -1)), dims.at(-1)?.constant];
        return rows === undefined || columns === undefined ? undefined : mode.rank * (rows + columns);
      }),
  );
}

function largest(phases: Learning[]) {
  return (node: FlatNode) => {
    const counts = phases.flatMap((phase) => (phase.has(node) ? [phase.get(node)] : []));
    return counts.includes(undefined) ? undefined : Math.max(...(counts as number[]));
  };
}

function memoryOf(
  graph: FlatNode[],
  learning: Learning,
  optimizer: PlanOptimizer,
  rows: Map<string, Dim>,
): TrainingMemory | undefined {
  const stored = sum(graph.filter(isOwn).map(weightCount));
  const trainable = sum([...learning.values()]);
  const kept = new Set<string>();
  let held: number | undefined = 0;
  const hold = (id: string, bytes: number | undefined) => {
    if (!kept.has(id)) held = sum([held, bytes]);
    kept.add(id);
  };
  const onTheWayBack = new Set<string>();
  // On the way back, what later nodes kept is gone already when a node needs its room.
  let activations: number | undefined = 0;
  for (const node of graph) {
    const inputs = Object.values(node.inputs).flat();
    if (!learning.has(node) && !inputs.some(({ id }) => onTheWayBack.has(id))) continue;
    for (const { id, type } of inputs) hold(id, bytesOf(type, rows));
    for (const [port, type] of node.outputs) {
      const id = `${node.id}.${port}`;
      onTheWayBack.add(id);
      hold(id, bytesOf(type, rows));
    }
    hold(`${node.id} inside`, keptInside(node, rows));
    const most = sum([held, roomOf(node, rows)]);
    activations = activations === undefined || most === undefined ? undefined : Math.max(activations, most);
  }
  if (stored === undefined || trainable === undefined || activations === undefined) return undefined;
  const moments = optimizer.kind === 'sgd' ? (optimizer.momentum > 0 ? 1 : 0) : 2;
  const memory = {
    weights: stored * FLOAT,
    gradients: trainable * FLOAT,
    optimizer: trainable * FLOAT * moments,
    activations,
  };
  return { ...memory, total: sum(Object.values(memory))! };
}

function bytesOf({ dtype, dims, lead }: TensorType, rows: Map<string, Dim>): number | undefined {
  const size = lead === undefined ? sizeOf(dims.map((dim) => dim.substitute(rows))) : undefined;
  return size === undefined ? undefined : size * elementBytes[dtype];
}

function isOwn({ part, owner }: FlatNode): boolean {
  return part === owner;
}

function weightCount({ weights }: FlatNode): number | undefined {
  return sum(weights.map(({ dims }) => sizeOf(dims)));
}

function sizeOf(dims: readonly Dim[]): number | undefined {
  return dims.reduce<number | undefined>(
    (all, { constant }) => (all === undefined || constant === undefined ? undefined : all * constant),
    1,
  );
}

function sum(numbers: (number | undefined)[]): number | undefined {
  return numbers.reduce<number | undefined>(
    (all, each) => (all === undefined || each === undefined ? undefined : all + each),
    0,
  );
}
