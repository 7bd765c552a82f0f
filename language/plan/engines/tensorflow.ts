import type { Engine } from './engine';

/**
 * The engine in TypeScript, on both of its executors: they run the same compiled step. A test holds this table to what
 * the engine lowers and trains; what it learns is taken out here.
 */
export const tensorflow: Engine = {
  name: 'tensorflow',
  shipped: true,
  ops: [],
  losses: [],
  metrics: [],
  modes: [],
  code: ['python', 'typescript'],
  dtypes: { float16: 'float32', bfloat16: 'float32', float64: 'float32', int64: 'int32' },
  features: [],
};
