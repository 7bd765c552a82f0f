/** Gradients that add up over several batches before the optimizer moves. */
import type { Builder } from './builder';
import type { Learning } from './optimizer';
import type { StateSpec, Update } from './program';

const sumOf = (data: string, weight: string): string => `optimizer/sum/${data}/${weight}`;
const countOf = (data: string): string => `optimizer/batches/${data}`;

/** What is kept from batch to batch, zeros at first; each dataset has its own. */
export function gradientSums(data: string, weights: { state: string; shape: number[] }[]): StateSpec[] {
  return [
    { name: countOf(data), dtype: 'float32', shape: [] },
    ...weights.map(({ state, shape }): StateSpec => ({ name: sumOf(data, state), dtype: 'float32', shape })),
  ];
}

/**
 * Adds the gradients of this batch to those before. Where the optimizer moves now, each weight's gradient becomes the
 * mean over these batches, and the sums begin anew.
 */
export function addUp(b: Builder, data: string, weights: Learning[], moves: boolean): Update[] {
  const count = b.add(b.state(countOf(data), 'float32', []), b.scalar(1));
  const updates = weights.map((weight): Update => {
    const state = sumOf(data, weight.state);
    const sum = b.add(b.state(state, 'float32', weight.shape), weight.gradient);
    if (!moves) return { kind: 'assign', state, value: sum };
    weight.gradient = b.div(sum, count);
    return { kind: 'assign', state, value: b.fill(0, weight.shape) };
  });
  return [...updates, { kind: 'assign', state: countOf(data), value: moves ? b.scalar(0) : count }];
}
