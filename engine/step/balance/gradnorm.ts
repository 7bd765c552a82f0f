import type { Plan } from '../../../language/plan/format';
import type { Builder } from '../builder';
import { nodesBehind } from '../frozen';
import { gradients } from '../gradient/gradient';
import { weightState } from '../graph';
import { allAxes } from '../loss/loss';
import type { StateSpec, TensorId, Update } from '../program';
import { type Balanced, type TaskLoss, type Trainable, weighted } from './balance';

/** What the paper uses for its networks. */
const ALPHA = 1.5;
/** How far the logarithm of a weight moves in a step whose gradient norms are all equal. */
const RATE = 0.025;
const TINY = 1e-12;

type Kept = 'weight' | 'first' | 'norm' | 'ratio';
const stateOf = (kept: Kept, task: string): string => `optimizer/gradnorm/${kept}/${task}`;

/**
 * Chen et al. 2018: weights w of the tasks move so that the gradients of all w L, at the last layer that all tasks
 * share, come to have norms G near mean(G) rᵅ, where r is how much of its first loss a task has left, relative to the
 * mean of that. They follow the gradient of Σ |G - mean(G) rᵅ| by log w, which keeps them above 0, and in proportion to
 * mean(G), so that units of losses do not matter; then they are scaled to the sum that they began with. They begin as the
 * composition has them. Of tasks on other datasets, which are in no batch of this one, what was seen last counts.
 * Where no layer that learns is shared by all tasks, the weights stay.
 */
export function balanceGradients(
  b: Builder,
  plan: Plan,
  losses: TaskLoss[],
  trainable: Trainable[],
): Balanced {
  const read = (kept: Kept, task: string) => b.state(stateOf(kept, task), 'float32', []);
  const weights = new Map(losses.map(({ task }) => [task.name, read('weight', task.name)]));
  const loss = weighted(b, losses, weights);
  const layer = sharedLayer(plan, trainable).map(({ tensor }) => tensor);
  return {
    loss,
    weights,
    state: plan.tasks.flatMap(({ name, weight }): StateSpec[] =>
      (['weight', 'first', 'norm', 'ratio'] as const).map((kept) => ({
        name: stateOf(kept, name),
        dtype: 'float32',
        shape: [],
        init: { kind: 'constant', value: kept === 'weight' ? weight : 0 },
      })),
    ),
    learned: [],
    updates: layer.length === 0 ? [] : movedWeights(b, plan, losses, layer, read),
  };
}

/** What learns of the last layer that every task's output passes through. */
export function sharedLayer<T extends { base: string }>(plan: Plan, trainable: readonly T[]): T[] {
  const behind = plan.tasks.map(
    ({ output }) =>
      new Set(
        nodesBehind(plan, [output]).flatMap((node) => node.weights.map((each) => weightState(node, each))),
      ),
  );
  const shared = trainable.filter(({ base }) => behind.every((states) => states.has(base)));
  for (const node of [...plan.graph].reverse()) {
    const states = node.weights.map((each) => weightState(node, each));
    const own = shared.filter(({ base }) => states.includes(base));
    if (own.length > 0) return own;
  }
  return [];
}

function movedWeights(
  b: Builder,
  plan: Plan,
  losses: TaskLoss[],
  layer: TensorId[],
  read: (kept: Kept, task: string) => TensorId,
): Update[] {
  const updates: Update[] = [];
  const assign = (kept: Kept, task: string, value: TensorId) =>
    updates.push({ kind: 'assign', state: stateOf(kept, task), value });
  const atLeastTiny = (x: TensorId) => b.binary('maximum', x, b.scalar(TINY));

  const rows = plan.tasks.map(({ name }) => {
    const weight = read('weight', name);
    const own = losses.find(({ task }) => task.name === name);
    if (!own) {
      const seen = b.cast(b.binary('greater', read('first', name), b.scalar(0)), 'float32');
      return { name, weight, norm: read('norm', name), ratio: read('ratio', name), seen };
    }
    const before = read('first', name);
    const first = b.select(b.binary('greater', before, b.scalar(0)), before, atLeastTiny(own.mean));
    const norm = normOf(b, own.mean, layer);
    const ratio = b.div(atLeastTiny(own.mean), first);
    assign('first', name, first);
    if (losses.length < plan.tasks.length) {
      assign('norm', name, norm);
      assign('ratio', name, ratio);
    }
    return { name, weight, norm, ratio, seen: b.scalar(1) };
  });

  const sum = (each: TensorId[]) => each.reduce((all, x) => b.add(all, x));
  const count = sum(rows.map(({ seen }) => seen));
  const mean = (each: (row: (typeof rows)[number]) => TensorId) =>
    atLeastTiny(b.div(sum(rows.map((row) => b.mul(row.seen, each(row)))), count));
  const meanNorm = mean(({ weight, norm }) => b.mul(weight, norm));
  const meanRatio = mean(({ ratio }) => ratio);

  const moved = rows.map((row) => {
    if (!losses.some(({ task }) => task.name === row.name)) return row.weight;
    const share = b.div(b.mul(row.weight, row.norm), meanNorm);
    const wanted = b.binary('pow', b.div(row.ratio, meanRatio), b.scalar(plan.train.balance_alpha ?? ALPHA));
    const slope = b.mul(share, b.unary('sign', b.sub(share, wanted)));
    return b.mul(row.weight, b.unary('exp', b.mul(slope, b.scalar(-RATE))));
  });
  const total = b.scalar(plan.tasks.reduce((all, { weight }) => all + weight, 0));
  const scale = b.div(total, atLeastTiny(sum(moved)));
  for (const [i, { name }] of rows.entries()) assign('weight', name, b.mul(moved[i]!, scale));
  return updates;
}

/** The Euclidean norm of a loss's gradient by all weights of a layer together. */
function normOf(b: Builder, loss: TensorId, layer: TensorId[]): TensorId {
  const squares = [...gradients(b, loss, layer).values()].map((gradient) =>
    b.sum(b.unary('square', gradient), allAxes(b, gradient)),
  );
  return squares.length === 0
    ? b.scalar(0)
    : b.unary(
        'sqrt',
        squares.reduce((all, each) => b.add(all, each)),
      );
}
