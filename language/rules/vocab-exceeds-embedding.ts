import type { FlatModel, FlatNode } from '../inference/flatten';
import { Dim } from '../types/dim';
import { type FixProposal, type Rule, replace } from './rule';

/** Attributes of host ops that say how many different ids there are. */
const idCounts = ['vocab', 'buckets'];

export const vocabExceedsEmbedding: Rule = {
  id: 'vocab-exceeds-embedding',
  group: 'transfer',
  severity: 'error',
  summary: 'More ids than rows in the embedding table.',
  why: 'Ids beyond the last row would be looked up where nothing is. Fewer ids than rows is fine.',
  check(analysis, report) {
    const { inference } = analysis;
    const flat = analysis.flat();
    if (inference?.kind !== 'model' || !flat) return;
    for (const node of flat.nodes) {
      const rows = node.op.name === 'embedding' ? node.values.get('size') : undefined;
      const source = rows instanceof Dim ? idsOf(node, flat) : undefined;
      if (!(rows instanceof Dim) || !source || rows.constant === undefined || source.count <= rows.constant)
        continue;
      const part = inference.model.parts.get(node.part);
      const setting = [...(part?.settings.values() ?? [])].find(
        (entry) => entry.value?.kind === 'scalar' && entry.value.value === rows.constant,
      );
      report({
        range: setting?.value?.range ?? part?.key ?? inference.model.root.range,
        message: `\`${source.node.part}\` makes up to ${source.count} ids, but the table of \`${node.part}\` has ${rows.constant} rows`,
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

/** The host op that makes a node's ids, when they come straight from one. */
function idsOf(node: FlatNode, flat: FlatModel): { node: FlatNode; count: number } | undefined {
  const input = node.inputs.in;
  if (!input || Array.isArray(input)) return undefined;
  const source = flat.nodes.find((candidate) => input.id.startsWith(`${candidate.id}.`));
  const count =
    source && idCounts.map((name) => source.values.get(name)).find((value) => value instanceof Dim);
  return source && count instanceof Dim && count.constant !== undefined
    ? { node: source, count: count.constant }
    : undefined;
}
