import { asText, get } from '../../../syntax/path';
import { printType } from '../../../types/type';
import type { Candidate, ChangeRule } from '../change';
import { composedSizes, compositionUsing } from '../composition';
import type { Consumer } from '../consumer';
import type { Pair, Side } from '../pair';
import { placeOf, restored } from '../places';
import { typeIn } from '../trial';

export const expectedSpaceChanged: ChangeRule = {
  id: 'expected-space-changed',
  summary: 'An input is made for another representation.',
  why: 'What users feed it has the right sizes, and means something else than what it expects.',
  find(pair) {
    const { old, next } = pair;
    return [...next.module.inputs.keys()].flatMap((input): Candidate[] => {
      const [before, after] = [expectedBy(old, input), expectedBy(next, input)];
      if (after === undefined || before === after || !old.module.inputs.has(input)) return [];
      const path = ['inputs', input, 'expects'];
      return [
        {
          subject: { kind: 'input', name: input },
          surface: 'space',
          bump: 'major',
          message:
            before === undefined
              ? `\`${input}\` now expects \`${after}\``
              : `\`${input}\` expected \`${before}\` and expects \`${after}\``,
          old: placeOf(old, before === undefined ? path.slice(0, 2) : path),
          next: placeOf(next, path),
          consumers: () => feeding(pair, input, before ?? 'witness/other'),
          fixes: () =>
            before === undefined
              ? []
              : [{ title: `Expect \`${before}\` again`, edits: restored(old, next, path) }],
        },
      ];
    });
  },
};

function expectedBy({ module }: Side, input: string): string | undefined {
  return asText(get(get(get(module.root, 'inputs'), input), 'expects'));
}

/** A composition in which the brick is frozen, and is fed from that space. */
function feeding(pair: Pair, input: string, space: string): Consumer[] {
  const trial = composedSizes(pair);
  const type = trial && typeIn(pair.old.module, pair.old.module.inputs.get(input)!, trial);
  if (!type || type.dims.length === 0) return [];
  const [, ...rest] = type.dims.map((dim) => dim.toString());
  const shown = `${printType({ ...type, dims: [] }).split('[')[0]}[${['rows', ...rest].join(', ')}]`;
  const text = [
    ...['kind: module', 'name: witness/source', 'version: 1.0.0', 'inputs:', `  value: ${shown}`],
    ...['outputs:', '  made:', `    type: ${shown}`, `    space: ${JSON.stringify(space)}`],
    ...['graph:', '  made: { op: identity, in: value }', ''],
  ].join('\n');
  const consumer = compositionUsing(pair, {
    settings: ['train: frozen'],
    wires: new Map([[input, 'source.made']]),
    parts: ['  source:', '    module: witness/source@^1', `    in: { value: rows.${input} }`],
    files: [{ file: 'witness-source.brique.yaml', text }],
  });
  return consumer ? [consumer] : [];
}
