import type { Param } from '../../../names/declarations';
import { toValue } from '../../../syntax/path';
import type { Candidate, ChangeRule } from '../change';
import { brickUsing } from '../consumer';
import { effectOfDefault } from '../default-effect';
import { loading } from '../loading';
import type { Pair } from '../pair';
import { placeOf, restored } from '../places';
import { defaultTrials, generalTrials } from '../trial';

export const paramDefaultChanged: ChangeRule = {
  id: 'param-default-changed',
  summary: 'A param has another default, or none.',
  why: 'Whoever does not set it gets something else than before, without having changed anything.',
  find(pair) {
    const { old, next } = pair;
    return [...old.module.params.values()].flatMap((param) => {
      const now = next.module.params.get(param.name);
      if (!now || param.default === undefined) return [];
      const [before, after] = [param.default, now.default].map((value) => JSON.stringify(toValue(value)));
      if (before === after || now.type !== param.type) return [];
      const path = ['params', param.name, 'default'];
      return [
        {
          subject: { kind: 'param', name: param.name },
          surface: 'call',
          bump: 'major',
          message:
            after === undefined
              ? `The param \`${param.name}\` has no default any more; it was ${before}`
              : `The default of \`${param.name}\` was ${before} and is ${after}`,
          old: placeOf(old, path),
          next: placeOf(next, now.default ? path : ['params', param.name]),
          consumers: () => usersOfDefaults(pair),
          silent: () => silently(pair, param, now),
          fixes: () => [{ title: `Make the default ${before} again`, edits: restored(old, next, path) }],
        },
      ];
    });
  },
};

/** What it means where no type and no weight shows it. */
function silently(pair: Pair, param: Param, now: Param): Pick<Candidate, 'surface' | 'bump' | 'evidence'> {
  const surface = 'behave';
  if (now.isForSpeed) return { surface, bump: 'minor' };
  const effect = effectOfDefault(pair, param, now);
  if (!effect) return { surface, bump: 'major' };
  const { difference } = effect;
  return difference === undefined
    ? { surface, bump: 'minor' }
    : { surface, bump: 'major', evidence: `where nobody sets it, ${difference}` };
}

/** Those who leave params alone: their types, and the weights that they have. */
function* usersOfDefaults(pair: Pair) {
  const { old, name } = pair;
  const outputs = [...old.module.outputs.keys()];
  const trials = defaultTrials(old.module, pair.next.module).slice(0, 2);
  const omitted = new Set(
    [...old.module.params.values()].filter((one) => one.default).map((one) => one.name),
  );
  if (trials.length === 0) trials.push({ ...generalTrials(old.module)[0]!, omitted });
  for (const trial of trials) {
    yield brickUsing(name, old.module, { trial, about: 'use' });
    for (const output of outputs)
      yield brickUsing(name, old.module, { trial, outputs: [output], about: { output } });
    for (const input of old.module.inputs.keys())
      yield brickUsing(name, old.module, { trial, about: { input } });
  }
  yield loading(pair, undefined, true);
}
