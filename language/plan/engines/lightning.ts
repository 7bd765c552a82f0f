import type { Engine } from './engine';

/** The same plan on PyTorch Lightning. It has its place, and is not part of this version. */
export const lightning: Engine = {
  name: 'lightning',
  shipped: false,
  ops: [],
  losses: [],
  metrics: [],
  modes: [],
  code: ['typescript'],
  dtypes: {},
  features: [],
};
