import type { ChangeRule } from '../change';
import { textFor } from '../meaning';
import { placeOf } from '../places';

export const docsChanged: ChangeRule = {
  id: 'docs-changed',
  summary: 'What is said to people is other than it was: docs, card, tests, layout.',
  why: 'Nothing that uses the brick can tell the difference.',
  find({ old, next }) {
    if (textFor(old.source) === textFor(next.source)) return [];
    return [
      {
        subject: { kind: 'brick', name: 'docs' },
        surface: 'behave',
        bump: 'patch',
        message: 'The text is another',
        old: placeOf(old, ['summary']),
        next: placeOf(next, ['summary']),
      },
    ];
  },
};
