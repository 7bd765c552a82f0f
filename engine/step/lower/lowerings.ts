import { activations } from './activation';
import { arithmetic } from './arithmetic';
import { attentions } from './attention';
import type { Lowering } from './context';
import { convolutions } from './convolution';
import { projections } from './dense';
import { normalizations } from './normalization';
import { pools } from './pooling';
import { recurrents } from './recurrent';
import { shapes } from './shapes';

/** Every op that this engine can turn into primitives, by its name in the op catalogue. */
export const lowerings: Readonly<Record<string, Lowering>> = {
  ...projections,
  ...convolutions,
  ...pools,
  ...recurrents,
  ...normalizations,
  ...attentions,
  ...activations,
  ...arithmetic,
  ...shapes,
};
