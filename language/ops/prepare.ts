/** Ops that run once on the host, before training; some are fitted on the training split first. */
import type { Op } from './op';
import { bucketize } from './prepare/bucketize';
import { categoryOps } from './prepare/category';
import { dateParts } from './prepare/date';
import { imageOps } from './prepare/image';
import { fillMissing } from './prepare/missing';
import { scalingOps } from './prepare/scaling';
import { textOps } from './prepare/text';
import { tokenizer } from './prepare/tokenizer';

export const prepareOps: Op[] = [
  ...textOps,
  tokenizer,
  ...scalingOps,
  ...categoryOps,
  bucketize,
  ...imageOps,
  dateParts,
  fillMissing,
];
