import fc from 'fast-check';
import type { Plan, PlanOptimizer } from '../../../language/plan/format';
import { ints, PlanBuilder } from '../step/plans';

const activation = fc.constantFrom('linear', 'relu', 'gelu', 'tanh', 'sigmoid', 'silu', 'softplus');

/** One layer of a model over sequences [batch, seq, dim]. */
export const layerRecipe = fc.oneof(
  fc.record({ op: fc.constant('dense' as const), units: fc.integer({ min: 1, max: 9 }), activation }),
  fc.record({
    op: fc.constant('conv1d' as const),
    filters: fc.integer({ min: 1, max: 6 }),
    kernel: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 2 }),
    dilation: fc.integer({ min: 1, max: 2 }),
    padding: fc.constantFrom('same', 'valid'),
    activation,
  }),
  fc.record({ op: fc.constant('layer_norm' as const) }),
  fc.record({ op: fc.constant('batch_norm' as const) }),
  fc.record({ op: fc.constant('dropout' as const), rate: fc.constantFrom(0.1, 0.5) }),
  fc.record({ op: fc.constant('attention' as const), causal: fc.boolean() }),
  fc.record({ op: fc.constant('avg_pool1d' as const), window: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ op: fc.constant('max_pool1d' as const), window: fc.integer({ min: 1, max: 3 }) }),
);
type Layer = typeof layerRecipe extends fc.Arbitrary<infer T> ? T : never;

export const optimizerRecipe: fc.Arbitrary<PlanOptimizer> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('adam', 'adamw'),
    learning_rate: fc.constant(0.01),
    beta1: fc.constant(0.9),
    beta2: fc.constant(0.99),
    // Larger than usual: Adam turns a gradient that is rounding noise around zero into a whole step.
    epsilon: fc.constant(1e-2),
    weight_decay: fc.constantFrom(0, 0.1),
  }),
  fc.record({
    kind: fc.constant('sgd' as const),
    learning_rate: fc.constant(0.1),
    momentum: fc.constantFrom(0, 0.9),
    nesterov: fc.boolean(),
    weight_decay: fc.constantFrom(0, 0.01),
  }),
);

/** Token embedding, the layers, the mean over time, three classes. */
export function randomPlan(layers: readonly Layer[], optimizer: PlanOptimizer): Plan {
  let seq = 8;
  let dim = 4;
  const p = new PlanBuilder({ x: ints(seq), y: ints() }, { optimizer, clip_norm: 5 }).part('net');
  let x = p.node('embedding', {
    op: 'embedding',
    inputs: { in: 'data.x' },
    shape: ['batch', seq, dim],
    weights: { table: [20, dim] },
  });
  for (const [i, layer] of layers.entries()) {
    const add = (
      attributes: Record<string, number | string | boolean>,
      weights: Record<string, number[]> = {},
    ) => {
      x = p.node(`${layer.op}${i}`, {
        op: layer.op,
        inputs: { in: x },
        attributes,
        shape: ['batch', seq, dim],
        weights,
        init: { gamma: { kind: 'ones' }, moving_variance: { kind: 'ones' }, moving_mean: { kind: 'zeros' } },
        statistics: ['moving_mean', 'moving_variance'],
      });
    };
    switch (layer.op) {
      case 'dense': {
        const from = dim;
        dim = layer.units;
        add({ activation: layer.activation }, { kernel: [from, dim], bias: [dim] });
        break;
      }
      case 'conv1d': {
        const { filters, kernel, stride, dilation } = layer;
        const reach = (kernel - 1) * dilation + 1;
        const padding = reach <= seq ? layer.padding : 'same';
        const from = dim;
        dim = filters;
        seq = Math.ceil((padding === 'same' ? seq : seq - reach + 1) / stride);
        add(
          { stride, dilation, padding, activation: layer.activation },
          { kernel: [kernel, from, filters], bias: [filters] },
        );
        break;
      }
      case 'layer_norm':
        add({}, { gamma: [dim], beta: [dim] });
        break;
      case 'batch_norm':
        add({}, { gamma: [dim], beta: [dim], moving_mean: [dim], moving_variance: [dim] });
        break;
      case 'dropout':
        add({ rate: layer.rate });
        break;
      case 'attention': {
        const kernels = ['query', 'key', 'value', 'output'].map((side) => [`${side}_kernel`, [dim, dim]]);
        add({ heads: dim % 2 === 0 ? 2 : 1, causal: layer.causal }, Object.fromEntries(kernels));
        break;
      }
      case 'avg_pool1d':
      case 'max_pool1d':
        seq = Math.ceil(seq / layer.window);
        add({ window: layer.window, padding: 'same' });
        break;
    }
  }
  const pooled = p.node('pooled', { op: 'global_avg_pool', inputs: { in: x }, shape: ['batch', dim] });
  return p.task(p.dense('logits', pooled, dim, 3), 'data.y', 'cross_entropy', { metrics: ['accuracy'] }).plan;
}
