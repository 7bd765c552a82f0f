/** How the runs of a sweep are compared. */
import { metricNamed } from '../../language/ops/metrics';
import type { Plan } from '../../language/plan/format';
import type { RunState } from '../../protocol/runs/fold';
import { decodeNumber } from '../../protocol/runs/numbers';
import { CommandFailure } from '../failure';

/** A number that is told of every epoch, such as `validation.mood.accuracy`. */
export interface Judge {
  name: string;
  better: 'higher' | 'lower';
}

/**
 * The metric that a person names, else what training stops by, else the first task's first metric on the validation
 * split. Never the test split: what is chosen by it is no longer measured by it.
 */
export function judgeOf(plan: Plan, named: string | undefined): Judge {
  const [task] = plan.tasks;
  const validates = plan.data.some(({ splits, files }) => 'validation' in { ...splits, ...files });
  const split = validates ? 'validation' : 'train';
  const usual = plan.train.stop?.when ?? `${split}.${task?.name}.${task?.metrics[0] ?? 'loss'}`;
  const known = plan.tasks.flatMap(({ name, metrics }) =>
    [...metrics, 'loss'].map((each) => `${name}.${each}`),
  );
  const all = ['train', ...(validates ? ['validation'] : [])].flatMap((each) =>
    ['loss', ...known].map((metric) => `${each}.${metric}`),
  );
  const name = named ?? usual;
  if (!all.includes(name)) {
    throw new CommandFailure(
      `--metric ${name}: nothing of that name is measured while it trains`,
      undefined,
      `There are ${all.join(', ')}.`,
    );
  }
  const better = metricNamed(name.slice(name.lastIndexOf('.') + 1))?.better ?? 'lower';
  return { name, better };
}

/** What a run came to, in the epoch whose weights it kept; undefined where that was not measured. */
export function keptValue(state: RunState, plan: Plan, { name }: Judge): number | undefined {
  const kept = plan.train.stop
    ? state.epochsDone.find(({ epoch }) => epoch === state.bestEpoch)
    : state.epochsDone.at(-1);
  const dot = name.indexOf('.');
  const value = (name.startsWith('train.') ? kept?.train : kept?.validation)?.[name.slice(dot + 1)];
  const number = value === undefined ? Number.NaN : decodeNumber(value);
  return Number.isNaN(number) ? undefined : number;
}

/** The best first; what has no value last. */
export function byValue({ better }: Judge) {
  const sign = better === 'higher' ? -1 : 1;
  return (a: { value?: number }, b: { value?: number }): number => {
    if (a.value === undefined || b.value === undefined)
      return Number(a.value === undefined) - Number(b.value === undefined);
    return sign * (a.value - b.value);
  };
}
