import { asText, get } from '../../../syntax/path';
import { printType } from '../../../types/type';
import type { Candidate, ChangeRule } from '../change';
import { composedSizes, compositionUsing, PART } from '../composition';
import type { Consumer } from '../consumer';
import { less } from '../less';
import type { Pair, Side } from '../pair';
import { placeOf, restored } from '../places';
import { typeIn } from '../trial';

export const spaceChanged: ChangeRule = {
  id: 'space-changed',
  summary: 'The numbers of an output mean something else.',
  why: 'Heads and stored vectors that were made with the old version make no sense of the new one, at the same sizes.',
  find(pair) {
    const { old, next } = pair;
    return [...old.module.outputs.keys()].flatMap((output): Candidate[] => {
      const [before, after] = [spaceOf(old, output), spaceOf(next, output)];
      if (before === undefined || !next.module.outputs.has(output)) return [];
      const [was, is] = [old.version.weights?.hash, next.version.weights?.hash];
      const isRetrained = was !== undefined && is !== undefined && was !== is;
      if (before === after && !isRetrained) return [];
      const path = ['outputs', output, 'space'];
      return [
        {
          subject: { kind: 'output', name: output },
          surface: 'space',
          byWeights: before === after,
          bump: 'major',
          message:
            before === after
              ? `\`${output}\` still promises \`${before}\`, but other weights give other numbers`
              : after === undefined
                ? `\`${output}\` no longer promises \`${before}\``
                : `\`${output}\` was \`${before}\` and is \`${after}\``,
          old: placeOf(old, path),
          next: placeOf(next, after === undefined ? path.slice(0, 2) : path),
          consumers: () => frozenBehind(pair, output, before === after),
          ...(after === undefined ? { silent: () => less('space') } : {}),
          fixes: () =>
            before === after
              ? []
              : [{ title: `Promise \`${before}\` again`, edits: restored(old, next, path) }],
        },
      ];
    });
  },
};

function spaceOf({ module }: Side, output: string): string | undefined {
  return asText(get(get(get(module.root, 'outputs'), output), 'space'));
}

/**
 * A frozen head that was made for the old representation. `pinned`: where both versions call theirs the same, each is
 * written with the weights that give it.
 */
function frozenBehind(pair: Pair, output: string, pinned: boolean): Consumer[] {
  const name = (side: Side) => {
    const space = spaceOf(side, output)!;
    return pinned ? `${space}-weights-${side.version.weights!.hash.slice(0, 12)}` : space;
  };
  const trial = composedSizes(pair);
  const type = trial && typeIn(pair.old.module, pair.old.module.outputs.get(output)!, trial);
  if (!type) return [];
  const axes = type.lead === undefined ? type.dims.map(() => '_').join(', ') : '...';
  const head = [
    ...['kind: module', 'name: witness/head', 'version: 1.0.0'],
    ...['inputs:', '  features:', `    type: ${printType({ ...type, dims: [] }).split('[')[0]}[${axes}]`],
    ...[`    expects: ${JSON.stringify(name(pair.old))}`, 'outputs:', '  done: float32[1]'],
    ...['graph:', '  done: { op: parameter, shape: [1] }', ''],
  ].join('\n');
  const consumer = compositionUsing(pair, {
    parts: [
      '  head:',
      '    module: witness/head@^1',
      `    in: { features: ${PART}.${output} }`,
      '    train: frozen',
    ],
    files: [{ file: 'witness-head.brique.yaml', text: head }],
    ...(pinned
      ? {
          version: (side: Side) => {
            const entry = get(get(get(side.module.root, 'outputs'), output), 'space');
            const { text } = side.source;
            return entry
              ? text.slice(0, entry.range.start) + JSON.stringify(name(side)) + text.slice(entry.range.end)
              : text;
          },
        }
      : {}),
  });
  return consumer ? [consumer] : [];
}
