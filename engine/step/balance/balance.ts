/** How the losses of several tasks are weighed against each other. */
import type { Plan, PlanTask } from '../../../language/plan/format';
import type { Builder } from '../builder';
import type { Learning } from '../optimizer';
import type { StateSpec, TensorId, Update } from '../program';
import { balanceGradients } from './gradnorm';
import { balanceUncertainty } from './uncertainty';

/** A task of a batch: its mean loss, before any weight. float32 scalar. */
export interface TaskLoss {
  task: PlanTask;
  mean: TensorId;
}

/** A weight of the model that learns in this program; `base` is the state whose layer it belongs to. */
export interface Trainable {
  state: string;
  base: string;
  tensor: TensorId;
}

export interface Balanced {
  /** float32 scalar: what the gradients are of. */
  loss: TensorId;
  /** By task: how much its loss counts in this step. float32 scalars. */
  weights: Map<string, TensorId>;
  /** What is kept between steps. */
  state: StateSpec[];
  /** Learnt by the optimizer beside the weights of the model. */
  learned: Omit<Learning, 'gradient' | 'learningRate'>[];
  /** What changes whenever the optimizer moves. */
  updates: Update[];
}

/**
 * Puts the losses of a batch together as `train.balance` says. `plan` has the tasks of all datasets, `losses` those of
 * this batch.
 */
export function balanced(b: Builder, plan: Plan, losses: TaskLoss[], trainable: Trainable[]): Balanced {
  const { balance } = plan.train;
  if (balance === undefined || plan.tasks.length < 2) {
    const weights = new Map(losses.map(({ task }) => [task.name, b.scalar(task.weight)]));
    return { loss: weighted(b, losses, weights), weights, state: [], learned: [], updates: [] };
  }
  return balance === 'uncertainty'
    ? balanceUncertainty(b, losses)
    : balanceGradients(b, plan, losses, trainable);
}

export function weighted(b: Builder, losses: TaskLoss[], weights: ReadonlyMap<string, TensorId>): TensorId {
  return losses
    .map(({ task, mean }) => b.mul(mean, weights.get(task.name)!))
    .reduce((sum, each) => b.add(sum, each));
}

/** Whether the weights of the tasks move. */
export function weightsMove({ tasks, train }: Pick<Plan, 'tasks' | 'train'>): boolean {
  return train.balance !== undefined && tasks.length > 1;
}
