/** The prepared ops that this engine knows; a new one is a file and a line here. */
import { bucketize } from './bucketize';
import { cleanText } from './clean-text';
import { dateParts } from './date-parts';
import { fillMissing } from './fill-missing';
import { hashBucket } from './hash-bucket';
import { logScale } from './log-scale';

import { minMaxScale } from './min-max-scale';
import { oneHot } from './one-hot';
import type { PrepareOp } from './op';
import { resizeImage } from './resize-image';
import { robustScale } from './robust-scale';
import { scaleImage } from './scale-image';
import { standardize } from './standardize';
import { charIds, wordIds } from './text-ids';
import { subwordIds, tokenizer } from './tokenizer';
import { valueIds } from './value-ids';

export const PREPARE_OPS: Record<string, PrepareOp> = {
  word_ids: wordIds,
  char_ids: charIds,
  subword_ids: subwordIds,
  clean_text: cleanText,
  tokenizer,
  standardize,
  min_max_scale: minMaxScale,
  robust_scale: robustScale,
  log_scale: logScale,
  one_hot: oneHot,
  hash_bucket: hashBucket,
  value_ids: valueIds,
  bucketize,
  resize_image: resizeImage,
  scale_image: scaleImage,
  date_parts: dateParts,
  fill_missing: fillMissing,
};
