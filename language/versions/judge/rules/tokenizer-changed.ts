import type { TokenizerFacts } from '../../../rules/rule';
import { asText } from '../../../syntax/path';
import type { Candidate, ChangeRule } from '../change';
import { compositionUsing, PART } from '../composition';
import type { Pair, Side } from '../pair';
import { placeOf } from '../places';

export const tokenizerChanged: ChangeRule = {
  id: 'tokenizer-changed',
  summary: 'Ids stand for other pieces of text.',
  why: 'A table that learnt the words of the old tokenizer misreads the ids of the new one.',
  find(pair) {
    const { old, next } = pair;
    return [...tokenizersOf(pair, old)].flatMap(([node, before]): Candidate[] => {
      const after = tokenizersOf(pair, next).get(node);
      if (!after || after.hash === before.hash) return [];
      const isAppended = keepsIds(before, after);
      if (isAppended && before.ids === after.ids) return [];
      const about = {
        subject: { kind: 'node', name: node },
        surface: 'call',
        bump: 'major',
        old: placeOf(old, ['graph', node]),
        next: placeOf(next, ['graph', node]),
      } as const;
      return isAppended
        ? [
            {
              ...about,
              message: `The tokenizer of \`${node}\` has ${after.ids} ids and had ${before.ids}, which stay what they were`,
              // Whoever has as many rows as there were ids has none for the new ones.
              consumers: () => tables(pair, before.ids),
              silent: () => ({ surface: 'call', bump: 'minor' }),
            },
          ]
        : [
            {
              ...about,
              message: `The tokenizer of \`${node}\` is another one (${before.ids} and ${after.ids} ids)`,
              evidence: 'the two files cut text otherwise, or give other ids to the same pieces',
              consumers: () => tables(pair, MANY),
            },
          ];
    });
  },
};

/** More rows than any tokenizer has ids. */
const MANY = 1_000_000;

/** Whether text is cut as before and every id that there was stands for what it stood for. */
function keepsIds(before: TokenizerFacts, after: TokenizerFacts): boolean {
  const { ids, cuts } = before;
  const was = before.piecesBelow?.(ids);
  if (after.ids < ids || cuts === undefined || cuts !== after.cuts || was === undefined) return false;
  return was === after.piecesBelow?.(ids);
}

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
function tables(pair: Pair, rows: number) {
  const folder = pair.old.module.file.replace(/[^\\/]*$/, '');
  const file = `${folder}witness-table.brique.yaml`;
  return [...pair.old.module.outputs.values()].flatMap(({ name, parsed }) => {
    if (!parsed.type?.dtype.startsWith('int')) return [];
    const axes = parsed.type.dims.map((_, index) => `axis${index}`).join(', ');
    const text = [
      ...['kind: module', 'name: witness/table', 'version: 1.0.0'],
      ...['inputs:', `  ids: ${parsed.type.dtype}[${axes}]`, 'outputs:', `  found: float32[${axes}, 2]`],
      ...['graph:', `  found: { op: embedding, in: ids, size: ${rows}, dim: 2 }`, ''],
    ].join('\n');
    const consumer = compositionUsing(pair, {
      parts: ['  table:', '    module: witness/table@^1', `    in: { ids: ${PART}.${name} }`],
      files: [{ file, text }],
    });
    return consumer ? [consumer] : [];
  });
}
