/** Metrics of orders, and of words. */
import type { Found } from '../order';
import type { Outcome } from '../outcome';
import { type Metric, mean, sum } from './metric';

/** The mean over entries that have anything to find. */
const ofFound =
  (metric: (found: Found) => number): Metric =>
  (outcome) =>
    outcome.kind === 'order'
      ? mean(outcome.found.filter(({ ranks }) => ranks.length > 0).map(metric))
      : Number.NaN;

const within = (k: number): Metric => ofFound(({ ranks }) => Number(ranks[0]! <= k));

/** Σ (2^gain - 1) / log₂(rank + 1) over ranks up to k. */
const discounted = (ranks: number[], gains: number[], k: number): number =>
  sum(ranks.map((rank, i) => (rank > k ? 0 : (2 ** gains[i]! - 1) / Math.log2(rank + 1))));

/** Järvelin & Kekäläinen 2002, against the order with the greatest gains first. */
const ndcg = (k: number): Metric =>
  ofFound(({ ranks, gains }) => {
    const best = [...gains].sort((a, b) => b - a);
    const ideal = discounted(
      best.map((_, i) => i + 1),
      best,
      k,
    );
    return discounted(ranks, gains, k) / ideal;
  });

type Tokens = Outcome & { kind: 'tokens' };
const ofTokens =
  (metric: (outcome: Tokens, loss: number) => number): Metric =>
  (outcome, loss) =>
    outcome.kind === 'tokens' ? metric(outcome, loss) : Number.NaN;

export const orderMetrics: Record<string, Metric> = {
  recall_at_1: within(1),
  recall_at_5: within(5),
  recall_at_10: within(10),
  mrr: ofFound(({ ranks }) => 1 / ranks[0]!),
  ndcg: ndcg(Number.POSITIVE_INFINITY),
  ndcg_at_10: ndcg(10),
};

export const tokenMetrics: Record<string, Metric> = {
  accuracy: ofTokens(({ truth, predicted }) =>
    mean(Array.from(truth, (id, i) => Number(id === predicted[i]))),
  ),
  perplexity: ofTokens((_, loss) => Math.exp(loss)),
};
