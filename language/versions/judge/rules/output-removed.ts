import type { ChangeRule } from '../change';
import { brickUsing } from '../consumer';
import { placeOf, restored } from '../places';
import { generalTrials } from '../trial';

export const outputRemoved: ChangeRule = {
  id: 'output-removed',
  summary: 'An output is gone.',
  why: 'Wires from it lead nowhere.',
  find({ old, next, name }) {
    return [...old.module.outputs.values()]
      .filter((output) => !next.module.outputs.has(output.name))
      .map((output) => ({
        subject: { kind: 'output', name: output.name },
        surface: 'call',
        bump: 'major',
        message: `The output \`${output.name}\` (${output.text}) is gone`,
        old: placeOf(old, ['outputs', output.name]),
        next: placeOf(next, ['outputs']),
        consumers: () =>
          generalTrials(old.module).map((trial) =>
            brickUsing(name, old.module, {
              trial,
              outputs: [output.name],
              about: { output: output.name },
            }),
          ),
        fixes: () =>
          next.module.graph.has(output.name)
            ? [
                {
                  title: `Give \`${output.name}\` again`,
                  edits: restored(old, next, ['outputs', output.name]),
                },
              ]
            : [],
      }));
  },
};
