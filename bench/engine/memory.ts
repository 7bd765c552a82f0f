/** Whether memory grows while a run goes on. */
import { join } from 'node:path';
import type { Figure } from '../figures';
import { lineThrough } from '../statistics';
import { Contestant } from './contestant';
import type { Setting } from './engine';
import { SMALL } from './models';
import { brique } from './programs';
import { round } from './rounds';
import { writeModel } from './workspace';

const MIB = 2 ** 20;
/** Stretches of a run of which each gives one number, and how many of them count as warming up. */
const [STRETCHES, WARM] = [20, 4];
/** Of the process, by as much as 10,000 further steps may make it grow at the upper end of the interval. */
const FLAT = 0.01;

/**
 * Runs of `steps` steps on each executor. After every epoch garbage is collected, and the resident memory of the process
 * and its tensors are asked for. Flat means: through the least of each twentieth of the run, the first fifth left out,
 * goes a line (least squares) whose slope is with 95 % certainty (Student's t) below 1 % of the process in 10,000 steps;
 * and the number of tensors never changes.
 */
export async function memory(root: string, steps: number, setting: Setting): Promise<Figure[]> {
  const folder = join(root, SMALL.name);
  writeModel(folder, SMALL);
  const figures: Figure[] = [];
  for (const executor of setting.native ? (['graph', 'eager'] as const) : (['eager'] as const))
    figures.push(await grown(folder, executor, steps, setting));
  return figures;
}

async function grown(
  folder: string,
  executor: 'graph' | 'eager',
  steps: number,
  { native }: Setting,
): Promise<Figure> {
  const contestant = new Contestant(brique(executor), folder, native ? { BRIQUE_TENSORFLOW: native } : {});
  try {
    const each = Math.ceil(steps / SMALL.steps / STRETCHES);
    const tensors = new Set<number>();
    const least: [number, number][] = [];
    for (let stretch = 1; stretch <= STRETCHES; stretch++) {
      const resident: number[] = [];
      for (let epoch = 0; epoch < each; epoch++) {
        const answer = await contestant.epoch();
        resident.push(answer.resident! / MIB);
        tensors.add(answer.tensors!);
      }
      least.push([stretch * each * SMALL.steps, Math.min(...resident)]);
    }
    const warm = least.slice(WARM);
    const { slope, margin } = lineThrough(warm);
    const process = warm[0]![1];
    const most = (slope + margin) * 10_000;
    const interval = `${round(slope * 10_000)} ± ${round(margin * 10_000)} MiB (95 %)`;
    const ends = `${round(process)} MiB after ${warm[0]![0]} steps, ${round(warm.at(-1)![1])} after ${warm.at(-1)![0]}`;
    return {
      name: `growth of memory on ${executor}, in 10,000 steps`,
      value: round(slope * 10_000),
      unit: 'MiB',
      goal: `at most ${100 * FLAT} % of the process, interval included`,
      holds: most <= FLAT * process && tensors.size === 1,
      notes: `${interval}; ${ends}; tensors alive: ${[...tensors].join(', ')}; garbage collected between epochs`,
    };
  } finally {
    await contestant.end();
  }
}
