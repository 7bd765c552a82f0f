import type { PlanOptimizer } from '../../language/plan/format';
import type { Builder } from './builder';
import type { StateSpec, TensorId, Update } from './program';

/** A weight that learns: its state, its tensor in this program and the gradient of the loss. */
export interface Learning {
  state: string;
  shape: number[];
  value: TensorId;
  gradient: TensorId;
  /** float32 scalar. */
  learningRate: TensorId;
}

export const stepCounter = 'optimizer/step';

const slot = (kind: 'm' | 'v' | 'velocity', weight: string): string => `optimizer/${kind}/${weight}`;

/** What any optimizer may keep beside a weight. */
export const optimizerSlots = (weight: string): string[] =>
  (['m', 'v', 'velocity'] as const).map((kind) => slot(kind, weight));

/** The state an optimizer keeps beside each weight, all zeros at first, and its step counter. */
export function optimizerState(
  optimizer: PlanOptimizer,
  weights: { state: string; shape: number[] }[],
): StateSpec[] {
  const kinds: ('m' | 'v' | 'velocity')[] =
    optimizer.kind !== 'sgd' ? ['m', 'v'] : optimizer.momentum > 0 ? ['velocity'] : [];
  return [
    { name: stepCounter, dtype: 'int32', shape: [] },
    ...weights.flatMap(({ state, shape }) =>
      kinds.map((kind): StateSpec => ({ name: slot(kind, state), dtype: 'float32', shape })),
    ),
  ];
}

/** Scales all gradients so that their global norm is at most `limit` (Pascanu et al. 2013). Returns the norm before. */
export function clipByGlobalNorm(b: Builder, weights: Learning[], limit: number): TensorId {
  const squares = weights.map(({ gradient }) =>
    b.sum(
      b.unary('square', gradient),
      b.shape(gradient).map((_, axis) => axis),
    ),
  );
  const norm = b.unary(
    'sqrt',
    squares.reduce((sum, square) => b.add(sum, square)),
  );
  const factor = b.div(b.scalar(limit), b.binary('maximum', norm, b.scalar(limit)));
  for (const weight of weights) weight.gradient = b.mul(weight.gradient, factor);
  return norm;
}

/**
 * The updates of one step. Weight decay is decoupled for adamw and added to the gradient (an L2 penalty) for the
 * others, as PyTorch does; only matrices and larger weights decay, biases and scales do not.
 */
export function optimizerUpdates(b: Builder, optimizer: PlanOptimizer, weights: Learning[]): Update[] {
  const step = b.add(b.state(stepCounter, 'int32', []), b.scalar(1, 'int32'));
  const updates = weights.map(({ state, shape, value, gradient, learningRate }): Update => {
    const decay = shape.length > 1 ? optimizer.weight_decay : 0;
    const decoupled = optimizer.kind === 'adamw';
    const penalised = decay > 0 && !decoupled ? b.add(gradient, b.mul(value, b.scalar(decay))) : gradient;
    if (optimizer.kind === 'sgd') {
      const { momentum, nesterov } = optimizer;
      const sgd: Update = { kind: 'sgd', state, gradient: penalised, learningRate, momentum, nesterov };
      return momentum > 0 ? { ...sgd, velocity: slot('velocity', state) } : sgd;
    }
    const { beta1, beta2, epsilon } = optimizer;
    return {
      kind: 'adam',
      state,
      m: slot('m', state),
      v: slot('v', state),
      gradient: penalised,
      step,
      learningRate,
      beta1,
      beta2,
      epsilon,
      weightDecay: decoupled ? decay : 0,
    };
  });
  return [...updates, { kind: 'assign', state: stepCounter, value: step }];
}
