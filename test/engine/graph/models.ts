import type {
  Initializer,
  Plan,
  PlanAttribute,
  PlanNode,
  PlanSize,
  PlanType,
} from '../../../language/plan/format';

/**
 * Plans of small models written by hand, for tests and measurements of executors: the input `data.x`, the label
 * `data.y`, one part `net`, one task `task`.
 */
export class ModelBuilder {
  private readonly nodes: PlanNode[] = [];
  private readonly at = { file: 'model.brique.yaml', line: 1 };

  constructor(private readonly input: PlanType) {}

  /** Adds a node and returns the id of its value. Weights are role -> shape; biases start at zero, scales at one. */
  add(
    op: string,
    inputs: PlanNode['inputs'],
    attributes: Record<string, PlanAttribute>,
    shape: PlanSize[],
    weights: Record<string, number[]> = {},
  ): string {
    const id = `net/${op}${this.nodes.length}`;
    this.nodes.push({
      id,
      part: 'net',
      op,
      inputs,
      attributes,
      outputs: { out: { dtype: 'float32', shape } },
      weights: Object.entries(weights).map(([role, size]) => ({
        name: `${id.slice(4)}/${role}`,
        role,
        shape: size,
        init: initializer(role),
        trainable: true,
      })),
      at: this.at,
    });
    return `${id}.out`;
  }

  plan(output: string, classes: number): Plan {
    const { at } = this;
    const column = { type: 'tensor' as const, required: true, at };
    return {
      format: 1,
      model: { name: 'model', version: '0.1.0', file: at.file },
      parts: [
        {
          name: 'net',
          module: 'net',
          version: '0.1.0',
          source: 'workspace',
          hash: '',
          weights: { from: 'fresh' },
          train: [{ mode: 'full' }],
          at,
        },
      ],
      data: [
        {
          alias: 'data',
          name: 'data',
          version: '1.0.0',
          file: 'data.brique.yaml',
          files: { all: ['data.csv'] },
          columns: [
            { name: 'x', value: this.input, ...column },
            { name: 'y', value: { dtype: 'int32', shape: ['batch'] }, ...column },
          ],
          splits: undefined,
          seed: 1,
          at,
        },
      ],
      prepare: [],
      graph: this.nodes,
      tasks: [
        {
          name: 'task',
          data: 'data',
          output,
          target: 'data.y',
          loss: 'cross_entropy',
          weight: 1,
          metrics: ['accuracy'],
          labels: Array.from({ length: classes }, (_, i) => `c${i}`),
          at,
        },
      ],
      train: {
        epochs: 1,
        batch: 32,
        optimizer: {
          kind: 'adam',
          learning_rate: 1e-3,
          beta1: 0.9,
          beta2: 0.999,
          epsilon: 1e-7,
          weight_decay: 0,
        },
        seed: 7,
      },
      evaluate: { on: 'test', slices: [], require: [] },
    };
  }
}

function initializer(role: string): Initializer {
  if (role === 'gamma') return { kind: 'ones' };
  if (role === 'table') return { kind: 'normal', stddev: 0.05 };
  return { kind: role.endsWith('kernel') ? 'glorot_uniform' : 'zeros' };
}

/** inputs -> hidden, relu -> classes. */
export function perceptronPlan(inputs: number, hidden: number, classes: number): Plan {
  const m = new ModelBuilder({ dtype: 'float32', shape: ['batch', inputs] });
  const dense = (from: string, size: number, out: number, activation: string) =>
    m.add('dense', { in: from }, { activation }, ['batch', out], { kernel: [size, out], bias: [out] });
  return m.plan(dense(dense('data.x', inputs, hidden, 'relu'), hidden, classes, 'linear'), classes);
}

/** Embedding, one convolution with relu, maximum over time, dense. */
export function textCnnPlan(vocab: number, seq: number, dim: number, filters: number, kernel: number): Plan {
  const m = new ModelBuilder({ dtype: 'int32', shape: ['batch', seq] });
  const embedded = m.add('embedding', { in: 'data.x' }, {}, ['batch', seq, dim], { table: [vocab, dim] });
  const windows = m.add(
    'conv1d',
    { in: embedded },
    { padding: 'same', activation: 'relu' },
    ['batch', seq, filters],
    { kernel: [kernel, dim, filters], bias: [filters] },
  );
  const pooled = m.add('global_max_pool', { in: windows }, {}, ['batch', filters]);
  const logits = m.add('dense', { in: pooled }, {}, ['batch', 2], { kernel: [filters, 2], bias: [2] });
  return m.plan(logits, 2);
}

/** Pre-norm encoder: embedding and positions, layers of attention and feed-forward, mean over time, dense. */
export function transformerPlan(
  vocab: number,
  seq: number,
  dim: number,
  heads: number,
  ffn: number,
  layers: number,
): Plan {
  const m = new ModelBuilder({ dtype: 'int32', shape: ['batch', seq] });
  const shape = ['batch', seq, dim];
  const norm = (x: string) => m.add('layer_norm', { in: x }, {}, shape, { gamma: [dim], beta: [dim] });
  const sum = (x: string, y: string) => m.add('add', { in: [x, y] }, {}, shape);
  let x = m.add('embedding', { in: 'data.x' }, {}, shape, { table: [vocab, dim] });
  x = m.add('positional_embedding', { in: x }, {}, shape, { table: [seq, dim] });
  for (let layer = 0; layer < layers; layer++) {
    const sides = ['query', 'key', 'value', 'output'].flatMap((side): [string, number[]][] => [
      [`${side}_kernel`, [dim, dim]],
      [`${side}_bias`, [dim]],
    ]);
    x = sum(x, m.add('multi_head_attention', { in: norm(x) }, { heads }, shape, Object.fromEntries(sides)));
    const wide = m.add('dense', { in: norm(x) }, { activation: 'gelu' }, ['batch', seq, ffn], {
      kernel: [dim, ffn],
      bias: [ffn],
    });
    x = sum(x, m.add('dense', { in: wide }, {}, shape, { kernel: [ffn, dim], bias: [dim] }));
  }
  const pooled = m.add('global_avg_pool', { in: norm(x) }, {}, ['batch', dim]);
  return m.plan(m.add('dense', { in: pooled }, {}, ['batch', 2], { kernel: [dim, 2], bias: [2] }), 2);
}
