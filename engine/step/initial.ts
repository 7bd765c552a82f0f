import type { Initializer, Plan } from '../../language/plan/format';
import { weightState } from './graph';
import type { HostTensor, Step } from './program';
import { RandomSequence, streamOf } from './random';

/** Counter word that keeps initial weights apart from the random numbers of training steps. */
const initialWeights = 1;

/** Inputs and outputs of one unit; all axes but the last two are the receptive field of a convolution. */
function fans(shape: number[]): [number, number] {
  if (shape.length < 2) return [shape[0] ?? 1, shape[0] ?? 1];
  const field = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  return [field * shape.at(-2)!, field * shape.at(-1)!];
}

/** Rows (or columns, if fewer) of length 1 at right angles, by Gram-Schmidt on normal numbers. Saxe et al. 2014. */
function orthogonal(shape: number[], random: RandomSequence): Float32Array {
  const columns = shape.at(-1) ?? 1;
  const rows = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  const vectors: Float64Array[] = [];
  for (let index = 0; index < count; index++) {
    const vector = Float64Array.from({ length }, () => random.normal());
    for (const other of vectors) {
      const along = other.reduce((sum, value, at) => sum + value * vector[at]!, 0);
      for (let at = 0; at < length; at++) vector[at]! -= along * other[at]!;
    }
    const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    vectors.push(vector.map((value) => value / norm));
  }
  return Float32Array.from({ length: rows * columns }, (_, at) => {
    const row = Math.floor(at / columns);
    const column = at % columns;
    return rows <= columns ? vectors[row]![column]! : vectors[column]![row]!;
  });
}

/**
 * Initial values of a weight, the same for the same seed and name whatever runs them. glorot_uniform: Glorot & Bengio
 * 2010, limit √(6 / (in + out)); he_uniform: He et al. 2015, limit √(6 / in).
 */
export function initialValues(init: Initializer, shape: number[], seed: number, name: string): Float32Array {
  const length = shape.reduce((product, size) => product * size, 1);
  const random = new RandomSequence(seed, streamOf(name), initialWeights);
  // `Float32Array.from` takes several times as long.
  const filled = (draw: () => number): Float32Array => {
    const values = new Float32Array(length);
    for (let i = 0; i < length; i++) values[i] = draw();
    return values;
  };
  const uniform = (limit: number) => filled(() => (2 * random.uniform() - 1) * limit);
  const [fanIn, fanOut] = fans(shape);
  switch (init.kind) {
    case 'zeros':
      return new Float32Array(length);
    case 'ones':
      return new Float32Array(length).fill(1);
    case 'constant':
      return new Float32Array(length).fill(init.value);
    case 'uniform':
      return uniform(init.limit);
    case 'normal':
      return filled(() => random.normal() * init.stddev);
    case 'glorot_uniform':
      return uniform(Math.sqrt(6 / (fanIn + fanOut)));
    case 'he_uniform':
      return uniform(Math.sqrt(6 / fanIn));
    case 'orthogonal':
      return orthogonal(shape, random);
  }
}

/** Everything a step starts with: fresh weights from the plan's seed, zeros for the optimizer and the counters. */
export function initialState(plan: Plan, step: Step): Map<string, HostTensor> {
  const state = new Map<string, HostTensor>();
  for (const { name, dtype, shape, init } of step.state) {
    const length = shape.reduce((product, size) => product * size, 1);
    const zeros = dtype === 'float32' ? new Float32Array(length) : new Int32Array(length);
    const data = init ? initialValues(init, shape, plan.train.seed, name) : zeros;
    state.set(name, { dtype, shape, data });
  }
  for (const node of plan.graph) {
    for (const weight of node.weights) {
      const name = weightState(node, weight);
      if (!state.has(name)) continue;
      const data = initialValues(weight.init, weight.shape, plan.train.seed, name);
      state.set(name, { dtype: 'float32', shape: weight.shape, data });
    }
  }
  return state;
}
