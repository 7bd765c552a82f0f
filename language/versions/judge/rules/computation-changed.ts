import { get } from '../../../syntax/path';
import type { ChangeRule } from '../change';
import { computeTheSame } from '../graph-meaning';
import { meaningOf } from '../meaning';
import { placeOf } from '../places';

export const computationChanged: ChangeRule = {
  id: 'computation-changed',
  summary: 'The brick computes in another way.',
  why: 'Types and weights fit as before, and the numbers that come out may be others.',
  find(pair) {
    const { old, next } = pair;
    const sections = ['graph', 'python', 'typescript', 'engines'].filter(
      (key) =>
        meaningOf(get(old.module.root, key)) !== meaningOf(get(next.module.root, key)) &&
        !(key === 'graph' && computeTheSame(pair)),
    );
    return sections.slice(0, 1).map((section) => ({
      subject: { kind: 'brick', name: section },
      surface: 'behave',
      bump: 'minor',
      message: 'It computes in another way',
      old: placeOf(old, [section]),
      next: placeOf(next, [section]),
    }));
  },
};
