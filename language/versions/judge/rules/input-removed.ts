import type { ChangeRule } from '../change';
import { brickUsing } from '../consumer';
import { placeOf, restored } from '../places';
import { generalTrials } from '../trial';

export const inputRemoved: ChangeRule = {
  id: 'input-removed',
  summary: 'An input is gone.',
  why: 'Whoever feeds it has a wire that leads nowhere.',
  find({ old, next, name }) {
    return [...old.module.inputs.values()]
      .filter((input) => !next.module.inputs.has(input.name))
      .map((input) => ({
        subject: { kind: 'input', name: input.name },
        surface: 'call',
        bump: 'major',
        message: `The input \`${input.name}\` (${input.text}) is gone`,
        old: placeOf(old, ['inputs', input.name]),
        next: placeOf(next, ['inputs']),
        consumers: () =>
          generalTrials(old.module).map((trial) =>
            brickUsing(name, old.module, { trial, about: { input: input.name } }),
          ),
        fixes: () => [
          { title: `Put \`${input.name}\` back`, edits: restored(old, next, ['inputs', input.name]) },
        ],
      }));
  },
};
