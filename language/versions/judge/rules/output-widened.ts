import { printType } from '../../../types/type';
import type { ChangeRule } from '../change';
import { brickUsing } from '../consumer';
import { less } from '../less';
import { placeOf, restored } from '../places';

export const outputWidened: ChangeRule = {
  id: 'output-widened',
  summary: 'An output promises less than it did, or something else.',
  why: 'What users do with it rests on the type that it had, for the sizes that they give.',
  find({ signatures, old, next, name }) {
    return [...signatures.forth.misfits.values()].flatMap((misfits) => {
      const first = misfits[0]!;
      if (first.kind !== 'output') return [];
      const output = first.name;
      const [before, after] = [old.module.outputs.get(output)!.text, next.module.outputs.get(output)!.text];
      const isSized = first.trial.sizes.size > 0 || before === after;
      const shown = isSized ? `: ${printType(first.next!)} where it gave ${printType(first.old!)}` : '';
      return [
        {
          subject: { kind: 'output', name: output },
          surface: 'call',
          bump: 'major',
          message:
            before === after
              ? `The output \`${output}\` is something else for the same inputs${shown}`
              : `The output \`${output}\` was ${before} and is ${after}${shown}`,
          ...(misfits.every(({ isOpen }) => isOpen) ? { silent: () => less('call') } : {}),
          old: placeOf(old, ['outputs', output]),
          next: placeOf(next, ['outputs', output]),
          consumers: () =>
            misfits.map(({ trial, cast }) =>
              brickUsing(name, old.module, {
                trial,
                outputs: [output],
                about: { output },
                ...(cast ? { added: true } : {}),
              }),
            ),
          fixes: () => [{ title: `Give ${before} again`, edits: restored(old, next, ['outputs', output]) }],
        },
      ];
    });
  },
};
