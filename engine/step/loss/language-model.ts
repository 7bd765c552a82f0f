import type { Builder } from '../builder';
import type { TensorId } from '../program';
import { crossEntropy } from './classification';
import { type LossFunction, type LossOptions, option } from './loss';

/** Ids with -1, which means "not labelled", where they have a certain value. */
function without(b: Builder, ids: TensorId, value: number): TensorId {
  const known = b.cast(ids, 'int32');
  if (value === -1) return known;
  return b.select(b.binary('equal', known, b.scalar(value, 'int32')), b.scalar(-1, 'int32'), known);
}

/**
 * What is scored and what is right, step by step: for `next_token`, the scores of all steps but the last against the
 * ids of all but the first. Undefined for other losses.
 */
export function tokensOf(
  b: Builder,
  loss: string,
  logits: TensorId,
  ids: TensorId,
  options?: LossOptions,
): { logits: TensorId; labels: TensorId } | undefined {
  if (loss === 'masked_token') return { logits, labels: without(b, ids, option(options, 'ignore', -1)) };
  if (loss !== 'next_token') return undefined;
  const steps = b.staticSize(ids, 1);
  if (steps < 2) throw new Error('a text of one step has no next one');
  return {
    logits: b.cut(logits, 1, 0, steps - 1),
    labels: b.cut(without(b, ids, option(options, 'pad', 0)), 1, 1, steps - 1),
  };
}

const ofTokens =
  (loss: string): LossFunction =>
  (b, predictions, targets, options) => {
    const { logits, labels } = tokensOf(b, loss, predictions, targets, options)!;
    return crossEntropy(b, logits, labels, { label_smoothing: option(options, 'label_smoothing', 0) });
  };

export const languageLosses: Record<string, LossFunction> = {
  next_token: ofTokens('next_token'),
  masked_token: ofTokens('masked_token'),
};
