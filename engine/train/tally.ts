import type { Plan } from '../../language/plan/format';
import type { Metrics } from '../../protocol/generated/run-event';
import { decodeNumber, type EncodedNumber, encodeNumber } from '../../protocol/runs/numbers';
import { weightsMove } from '../step/balance/balance';
import { streamingMetrics, taskOutput } from '../step/metrics';
import type { HostTensor } from '../step/program';

export type Outputs = Record<string, HostTensor>;

export function scalar(outputs: Outputs, name: string): number {
  return outputs[name]?.data[0] ?? Number.NaN;
}

/** Adds up losses and streaming metrics over batches. */
export class Tally {
  readonly #tasks: {
    loss: number;
    count: number;
    batches: number;
    sums: Record<string, number>;
    weight: number;
  }[];

  constructor(readonly plan: Plan) {
    this.#tasks = plan.tasks.map(() => ({ loss: 0, count: 0, batches: 0, sums: {}, weight: Number.NaN }));
  }

  add(outputs: Outputs): void {
    for (const [i, task] of this.plan.tasks.entries()) {
      const own = this.#tasks[i]!;
      // A batch is of one dataset, so it has not every task.
      if (!(taskOutput.count(task.name) in outputs)) continue;
      const count = scalar(outputs, taskOutput.count(task.name));
      own.batches += 1;
      if (weightsMove(this.plan)) own.weight = scalar(outputs, taskOutput.weight(task.name));
      own.count += count;
      own.loss += scalar(outputs, taskOutput.loss(task.name)) * count;
      for (const metric of this.#streaming(i)) {
        own.sums[metric] = (own.sums[metric] ?? 0) + scalar(outputs, taskOutput.sum(task.name, metric));
      }
    }
  }

  #streaming(task: number): string[] {
    return this.plan.tasks[task]!.metrics.filter((metric) => metric in streamingMetrics);
  }

  /** All sums, in the order of tasks and their metrics; `restore` takes them back to the bit. */
  snapshot(): EncodedNumber[] {
    const moves = weightsMove(this.plan);
    return this.#tasks.flatMap(({ loss, count, batches, sums, weight }, i) =>
      [
        ...[loss, count, batches, ...(moves ? [weight] : [])],
        ...this.#streaming(i).map((metric) => sums[metric] ?? 0),
      ].map(encodeNumber),
    );
  }

  restore(snapshot: EncodedNumber[]): void {
    const numbers = snapshot.map(decodeNumber).values();
    const next = () => numbers.next().value ?? 0;
    for (const [i, own] of this.#tasks.entries()) {
      own.loss = next();
      own.count = next();
      own.batches = next();
      if (weightsMove(this.plan)) own.weight = next();
      for (const metric of this.#streaming(i)) own.sums[metric] = next();
    }
  }

  /** Mean loss of a task. */
  lossOf(task: number): number {
    const { loss, count } = this.#tasks[task]!;
    return loss / count;
  }

  #seen(task: number): boolean {
    return this.#tasks[task]!.batches > 0;
  }

  /** The sum of the losses of the tasks that there were, by the weights that the composition gives them. */
  get loss(): number {
    return this.plan.tasks.reduce(
      (sum, task, i) => sum + (this.#seen(i) ? task.weight * this.lossOf(i) : 0),
      0,
    );
  }

  /** `loss`, then per task its loss, those of its metrics that can be added up, and its newest weight if that moves. */
  metrics(): Metrics {
    const metrics: Metrics = { loss: encodeNumber(this.loss) };
    for (const [i, task] of this.plan.tasks.entries()) {
      if (!this.#seen(i)) continue;
      const { sums, count, weight } = this.#tasks[i]!;
      metrics[`${task.name}.loss`] = encodeNumber(this.lossOf(i));
      for (const metric of this.#streaming(i)) {
        metrics[`${task.name}.${metric}`] = encodeNumber(
          streamingMetrics[metric]!.finish(sums[metric]!, count),
        );
      }
      if (weightsMove(this.plan)) metrics[`${task.name}.weight`] = encodeNumber(weight);
    }
    return metrics;
  }
}
