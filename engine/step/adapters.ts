/**
 * Low-rank adapters (Hu et al. 2022): instead of W a node works with W + alpha/rank · A·B, where only A and B learn. W
 * counts as a matrix of its last axis by all axes before it.
 */
import type { Plan, PlanNode, PlanPart, PlanWeight, TrainMode } from '../../language/plan/format';
import { isTarget } from '../../language/plan/targets';
import type { Builder } from './builder';
import { weightState } from './graph';
import type { Phase } from './phases';
import type { HostTensor, StateSpec, TensorId } from './program';

export interface Adapter {
  part: string;
  /** The weight it is laid over, by state name and within its part. */
  base: string;
  weight: PlanWeight;
  /** [rows, rank] and [rank, columns]. */
  a: StateSpec;
  b: StateSpec;
  rank: number;
  alpha: number;
  dropout: number;
}

type Lora = Extract<TrainMode, { mode: 'lora' }>;

/** The adapters of a phase, by the state name of the weight under each. */
export function adaptersOf(plan: Plan, phase: Phase): Map<string, Adapter> {
  const adapters = new Map<string, Adapter>();
  const parts = new Map(plan.parts.map((part) => [part.name, part]));
  for (const node of plan.graph) {
    const mode = phase.modes.get(node.part);
    if (mode?.mode !== 'lora' || !isMeant(mode, node, parts.get(node.part)?.formerly)) continue;
    for (const weight of node.weights) {
      if (weight.adaptable && weight.trainable) {
        const adapter = adapterOf(node, weight, mode);
        adapters.set(adapter.base, adapter);
      }
    }
  }
  return adapters;
}

function isMeant({ targets }: Lora, { id }: PlanNode, formerly: PlanPart['formerly']): boolean {
  const path = id.slice(id.indexOf('/') + 1);
  return targets === undefined || targets.some((target) => isTarget(target, path, formerly));
}

function adapterOf(node: PlanNode, weight: PlanWeight, { rank, alpha = rank, dropout = 0 }: Lora): Adapter {
  const base = weightState(node, weight);
  const columns = weight.shape.at(-1) ?? 1;
  const rows = weight.shape.slice(0, -1).reduce((product, size) => product * size, 1);
  // A as random as a linear layer of so many inputs, B zero: an adapter begins as nothing.
  const a: StateSpec = {
    name: `${base}.lora_a`,
    dtype: 'float32',
    shape: [rows, rank],
    init: { kind: 'uniform', limit: 1 / Math.sqrt(rows) },
  };
  const b: StateSpec = { name: `${base}.lora_b`, dtype: 'float32', shape: [rank, columns] };
  return { part: node.part, base, weight, a, b, rank, alpha, dropout };
}

/**
 * The weight that a node works with. `random`, given where the adapter learns, drops rows of A at each step: what the
 * adapter reads of these inputs, in all examples of the batch alike.
 */
export function adaptedWeight(
  b: Builder,
  base: TensorId,
  adapter: Adapter,
  random: ((like: TensorId) => TensorId) | undefined,
): { value: TensorId; a: TensorId; b: TensorId } {
  const { rank, alpha, dropout } = adapter;
  const [down, up] = [adapter.a, adapter.b].map(({ name, shape }) => b.state(name, 'float32', shape));
  let kept = down!;
  if (random && dropout > 0) {
    const drawn = random(b.cut(kept, 1, 0, 1));
    const mask = b.cast(b.binary('greater_equal', drawn, b.scalar(dropout)), 'float32');
    kept = b.mul(kept, b.mul(mask, b.scalar(1 / (1 - dropout))));
  }
  const product = b.mul(b.matmul(kept, up!), b.scalar(alpha / rank));
  return { value: b.add(base, b.reshape(product, adapter.weight.shape)), a: down!, b: up! };
}

/** W + alpha/rank · A·B, added up in double precision. */
export function mergedWeight(
  { rank, alpha }: Adapter,
  base: HostTensor,
  a: HostTensor,
  b: HostTensor,
): HostTensor {
  const columns = b.shape[1]!;
  const data = Float32Array.from(base.data, (value, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    let sum = 0;
    for (let k = 0; k < rank; k++) sum += a.data[row * rank + k]! * b.data[k * columns + column]!;
    return value + (alpha / rank) * sum;
  });
  return { dtype: 'float32', shape: base.shape, data };
}
