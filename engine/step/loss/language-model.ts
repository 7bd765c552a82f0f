import type { Builder } from '../builder';
import type { TensorId } from '../program';
import { product } from '../sizes';
import { crossEntropy } from './classification';
import { type LossFunction, type LossOptions, option } from './loss';

/** Ids with -1, which means "not labelled", where they have a certain value. */
function without(b: Builder, ids: TensorId, value: number): TensorId {
  const known = b.cast(ids, 'int32');
  if (value === -1) return known;
  return b.select(b.binary('equal', known, b.scalar(value, 'int32')), b.scalar(-1, 'int32'), known);
}

/** The id after each of ids [batch, steps], -1 after the last: the next one in memory, but for the end of a row. */
function following(b: Builder, ids: TensorId): TensorId {
  const shape = b.shape(ids);
  const one = b.scalar(1, 'int32');
  const flat = b.reshape(ids, [product(shape)]);
  const last = b.sub(b.sizeOf(flat, 0, 'int32'), one);
  const next = b.gather(flat, b.binary('minimum', b.add(b.iota(flat, 0), one), last));
  const isEnd = b.binary('equal', b.iota(ids, 1), b.sub(b.sizeOf(ids, 1, 'int32'), one));
  return b.select(isEnd, b.scalar(-1, 'int32'), b.reshape(next, shape));
}

/**
 * What is scored and what is right, step by step: for `next_token`, the scores of each step against the id after it.
 * Undefined for other losses.
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
  if (b.shape(ids)[1] === 1) throw new Error('a text of one step has no next one');
  return { logits, labels: following(b, without(b, ids, option(options, 'pad', 0))) };
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
