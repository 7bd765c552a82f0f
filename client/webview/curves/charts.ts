/** Which charts a run has, and the points in them. */
import type { MetricCurves, RunState } from '../../../protocol/runs/fold';
import type { Series } from '../../../protocol/runs/series';

export interface MetricChart {
  /** The metric's name, such as `sentiment.accuracy`. */
  key: string;
  /** Without its task. */
  title: string;
  task: string | undefined;
  curves: MetricCurves;
}

export type Point = [x: number, y: number | null];

/** The loss first, then metrics in the order in which they came; a task's loss that is the whole loss is left out. */
export function chartsOf(state: RunState): MetricChart[] {
  const names = Object.keys(state.curves);
  const taskLosses = names.filter((name) => name.endsWith('.loss'));
  const shown = names.filter(
    (name) => !(state.curves.loss && taskLosses.length === 1 && name === taskLosses[0]),
  );
  const rank = (name: string) => (name === 'loss' ? 0 : name.endsWith('.loss') ? 1 : 2);
  return shown
    .sort((a, b) => rank(a) - rank(b))
    .map((key) => {
      const dot = key.lastIndexOf('.');
      return {
        key,
        title: key.slice(dot + 1),
        task: dot < 0 ? undefined : key.slice(0, dot),
        curves: filled(state, key, taskLosses),
      };
    });
}

/** A `loss` that was not validated by itself borrows the only task's validation curve. */
function filled(state: RunState, key: string, taskLosses: string[]): MetricCurves {
  const curves = state.curves[key]!;
  const [only] = taskLosses;
  if (key !== 'loss' || taskLosses.length !== 1 || curves.validation.steps.length > 0 || !only) return curves;
  return { ...curves, validation: state.curves[only]!.validation };
}

/** Steps of one epoch; undefined where it is not known yet. */
export function stepsPerEpoch({ steps, epochs, epochsDone }: RunState): number | undefined {
  const first = epochsDone[0];
  if (first) return first.step / first.epoch;
  return steps > 0 && epochs > 0 ? steps / epochs : undefined;
}

/** Steps become epochs where it is known how many make one. */
export function pointsOf(series: Series, perEpoch: number | undefined): Point[] {
  return series.steps.map((step, index) => [perEpoch ? step / perEpoch : step, series.values[index] ?? null]);
}

/** How much of the past each smoothed value keeps. */
const MEMORY = 0.8;

/** Exponential moving average, corrected for its start (Kingma and Ba, 2015, section 3). Gaps stay gaps. */
export function smoothed(points: readonly Point[]): Point[] {
  let mean = 0;
  let weight = 0;
  return points.map(([x, y]) => {
    if (y === null) return [x, null];
    mean = MEMORY * mean + (1 - MEMORY) * y;
    weight = MEMORY * weight + (1 - MEMORY);
    return [x, mean / weight];
  });
}

export function lastValue(series: Series): number | undefined {
  return series.values.at(-1) ?? undefined;
}

/** The curve in words, for those who do not see it. */
export function chartText({ key, curves }: MetricChart): string {
  const parts: string[] = [];
  for (const [name, series] of [
    ['training', curves.train.steps.length > 0 ? curves.train : curves.steps],
    ['validation', curves.validation],
  ] as const) {
    const values = series.values.filter((value) => value !== null);
    const [first, last] = [values[0], values.at(-1)];
    if (first === undefined || last === undefined) continue;
    const [low, high] = [Math.min(...values), Math.max(...values)];
    parts.push(
      `${name} from ${first.toPrecision(3)} to ${last.toPrecision(3)}, ` +
        `between ${low.toPrecision(3)} and ${high.toPrecision(3)}`,
    );
  }
  return `${key}: ${parts.join('; ') || 'no values yet'}`;
}
