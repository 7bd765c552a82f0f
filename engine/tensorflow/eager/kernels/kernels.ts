import type { Primitive } from '../../../step/program';
import { elementwise } from './elementwise';
import type { Kernels } from './kernel';
import { matmul } from './matmul';
import { recurrence } from './recurrence';
import { reduce } from './reduce';
import { shape } from './shape';
import { slice } from './slice';
import { source } from './source';
import { table } from './table';
import { window } from './window';

/** How every primitive is computed; the session itself supplies inputs, states and constants. */
export const kernels: Kernels<Exclude<Primitive['op'], 'input' | 'state' | 'constant'>> = {
  ...source,
  ...elementwise,
  ...matmul,
  ...reduce,
  ...shape,
  ...slice,
  ...table,
  ...window,
  ...recurrence,
};
