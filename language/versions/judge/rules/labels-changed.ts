import type { ChangeRule } from '../change';
import { less } from '../less';
import { restored } from '../places';
import { learning, relabelled } from './labels';

export const labelsChanged: ChangeRule = {
  id: 'labels-changed',
  summary: 'Labels were removed, renamed or put in another order.',
  why: 'An index means another label than it did, and nothing looks wrong.',
  find(pair) {
    return relabelled(pair)
      .filter(({ old, next }) => old.some((label, index) => next[index] !== label))
      .map((found) => {
        const { output, old, next, places } = found;
        return {
          subject: { kind: 'output', name: output },
          surface: 'call',
          bump: 'major',
          message: `\`${output}\` counted ${old.join(', ')} and ${next.length > 0 ? `counts ${next.join(', ')}` : 'says no more what it counts'}`,
          ...places,
          consumers: () => learning(pair, found),
          ...(next.length === 0 ? { silent: () => less('call') } : {}),
          fixes: () => [
            {
              title: 'Put the labels back',
              edits: restored(pair.old, pair.next, ['outputs', output, 'labels']),
            },
          ],
        };
      });
  },
};
