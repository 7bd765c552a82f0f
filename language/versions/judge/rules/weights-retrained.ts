import type { ChangeRule } from '../change';
import { placeOf } from '../places';

export const weightsRetrained: ChangeRule = {
  id: 'weights-retrained',
  summary: 'Only the numbers of the weights are others.',
  why: 'Results differ a little; heads that were trained on the old weights are better trained again.',
  find({ old, next }) {
    const [was, is] = [old.version.weights?.hash, next.version.weights?.hash];
    if (was === undefined || is === undefined || was === is) return [];
    return [
      {
        subject: { kind: 'brick', name: 'weights' },
        surface: 'behave',
        bump: 'patch',
        message: `The weights are others (${was.slice(0, 8)} → ${is.slice(0, 8)})`,
        old: placeOf(old, ['weights']),
        next: placeOf(next, ['weights']),
      },
    ];
  },
};
