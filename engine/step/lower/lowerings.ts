import { activations } from './activation';
import { arithmetic } from './arithmetic';
import { attentions } from './attention';
import type { Lowering } from './context';
import { convolutions } from './convolution';
import { projections } from './dense';
import { elementwise } from './elementwise';
import { normalizations } from './normalization';
import { pools } from './pooling';
import { positions } from './position';
import { recurrents } from './recurrent';
import { reductions } from './reduction';
import { shapes } from './shapes';
import { similarities } from './similarity';
import { tokens } from './tokens';

/** Every op that this engine can turn into primitives, by its name in the op catalogue. */
export const lowerings: Readonly<Record<string, Lowering>> = {
  ...projections,
  ...convolutions,
  ...positions,
  ...pools,
  ...recurrents,
  ...normalizations,
  ...attentions,
  ...activations,
  ...arithmetic,
  ...elementwise,
  ...reductions,
  ...similarities,
  ...tokens,
  ...shapes,
};
