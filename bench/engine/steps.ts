/** A step of training, warm, with all that feeds it. */
import type { Figure } from '../figures';
import type { Setting } from './engine';
import type { BenchModel } from './models';
import { productsAlone } from './products';
import { brique, rivals } from './programs';
import { fastestRatio, inRounds, type Measured, median, medianRatio, range, round } from './rounds';

export async function steps(folder: string, model: BenchModel, setting: Setting): Promise<Figure[]> {
  const ours = brique('graph');
  const others = rivals(setting);
  const title = `${model.name}: a step`;
  if (!setting.native)
    return [absent(`${title}, ${ours.name}`, 'native TensorFlow is not installed: brique runtime install')];
  const alone = productsAlone(folder, model, setting);
  const contests = [ours, ...others].map((program) => ({ program, steps: model.steps }));
  const { measured, missing } = await inRounds(folder, [...contests, ...alone], setting);
  const floor = leastOf(measured.filter(({ program }) => alone.some((each) => each.program === program)));
  const figures: Figure[] = measured.map(({ program, steps: values, last }) => ({
    name: `${title}, ${program.name}`,
    value: round(median(values)),
    unit: 'ms',
    notes: [
      `${range(values)} in ${values.length} epochs of ${model.steps} steps of ${model.batch} rows`,
      ...(floor === undefined ? [] : [`${round(Math.min(...values) / floor)} times the products alone`]),
      ...(last.loss === undefined ? [] : [`loss ${round(last.loss)} at the end`]),
      ...(last.parameters === undefined ? [] : [`${last.parameters} parameters`]),
      ...(last.version === undefined ? [] : [last.version]),
      program.notes,
    ].join('; '),
  }));
  figures.push(...missing.map(({ program, why }) => absent(`${title}, ${program.name}`, why)));
  const own = measured.find(({ program }) => program === ours);
  if (!own) return figures;
  const ratioTo = (name: string) => {
    const theirs = measured.find(({ program }) => program.name === name);
    if (!theirs) return undefined;
    const notes = `each at its fastest; the median of the rounds is ${round(medianRatio(own.steps, theirs.steps))}`;
    return { name, value: fastestRatio(own.steps, theirs.steps), notes };
  };
  for (const { name, goal } of others) {
    const ratio = ratioTo(name);
    if ('best' in goal || !ratio) continue;
    figures.push(share(`${title}, Brique against ${name}`, ratio.value, goal.most, ratio.notes));
  }
  const best = others
    .filter(({ goal }) => 'best' in goal)
    .flatMap(({ name }) => {
      const ratio = ratioTo(name);
      return ratio ? [ratio] : [];
    })
    .sort((a, b) => b.value - a.value);
  const [fastest] = best;
  if (fastest) {
    const among = best.map(({ name }) => name).join(', ');
    const notes = `${fastest.notes}; the fastest of ${among}, which feed themselves`;
    figures.push(share(`${title}, Brique against ${fastest.name}`, fastest.value, 0.75, notes));
  }
  return figures;
}

/** The fastest epoch of the fastest library that does nothing but the products: what there is to be had. */
function leastOf(measured: Measured[]): number | undefined {
  return measured.length === 0 ? undefined : Math.min(...measured.flatMap(({ steps: values }) => values));
}

export function share(name: string, value: number, most: number, notes: string): Figure {
  return { name, value: round(value), unit: 'of its time', goal: `≤ ${most}`, holds: value <= most, notes };
}

export function absent(name: string, why: string): Figure {
  return { name, value: Number.NaN, unit: '', notes: `not measured: ${why}` };
}
