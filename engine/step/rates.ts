/** How fast each weight learns. */
import type { Plan, PlanNode } from '../../language/plan/format';
import type { Builder } from './builder';
import { inputsOf, producers } from './frozen';
import { weightState } from './graph';
import type { TensorId } from './program';

/** float32 scalar input of the train program of a plan with a schedule: the share of the full rate at this step. */
export const rateShare = 'rate_share';

/** A layer is a node with weights that can learn, as `last: n` counts them. */
const isLayer = (node: PlanNode): boolean => node.weights.some(({ trainable }) => trainable);

/**
 * How many layers lie between each weight and the output that it serves, along the longest way, by state name; a weight
 * that several nodes share is as far as the nearest of them. The last layer is 0 away.
 */
export function layersBehind(plan: Plan): Map<string, number> {
  const byValue = producers(plan);
  const distances = new Map<PlanNode, number>();
  const farther = (id: string, distance: number) => {
    const node = byValue.get(id);
    if (node) distances.set(node, Math.max(distance, distances.get(node) ?? 0));
  };
  for (const task of plan.tasks) farther(task.output, 0);
  const byState = new Map<string, number>();
  for (const node of [...plan.graph].reverse()) {
    const distance = distances.get(node) ?? 0;
    for (const id of inputsOf(node)) farther(id, distance + (isLayer(node) ? 1 : 0));
    for (const weight of node.weights) {
      const state = weightState(node, weight);
      const nearest = Math.min(distance, byState.get(state) ?? Number.POSITIVE_INFINITY);
      byState.set(state, nearest);
    }
  }
  return byState;
}

/**
 * The learning rate of a weight: its part's, or the optimizer's; times `layer_decay` for every layer behind it; times
 * the share that the schedule gives to this step.
 */
export function learningRates(b: Builder, plan: Plan): (state: string, part: string) => TensorId {
  const { layer_decay: decay, optimizer } = plan.train;
  const own = new Map(plan.parts.map((part) => [part.name, part.learning_rate]));
  const distances = plan.train.layer_decay === undefined ? undefined : layersBehind(plan);
  const share = plan.train.schedule ? b.input(rateShare, { dtype: 'float32', shape: [] }) : undefined;
  const made = new Map<number, TensorId>();
  return (state, part) => {
    const full = own.get(part) ?? optimizer.learning_rate;
    const rate = full * (decay ?? 1) ** (distances?.get(state) ?? 0);
    const known = made.get(rate);
    if (known !== undefined) return known;
    const tensor = share === undefined ? b.scalar(rate) : b.mul(share, b.scalar(rate));
    made.set(rate, tensor);
    return tensor;
  };
}
