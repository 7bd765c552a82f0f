import type {
  Initializer,
  Plan,
  PlanAttribute,
  PlanNode,
  PlanOptimizer,
  PlanSize,
  PlanTask,
  PlanTrain,
  PlanType,
  TrainPhase,
} from '../../../language/plan/format';

const at = { file: 'test.brique.yaml', line: 1 };

export const adam = (learning_rate: number): PlanOptimizer => ({
  kind: 'adam',
  learning_rate,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weight_decay: 0,
});

export const sgd = (learning_rate: number, momentum = 0): PlanOptimizer => ({
  kind: 'sgd',
  learning_rate,
  momentum,
  nesterov: false,
  weight_decay: 0,
});

interface NodeSpec {
  op: string;
  inputs: PlanNode['inputs'];
  attributes?: Record<string, PlanAttribute>;
  shape: PlanSize[];
  dtype?: PlanType['dtype'];
  /** The name of its only output. */
  port?: string;
  weights?: Record<string, number[]>;
  init?: Record<string, Initializer>;
  /** Roles of weights that are statistics. */
  statistics?: string[];
}

/** Plans written by hand: columns of one dataset `data`, parts with nodes, tasks. */
export class PlanBuilder {
  readonly plan: Plan;

  constructor(columns: Record<string, PlanType>, train: Partial<PlanTrain> = {}) {
    this.plan = {
      format: 1,
      model: { name: 'test', version: '0.1.0', file: at.file },
      parts: [],
      data: [
        {
          alias: 'data',
          name: 'data',
          version: '1.0.0',
          file: at.file,
          files: {},
          columns: Object.entries(columns).map(([name, value]) => ({
            name,
            type: 'tensor',
            required: true,
            value,
            at,
          })),
          splits: undefined,
          seed: 1,
          at,
        },
      ],
      prepare: [],
      graph: [],
      tasks: [],
      train: { epochs: 1, batch: 32, optimizer: adam(0.01), seed: 7, ...train },
      evaluate: { on: 'test', slices: [], require: [] },
    };
  }

  part(name: string, ...train: TrainPhase[]): this {
    this.plan.parts.push({
      name,
      module: name,
      version: '0.1.0',
      source: 'workspace',
      hash: '',
      weights: { from: 'fresh' },
      train: train.length > 0 ? train : [{ mode: 'full' }],
      at,
    });
    return this;
  }

  /** Adds a node to the newest part; returns the id of its value. */
  node(name: string, spec: NodeSpec): string {
    const part = this.plan.parts.at(-1)!.name;
    const port = spec.port ?? 'out';
    this.plan.graph.push({
      id: `${part}/${name}`,
      part,
      op: spec.op,
      inputs: spec.inputs,
      attributes: spec.attributes ?? {},
      outputs: { [port]: { dtype: spec.dtype ?? 'float32', shape: spec.shape } },
      weights: Object.entries(spec.weights ?? {}).map(([role, shape]) => ({
        name: `${name}.${role}`,
        role,
        shape,
        init: spec.init?.[role] ?? {
          kind: role.includes('bias') || role === 'beta' ? 'zeros' : 'glorot_uniform',
        },
        trainable: !spec.statistics?.includes(role),
      })),
      at,
    });
    return `${part}/${name}.${port}`;
  }

  dense(name: string, from: string, size: number, units: number, activation = 'linear'): string {
    return this.node(name, {
      op: 'dense',
      inputs: { in: from },
      attributes: { units, activation },
      shape: ['batch', units],
      weights: { kernel: [size, units], bias: [units] },
    });
  }

  task(output: string, target: string, loss: string, more: Partial<PlanTask> = {}): this {
    this.plan.tasks.push({
      name: 'task',
      data: 'data',
      output,
      target,
      loss,
      weight: 1,
      metrics: [],
      at,
      ...more,
    });
    return this;
  }
}

export const floats = (...shape: PlanSize[]): PlanType => ({ dtype: 'float32', shape: ['batch', ...shape] });
export const ints = (...shape: PlanSize[]): PlanType => ({ dtype: 'int32', shape: ['batch', ...shape] });

/** x -> hidden, tanh -> classes, against `y`. */
export function classifierPlan(
  inputs: number,
  hidden: number,
  classes: number,
  train: Partial<PlanTrain> = {},
): Plan {
  const p = new PlanBuilder({ x: floats(inputs), y: ints() }, train).part('net');
  const logits = p.dense('out', p.dense('hidden', 'data.x', inputs, hidden, 'tanh'), hidden, classes);
  return p.task(logits, 'data.y', 'cross_entropy', { metrics: ['accuracy'] }).plan;
}
