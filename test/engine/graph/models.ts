import type { Plan, PlanSize } from '../../../language/plan/format';
import { floats, ints, PlanBuilder } from '../step/plans';

const adam = {
  kind: 'adam',
  learning_rate: 1e-3,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-7,
  weight_decay: 0,
} as const;

/** inputs -> hidden, relu -> classes. */
export function perceptronPlan(inputs: number, hidden: number, classes: number): Plan {
  const p = new PlanBuilder({ x: floats(inputs), y: ints() }, { optimizer: adam }).part('net');
  const units = p.dense('hidden', 'data.x', inputs, hidden, 'relu');
  return p.task(p.dense('logits', units, hidden, classes), 'data.y', 'cross_entropy').plan;
}

/** Two layers, tanh and sigmoid. */
export function squashedPlan(): Plan {
  const p = new PlanBuilder({ x: floats(4), y: ints() }, { optimizer: adam }).part('net');
  const units = p.dense('second', p.dense('first', 'data.x', 4, 5, 'tanh'), 5, 6, 'sigmoid');
  return p.task(p.dense('logits', units, 6, 2), 'data.y', 'cross_entropy').plan;
}

/** Embedding, one convolution with relu, maximum over time, dense. */
export function textCnnPlan(vocab: number, seq: number, dim: number, filters: number, kernel: number): Plan {
  const p = new PlanBuilder({ x: ints(seq), y: ints() }, { optimizer: adam }).part('net');
  const embedded = p.node('embedding', {
    op: 'embedding',
    inputs: { in: 'data.x' },
    shape: ['batch', seq, dim],
    weights: { table: [vocab, dim] },
    init: { table: { kind: 'normal', stddev: 0.05 } },
  });
  const windows = p.node('windows', {
    op: 'conv1d',
    inputs: { in: embedded },
    attributes: { padding: 'same', activation: 'relu' },
    shape: ['batch', seq, filters],
    weights: { kernel: [kernel, dim, filters], bias: [filters] },
  });
  const pooled = p.node('pooled', {
    op: 'global_max_pool',
    inputs: { in: windows },
    shape: ['batch', filters],
  });
  return p.task(p.dense('logits', pooled, filters, 2), 'data.y', 'cross_entropy', { metrics: ['accuracy'] })
    .plan;
}

/** An LSTM over numbers, and a dense layer on its last state. */
export function recurrentPlan(steps: number, width = 3, units = 4): Plan {
  const p = new PlanBuilder({ x: floats(steps, width), y: ints() }, { optimizer: adam }).part('net');
  const last = p.node('last', {
    op: 'lstm',
    inputs: { in: 'data.x' },
    attributes: { units },
    shape: ['batch', units],
    weights: { kernel: [width, 4 * units], recurrent: [units, 4 * units], bias: [4 * units] },
  });
  return p.task(p.dense('logits', last, units, 2), 'data.y', 'cross_entropy').plan;
}

/** Pre-norm encoder: embedding and positions, layers of attention and feed-forward, mean over time, dense. */
export function transformerPlan(
  vocab: number,
  seq: number,
  dim: number,
  heads: number,
  wide: number,
  layers: number,
): Plan {
  const p = new PlanBuilder({ x: ints(seq), y: ints() }, { optimizer: adam }).part('net');
  const shape: PlanSize[] = ['batch', seq, dim];
  const norm = (name: string, x: string) =>
    p.node(name, {
      op: 'layer_norm',
      inputs: { in: x },
      shape,
      weights: { gamma: [dim], beta: [dim] },
      init: { gamma: { kind: 'ones' } },
    });
  const dense = (name: string, x: string, from: number, to: number, activation: string) =>
    p.node(name, {
      op: 'dense',
      inputs: { in: x },
      attributes: { activation },
      shape: ['batch', seq, to],
      weights: { kernel: [from, to], bias: [to] },
    });
  const sum = (name: string, x: string, y: string) =>
    p.node(name, { op: 'add', inputs: { in: [x, y] }, shape });
  const table = { table: { kind: 'normal', stddev: 0.05 } } as const;

  let x = p.node('embedding', {
    op: 'embedding',
    inputs: { in: 'data.x' },
    shape,
    weights: { table: [vocab, dim] },
    init: table,
  });
  x = p.node('positions', {
    op: 'positional_embedding',
    inputs: { in: x },
    shape,
    weights: { table: [seq, dim] },
    init: table,
  });
  for (let layer = 0; layer < layers; layer++) {
    const sides = ['query', 'key', 'value', 'output'].flatMap((side): [string, number[]][] => [
      [`${side}_kernel`, [dim, dim]],
      [`${side}_bias`, [dim]],
    ]);
    const attended = p.node(`attention${layer}`, {
      op: 'attention',
      inputs: { in: norm(`norm${layer}a`, x) },
      attributes: { heads },
      shape,
      weights: Object.fromEntries(sides),
    });
    x = sum(`sum${layer}a`, x, attended);
    const spread = dense(`wide${layer}`, norm(`norm${layer}b`, x), dim, wide, 'gelu');
    x = sum(`sum${layer}b`, x, dense(`narrow${layer}`, spread, wide, dim, 'linear'));
  }
  const pooled = p.node('pooled', {
    op: 'global_avg_pool',
    inputs: { in: norm('norm', x) },
    shape: ['batch', dim],
  });
  return p.task(p.dense('logits', pooled, dim, 2), 'data.y', 'cross_entropy', { metrics: ['accuracy'] }).plan;
}
