import type { ModelInference } from '../inference/model';

/** `sentiment.loss`, `sentiment.accuracy`, … */
export function measuresOf({ tasks }: ModelInference): string[] {
  return tasks.flatMap(({ task }) =>
    ['loss', ...task.metrics.map((metric) => metric.value)].map((measure) => `${task.name}.${measure}`),
  );
}

/** What a stop can wait for, and a checkpoint be chosen by. */
export function watched(inference: ModelInference): string[] {
  return ['train', 'validation'].flatMap((split) =>
    ['loss', ...measuresOf(inference)].map((measure) => `${split}.${measure}`),
  );
}

/** `accuracy` is `sentiment.accuracy`, and `val_accuracy` `validation.sentiment.accuracy`, where one task alone reports it. */
export function inFull(value: string, known: readonly string[]): string | undefined {
  const [, split, measure = value] = /^(val|validation|train)[._](.+)$/.exec(value) ?? [];
  const start = split && (split === 'train' ? 'train.' : 'validation.');
  const whole = `${start ?? ''}${measure}`;
  if (known.includes(whole)) return whole;
  const ends = known.filter((each) => each.endsWith(`.${measure}`) && each.startsWith(start ?? ''));
  // What stops training is measured on what it does not see.
  const meant = start === undefined ? ends.filter((each) => !each.startsWith('train.')) : ends;
  return meant.length === 1 ? meant[0] : undefined;
}
