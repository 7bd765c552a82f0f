import type { Candidate, ChangeRule } from '../change';
import { brickUsing } from '../consumer';
import { placeOf } from '../places';
import { generalTrials } from '../trial';

export const inputRequiredAdded: ChangeRule = {
  id: 'input-required-added',
  summary: 'An input, or a param without a default, that users do not give yet.',
  why: 'Every use of the brick lacks it.',
  find({ old, next, name }) {
    const consumers = () =>
      generalTrials(old.module).map((trial) => brickUsing(name, old.module, { trial, about: 'use' }));
    const inputs = [...next.module.inputs.values()]
      .filter((input) => !old.module.inputs.has(input.name))
      .map(
        (input): Candidate => ({
          subject: { kind: 'input', name: input.name },
          surface: 'call',
          bump: 'major',
          message: `The new input \`${input.name}\` (${input.text}) has to be fed`,
          old: placeOf(old, ['inputs']),
          next: placeOf(next, ['inputs', input.name]),
          consumers,
        }),
      );
    const params = [...next.module.params.values()]
      .filter((param) => !old.module.params.has(param.name) && param.default === undefined)
      .map(
        (param): Candidate => ({
          subject: { kind: 'param', name: param.name },
          surface: 'call',
          bump: 'major',
          message: `The new param \`${param.name}\` has no default, so it has to be given`,
          old: placeOf(old, ['params']),
          next: placeOf(next, ['params', param.name]),
          consumers,
        }),
      );
    return [...inputs, ...params];
  },
};
