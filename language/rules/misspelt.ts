import type { Step } from '../names/declarations';
import { nearest } from '../names/nearest';
import { asMap, keyOf } from '../syntax/path';

const keys = ['op', 'module', 'in', 'params', 'repeat', 'weights', 'train', 'learning_rate', 'doc'];

/** Whether a step has a key that was most likely meant to be this one. */
export function isMisspelt(key: string, { entry, settings }: Step): boolean {
  const own = asMap(entry.value)?.entries.map(keyOf) ?? [];
  return own.some(
    (name) =>
      name !== key &&
      !keys.includes(name) &&
      nearest(
        name,
        [key, ...settings.keys()].filter((each) => each !== name),
      ) === key,
  );
}
