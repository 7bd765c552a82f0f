import { isOpenSet } from '../../../rules/label-set-mismatch';
import type { ChangeRule } from '../change';
import { learning, relabelled } from './labels';

export const labelsAppended: ChangeRule = {
  id: 'labels-appended',
  summary: 'Labels were added at the end.',
  why: 'Whoever knows all labels meets one that it does not know, unless the set was `open`.',
  find(pair) {
    return relabelled(pair)
      .filter(({ old, next }) => old.every((label, index) => next[index] === label))
      .map((found) => ({
        subject: { kind: 'output', name: found.output },
        surface: 'call',
        bump: isOpenSet(pair.old.module, found.output) ? 'minor' : 'major',
        message: `\`${found.output}\` also counts ${found.next.slice(found.old.length).join(', ')}`,
        ...found.places,
        consumers: () => learning(pair, found),
      }));
  },
};
