/** The prepared ops that this engine knows; a new one is a file and a line here. */

import { hashBucket } from './hash-bucket';
import { oneHot } from './one-hot';
import type { PrepareOp } from './op';
import { scaleImage } from './scale-image';
import { standardize } from './standardize';
import { charIds, wordIds } from './text-ids';

export const PREPARE_OPS: Record<string, PrepareOp> = {
  word_ids: wordIds,
  char_ids: charIds,
  hash_bucket: hashBucket,
  one_hot: oneHot,
  standardize,
  scale_image: scaleImage,
};
