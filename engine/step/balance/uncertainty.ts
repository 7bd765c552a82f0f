import type { Builder } from '../builder';
import { regressionLosses } from '../loss/regression';
import { type Balanced, type TaskLoss, weighted } from './balance';

const stateOf = (task: string): string => `optimizer/log_variance/${task}`;

/**
 * Kendall, Gal & Cipolla 2018: each task has a learnt variance σ² of its noise, kept as s = log σ², 0 at first. Its loss
 * L counts as L / σ² + log σ = e^-s L + s / 2; losses of numbers, as of a normal distribution, by half of the first term.
 * The weight that the composition gives a task is a factor of both.
 */
export function balanceUncertainty(b: Builder, losses: TaskLoss[]): Balanced {
  const logs = losses.map(({ task }) => {
    const state = stateOf(task.name);
    return { task, state, value: b.state(state, 'float32', []) };
  });
  const weights = new Map(
    logs.map(({ task, value }) => {
      const share = task.weight * (task.loss in regressionLosses ? 0.5 : 1);
      return [task.name, b.mul(b.unary('exp', b.unary('neg', value)), b.scalar(share))];
    }),
  );
  const noise = logs
    .map(({ task, value }) => b.mul(value, b.scalar(task.weight / 2)))
    .reduce((sum, each) => b.add(sum, each));
  return {
    loss: b.add(weighted(b, losses, weights), noise),
    weights,
    state: logs.map(({ state }) => ({ name: state, dtype: 'float32', shape: [] })),
    learned: logs.map(({ state, value }) => ({ state, shape: [], value })),
    updates: [],
  };
}
