import type { Builder } from '../builder';
import { squaredDistances, unit } from '../lower/similarity';
import type { Size, TensorId } from '../program';
import { type LossFunction, lastAxis, meanOver, option, total } from './loss';

/** 1 where row and column are the same, of a square matrix. */
function diagonal(b: Builder, square: TensorId): TensorId {
  const [rows, columns] = b.shape(square) as [Size, Size];
  const row = b.reshape(b.iota(square, 0), [rows, 1]);
  return b.binary('equal', row, b.reshape(b.iota(square, 1), [1, columns]));
}

/** Burges et al. 2005, over the pairs of a row whose first item is more relevant. */
const pairwiseRanking: LossFunction = (b, scores, targets) => {
  const relevance = b.cast(targets, 'float32');
  const [rows, items] = b.shape(scores) as [Size, Size];
  const minus = (x: TensorId): TensorId =>
    b.sub(b.reshape(x, [rows, items, 1]), b.reshape(x, [rows, 1, items]));
  const better = b.cast(b.binary('greater', minus(relevance), b.scalar(0)), 'float32');
  const each = b.unary('softplus', b.unary('neg', minus(scores)));
  return meanOver(b, total(b, b.mul(better, each)), total(b, better));
};

/** Cao et al. 2007: a cross entropy with relevance as shares; rows without any do not count. */
const listwiseSoftmax: LossFunction = (b, scores, targets) => {
  const relevance = b.cast(targets, 'float32');
  const all = b.sum(relevance, [lastAxis(b, relevance)], true);
  const counts = b.cast(b.binary('greater', all, b.scalar(0)), 'float32');
  // What does not count teaches the target nothing either, where that is learned.
  const shares = b.mul(counts, b.div(relevance, b.binary('maximum', all, b.scalar(1e-9))));
  return meanOver(b, b.unary('neg', total(b, b.mul(shares, b.logSoftmax(scores)))), total(b, counts));
};

/** InfoNCE, van den Oord et al. 2018; both ways as Radford et al. 2021. */
const contrastive: LossFunction = (b, vectors, partners, options) => {
  const scale = b.scalar(1 / option(options, 'temperature', 0.05));
  const scores = b.mul(b.matmul(unit(b, vectors), unit(b, partners), false, true), scale);
  const own = b.cast(diagonal(b, scores), 'float32');
  const ask = (asked: TensorId): TensorId => b.unary('neg', total(b, b.mul(own, b.logSoftmax(asked))));
  const rows = b.sizeOf(scores, 0, 'float32');
  if (options?.symmetric === false) return meanOver(b, ask(scores), rows);
  return meanOver(b, b.mul(b.add(ask(scores), ask(b.transpose(scores, [1, 0]))), b.scalar(0.5)), rows);
};

/** Farther than anything is. */
const beyond = 1e9;

/** Hermans et al. 2017, batch hard: the farthest of the same label against the nearest of another. */
const triplet: LossFunction = (b, vectors, targets, options) => {
  const distances = b.unary('sqrt', b.add(squaredDistances(b, vectors, vectors), b.scalar(1e-12)));
  const [rows] = b.shape(distances) as [Size];
  const labels = b.cast(targets, 'int32');
  const same = b.binary('equal', b.reshape(labels, [rows, 1]), b.reshape(labels, [1, rows]));
  const partner = b.binary('logical_and', same, b.unary('logical_not', diagonal(b, distances)));
  const farthest = b.reduce('reduce_max', b.select(partner, distances, b.scalar(0)), [1]);
  const nearest = b.reduce('reduce_min', b.select(same, b.scalar(beyond), distances), [1]);
  const any = (which: TensorId): TensorId => b.reduce('reduce_max', b.cast(which, 'float32'), [1]);
  const counts = b.mul(any(partner), any(b.unary('logical_not', same)));
  const each = b.unary('relu', b.add(b.sub(farthest, nearest), b.scalar(option(options, 'margin', 0.2))));
  return meanOver(b, total(b, b.mul(each, counts)), total(b, counts));
};

export const rankingLosses: Record<string, LossFunction> = {
  pairwise_ranking: pairwiseRanking,
  listwise_softmax: listwiseSoftmax,
  contrastive,
  triplet,
};
