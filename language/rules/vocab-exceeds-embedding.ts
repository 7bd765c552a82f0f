import type { OpTest } from '../inference/ops-in';
import { Dim } from '../types/dim';
import { idSources } from './id-sources';
import { type FixProposal, type Rule, replace } from './rule';

/** Steps that have room for so many ids, by the attribute that says so. */
const rooms: Record<string, string> = { embedding: 'row', one_hot: 'place' };

const isTable: OpTest = ({ op }) => rooms[op.name] !== undefined;

export const vocabExceedsEmbedding: Rule = {
  id: 'vocab-exceeds-embedding',
  group: 'transfer',
  severity: 'error',
  after: ['unknown-key', 'wrong-value', 'unknown-setting', 'missing-setting', 'invalid-setting'],
  summary: 'More ids than rows in the embedding table.',
  why: 'Ids beyond the last row would be looked up where nothing is. Fewer ids than rows is fine.',
  check(analysis, report) {
    const { inference, host } = analysis;
    const flat = analysis.flat();
    if (inference?.kind !== 'model' || !flat) return;
    for (const node of flat.where(isTable)) {
      const room = rooms[node.op.name];
      const size = room === undefined ? undefined : node.values.get('size');
      const rows = size instanceof Dim ? size.constant : undefined;
      if (rows === undefined) continue;
      const sources = idSources(node.inputs.in, flat, inference, host);
      const source = sources.find(({ count }) => count > rows);
      if (!source) continue;
      const part = inference.model.parts.get(node.part);
      // The table is said to be too small where it belongs.
      if (part?.share) continue;
      const setting = [...(part?.settings.values() ?? [])].find(
        (entry) => entry.value?.kind === 'scalar' && entry.value.value === rows,
      );
      const makes = source.node
        ? `makes up to ${counted(source.count, 'id')}`
        : `has ${counted(source.count, 'label')}`;
      report({
        range: setting?.value?.range ?? part?.key ?? inference.model.root.range,
        message: `\`${source.name}\` ${makes}, but the table of \`${node.part}\` has ${counted(rows, room!)}`,
        related: [{ file: node.file, range: node.range, message: 'the table' }],
        propose: (): FixProposal[] =>
          setting?.value
            ? [
                replace(
                  analysis,
                  setting.value.range,
                  String(source.count),
                  `Set \`${setting.key.value}\` of \`${node.part}\` to ${source.count}`,
                ),
              ]
            : [],
      });
    }
  },
};

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
