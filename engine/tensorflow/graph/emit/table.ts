import type { EmitTable } from './context';
import { convolution } from './convolution';
import { elementwise } from './elementwise';
import { fused } from './fused';
import { gather } from './gather';
import { matrix } from './matrix';
import { pooling } from './pooling';
import { random } from './random';
import { recurrence } from './recurrence';
import { reduce } from './reduce';
import { shape } from './shape';
import { source } from './source';

/** Every primitive, and what is fused from them. The compiler finds one that is missing. */
export const emitters: EmitTable = {
  ...source,
  ...elementwise,
  ...matrix,
  ...reduce,
  ...shape,
  ...gather,
  ...convolution,
  ...pooling,
  ...random,
  ...recurrence,
  ...fused,
};
