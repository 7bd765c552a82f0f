/** Whether memory grows while a run goes on. */
import type { Figure } from '../figures';
import { bound } from '../language/timing';
import { Contestant } from './contestant';
import type { Setting } from './engine';
import type { BenchModel } from './models';
import { brique } from './programs';

const MIB = 2 ** 20;

export async function memory(
  folder: string,
  model: BenchModel,
  steps: number,
  { native }: Setting,
): Promise<Figure> {
  const executor = native ? 'graph' : 'eager';
  const contestant = new Contestant(brique(executor), folder, native ? { BRIQUE_TENSORFLOW: native } : {});
  try {
    const resident: number[] = [];
    const tensors = new Set<number>();
    const epochs = Math.max(4, Math.ceil(steps / model.steps));
    for (let epoch = 0; epoch < epochs; epoch++) {
      const answer = await contestant.epoch();
      resident.push(answer.resident! / MIB);
      tensors.add(answer.tensors!);
    }
    // What a run allocates once, it has by the middle; the least of a quarter leaves out what comes and goes.
    const quarter = epochs >> 2;
    const least = (from: number) => Math.min(...resident.slice(from, from + quarter));
    const growth = least(epochs - quarter) - least(epochs >> 1);
    const alive = [...tensors].join(', ');
    const notes = `over the second half of ${epochs * model.steps} steps on ${executor}, garbage collected; ${Math.round(resident.at(-1)!)} MiB at the end, tensors alive: ${alive}`;
    const figure = bound(`${model.name}: growth of memory`, growth, 'MiB', 4, notes);
    return { ...figure, holds: figure.holds === true && tensors.size === 1 };
  } finally {
    await contestant.end();
  }
}
