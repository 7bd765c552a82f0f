/** Brique on WebAssembly: against the loop that one would write, and that the others train at all. */
import type { Figure } from '../figures';
import type { Setting } from './engine';
import type { BenchModel } from './models';
import { brique, tfjsWasm } from './programs';
import { fastestRatio, inRounds, median, range, round } from './rounds';
import { absent, share } from './steps';

/** Of an epoch. */
const STEPS = 8;

export async function webAssembly(folder: string, model: BenchModel, setting: Setting): Promise<Figure[]> {
  const ours = brique('eager', String(STEPS));
  const theirs = tfjsWasm(STEPS);
  const programs = [ours, ...(model.name === 'mlp' ? [theirs] : [])];
  const counted = programs.map((program) => ({ program, steps: STEPS }));
  const { measured, missing } = await inRounds(folder, counted, { ...setting, seconds: setting.seconds / 6 });
  const title = `${model.name}: a step on WebAssembly`;
  const figures: Figure[] = measured.map(({ program, steps }) => ({
    name: `${title}, ${program.name}`,
    value: round(median(steps)),
    unit: 'ms',
    notes: `${range(steps)} in ${steps.length} epochs of ${STEPS} steps; ${program.notes}`,
  }));
  figures.push(...missing.map(({ program, why }) => absent(`${title}, ${program.name}`, why)));
  const of = (wanted: typeof ours) => measured.find(({ program }) => program === wanted)?.steps;
  const [own, other] = [of(ours), of(theirs)];
  if (own && other) {
    const notes =
      'each at its fastest; one thread each, the same kernels; the loop by hand lets matMul transpose';
    figures.push(share(`${title}, Brique against TensorFlow.js`, fastestRatio(own, other), 0.25, notes));
  }
  return figures;
}
