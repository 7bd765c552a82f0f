import type { Plan, PlanNode, PlanType, PlanWeight, ValueId } from '../../language/plan/format';
import { type Adapter, adaptedWeight } from './adapters';
import { Builder } from './builder';
import { UnsupportedByEngine } from './errors';
import { nodesBehind, producers } from './frozen';
import type { OpenPlan } from './lengths/varying';
import { LoweringContext, type Surroundings, tensorSpec } from './lower/context';
import { lowerings } from './lower/lowerings';
import type { TensorId, Update } from './program';
import { streamOf } from './random';

/** The name of a weight in the state: `part/weight`. */
export const weightState = (node: PlanNode, weight: PlanWeight): string => `${node.part}/${weight.name}`;

/** Counts training steps, for random numbers. */
export const randomCounter = 'random/counter';

export interface LoweredGraph {
  b: Builder;
  value(id: ValueId): TensorId;
  /** By state name, of the nodes that were lowered. */
  weights: Map<string, { tensor: TensorId; node: PlanNode; weight: PlanWeight }>;
  /** By state name: the two halves of every adapter that was laid over a weight. */
  adapted: Map<string, { tensor: TensorId; part: string; shape: number[]; base: string }>;
  /** Statistics that move with the step. */
  assignments: Update[];
  usesRandom: boolean;
}

export interface Adapters {
  /** By the state name of the weight under each. */
  byWeight: ReadonlyMap<string, Adapter>;
  /** Whether they learn here: only then anything of them is dropped. */
  learn: boolean;
}

/** The type of a value that enters the graph: a prepared value or a column. */
function typeOf(plan: Plan, id: ValueId): PlanType {
  for (const node of [...plan.prepare, ...plan.graph]) {
    for (const [port, type] of Object.entries(node.outputs)) if (`${node.id}.${port}` === id) return type;
  }
  for (const data of plan.data) {
    for (const column of data.columns) if (`${data.alias}.${column.name}` === id) return column.value;
  }
  throw new Error(`the plan has no value '${id}'`);
}

/**
 * Lowers the nodes behind some values into a new program. Values in `borders`, prepared values and columns become its
 * inputs. `learning`: the nodes that work as in training; empty for evaluation.
 */
export function lowerGraph(
  plan: Plan & Partial<OpenPlan>,
  wanted: ValueId[],
  borders: ReadonlySet<ValueId>,
  learning: ReadonlySet<string>,
  adapters: Adapters = { byWeight: new Map(), learn: false },
): LoweredGraph {
  const b = new Builder(plan.lengths);
  const values = new Map<ValueId, TensorId>();
  const weights: LoweredGraph['weights'] = new Map();
  const statistics = new Map<string, TensorId[]>();
  const inGraph = producers(plan);
  const adapted: LoweredGraph['adapted'] = new Map();
  const effective = new Map<string, TensorId>();
  let usesRandom = false;

  const random = (stream: string, like: TensorId): TensorId => {
    usesRandom = true;
    return b.randomUniform(b.state(randomCounter, 'int32', []), plan.train.seed | 0, streamOf(stream), like);
  };
  /** What a node works with: the weight itself, or with its adapter, which is added once for all its users. */
  const weightOf = (state: string): TensorId => {
    const known = effective.get(state);
    if (known !== undefined) return known;
    const { tensor } = weights.get(state)!;
    const adapter = adapters.byWeight.get(state);
    if (!adapter) return tensor;
    const draw = adapters.learn ? (like: TensorId) => random(adapter.a.name, like) : undefined;
    const made = adaptedWeight(b, tensor, adapter, draw);
    for (const [spec, half] of [
      [adapter.a, made.a],
      [adapter.b, made.b],
    ] as const) {
      adapted.set(spec.name, { tensor: half, part: adapter.part, shape: spec.shape, base: state });
    }
    effective.set(state, made.value);
    return made.value;
  };

  const value = (id: ValueId): TensorId => {
    const known = values.get(id);
    if (known !== undefined) return known;
    if (inGraph.has(id) && !borders.has(id)) throw new Error(`'${id}' is used before it is computed`);
    const made = b.input(id, tensorSpec(typeOf(plan, id)));
    values.set(id, made);
    return made;
  };
  const stateOf = (node: PlanNode, role: string): string => {
    const weight = node.weights.find((candidate) => candidate.role === role);
    if (!weight) throw new UnsupportedByEngine(`${node.op} in ${node.id} has no weight '${role}'`, node.at);
    const name = weightState(node, weight);
    if (!weights.has(name)) {
      weights.set(name, { tensor: b.state(name, 'float32', weight.shape), node, weight });
    }
    return name;
  };
  const around: Surroundings = {
    value,
    weight: (node, role) => weightOf(stateOf(node, role)),
    assign: (node, role, tensor) => {
      const state = stateOf(node, role);
      statistics.set(state, [...(statistics.get(state) ?? []), tensor]);
    },
    random: (node, like) => random(node.id, like),
  };

  for (const node of nodesBehind(plan, wanted, borders)) {
    const lowering = lowerings[node.op];
    if (!lowering) throw new UnsupportedByEngine(`this engine cannot run the op '${node.op}'`, node.at);
    b.from = node.id;
    try {
      const made = lowering(new LoweringContext(b, node, learning.has(node.id), around));
      const byPort = typeof made === 'number' ? { [Object.keys(node.outputs)[0]!]: made } : made;
      for (const [port, tensor] of Object.entries(byPort)) values.set(`${node.id}.${port}`, tensor);
    } catch (cause) {
      if (cause instanceof UnsupportedByEngine) throw cause;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new UnsupportedByEngine(`${node.op} in ${node.id}: ${reason}`, node.at);
    }
  }
  // Where a part is used several times, its statistics move to the mean of what each use would make of them.
  const assignments = [...statistics].map(([state, each]): Update => {
    const all = each.reduce((sum, tensor) => b.add(sum, tensor));
    return { kind: 'assign', state, value: each.length > 1 ? b.div(all, b.scalar(each.length)) : all };
  });
  b.from = undefined;
  return {
    b,
    value,
    weights,
    adapted,
    assignments,
    get usesRandom() {
      return usesRandom;
    },
  };
}
