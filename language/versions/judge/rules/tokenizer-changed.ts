import { asText } from '../../../syntax/path';
import type { ChangeRule } from '../change';
import { compositionUsing, PART } from '../composition';
import type { Pair, Side } from '../pair';
import { placeOf } from '../places';

export const tokenizerChanged: ChangeRule = {
  id: 'tokenizer-changed',
  summary: 'Ids stand for other pieces of text.',
  why: 'A table that learnt the words of the old tokenizer misreads the ids of the new one.',
  find(pair) {
    const { old, next } = pair;
    return [...tokenizersOf(pair, old)].flatMap(([node, before]) => {
      const after = tokenizersOf(pair, next).get(node);
      if (!after || after.hash === before.hash) return [];
      return [
        {
          subject: { kind: 'node', name: node },
          surface: 'call',
          bump: 'major',
          message: `The tokenizer of \`${node}\` is another one (${before.ids} and ${after.ids} ids)`,
          old: placeOf(old, ['graph', node]),
          next: placeOf(next, ['graph', node]),
          consumers: () => tables(pair),
        },
      ];
    });
  },
};

function tokenizersOf({ host }: Pair, { module }: Side) {
  return new Map(
    [...module.graph.values()].flatMap((step) => {
      const file = step.op?.value === 'tokenizer' ? asText(step.settings.get('file')?.value) : undefined;
      const facts = file === undefined ? undefined : host.tokenizer?.(module.file, file);
      return typeof facts === 'object' ? [[step.name, facts] as const] : [];
    }),
  );
}

/** A table of words beside the old version's tokenizer, which looks up ids of the brick. */
function tables(pair: Pair) {
  const folder = pair.old.module.file.replace(/[^\\/]*$/, '');
  const file = `${folder}witness-table.brique.yaml`;
  return [...pair.old.module.outputs.values()].flatMap(({ name, parsed }) => {
    if (!parsed.type?.dtype.startsWith('int')) return [];
    const axes = parsed.type.dims.map((_, index) => `axis${index}`).join(', ');
    const text = [
      ...['kind: module', 'name: witness/table', 'version: 1.0.0'],
      ...['inputs:', `  ids: ${parsed.type.dtype}[${axes}]`, 'outputs:', `  found: float32[${axes}, 2]`],
      ...['graph:', '  found: { op: embedding, in: ids, size: 1000000, dim: 2 }', ''],
    ].join('\n');
    const consumer = compositionUsing(pair, {
      parts: ['  table:', '    module: witness/table@^1', `    in: { ids: ${PART}.${name} }`],
      files: [{ file, text }],
    });
    return consumer ? [consumer] : [];
  });
}
