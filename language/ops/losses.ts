/** What a task can be learnt by: which outputs and targets each loss takes, and which metrics go with it. */
import type { TensorType } from '../types/type';
import { classificationLosses } from './losses/classification';
import { languageLosses } from './losses/language-model';
import { type Loss, lastDim, type TaskKind } from './losses/loss';
import { rankingLosses } from './losses/ranking';
import { regressionLosses } from './losses/regression';
import { allMetrics } from './metrics';

export type { Loss, LossCall, LossProblem, TaskKind } from './losses/loss';

const metricsFor = (kinds: TaskKind[]): string[] =>
  allMetrics()
    .filter((metric) => metric.of.some((kind) => kinds.includes(kind)))
    .map((metric) => metric.name);

const losses: readonly Loss[] = [
  ...classificationLosses,
  ...regressionLosses,
  ...rankingLosses,
  ...languageLosses,
].map((loss) => ({ ...loss, metrics: metricsFor(loss.kinds) }));

const byName = new Map(losses.map((loss) => [loss.name, loss]));

export function allLosses(): readonly Loss[] {
  return losses;
}

export function lossNamed(name: string): Loss | undefined {
  return byName.get(name);
}

/** The metrics of a task, as far as the type of its output tells whether it asks for one class or for labels. */
export function metricsOf(loss: Loss, output: TensorType | undefined): string[] {
  if (!output || output.lead !== undefined || !loss.kinds.includes('labels')) return loss.metrics;
  const last = output.dims.length > 1 ? lastDim(output)?.constant : 1;
  if (last === undefined) return loss.metrics;
  return metricsFor([last === 1 ? 'class' : 'labels']);
}

/** Whether the output holds a score for each of the target's classes. */
export function scoresClasses(loss: Loss): boolean {
  return loss.kinds.length === 1 && loss.kinds[0] === 'class';
}
