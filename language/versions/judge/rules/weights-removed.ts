import type { ChangeRule } from '../change';
import { compositionUsing } from '../composition';
import { placeOf, restored } from '../places';

export const weightsRemoved: ChangeRule = {
  id: 'weights-removed',
  summary: 'The brick no longer ships weights.',
  why: 'A part that starts from `weights: pretrained` has nothing to start from.',
  find(pair) {
    const { old, next } = pair;
    if (!old.module.weights || next.module.weights) return [];
    return [
      {
        subject: { kind: 'brick', name: 'weights' },
        surface: 'load',
        bump: 'major',
        message: 'It no longer ships weights',
        old: placeOf(old, ['weights']),
        next: placeOf(next, ['version']),
        consumers: () => {
          const consumer = compositionUsing(pair, { settings: ['weights: pretrained'] });
          return consumer ? [consumer] : [];
        },
        fixes: () => [{ title: 'Ship the weights again', edits: restored(old, next, ['weights']) }],
      },
    ];
  },
};
