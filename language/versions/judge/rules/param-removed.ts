import type { ChangeRule } from '../change';
import { brickUsing, sampleOf } from '../consumer';
import { placeOf, restored } from '../places';
import { generalTrials } from '../trial';

export const paramRemoved: ChangeRule = {
  id: 'param-removed',
  summary: 'A param is gone.',
  why: 'Whoever sets it sets something that is not there.',
  find({ old, next, name }) {
    return [...old.module.params.values()]
      .filter((param) => !next.module.params.has(param.name))
      .map((param) => ({
        subject: { kind: 'param', name: param.name },
        surface: 'call',
        bump: 'major',
        message: `The param \`${param.name}\` is gone`,
        old: placeOf(old, ['params', param.name]),
        next: placeOf(next, ['params']),
        consumers: () =>
          generalTrials(old.module).map((trial) =>
            brickUsing(name, old.module, {
              trial,
              ...(param.type === 'int' ? {} : { params: new Map([[param.name, sampleOf(param)]]) }),
              about: { param: param.name },
            }),
          ),
        fixes: () => [
          { title: `Put \`${param.name}\` back`, edits: restored(old, next, ['params', param.name]) },
        ],
      }));
  },
};
