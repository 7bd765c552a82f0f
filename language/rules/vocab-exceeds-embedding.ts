import type { FlatNode } from '../inference/flatten';
import type { OpTest } from '../inference/ops-in';
import { lossNamed } from '../ops/losses';
import { Dim } from '../types/dim';
import { idSources } from './id-sources';
import { resizings } from './resizings';
import { type FixProposal, type Rule, replace } from './rule';

/** Steps that have room for so many ids, by what each takes. */
const rooms: Record<string, string> = { embedding: 'row', one_hot: 'place', lookup: 'row' };

const isTable: OpTest = ({ op }) => rooms[op.name] !== undefined;

export const vocabExceedsEmbedding: Rule = {
  id: 'vocab-exceeds-embedding',
  group: 'transfer',
  severity: 'error',
  after: ['unknown-key', 'wrong-value', 'unknown-setting', 'missing-setting', 'invalid-setting'],
  summary: 'More ids than rows in the embedding table, or than scores for them.',
  why: 'Ids beyond the last row would be looked up where nothing is, and could never be predicted. Fewer ids than rows is fine.',
  check(analysis, report) {
    const { inference, host } = analysis;
    const flat = analysis.flat();
    if (inference?.kind !== 'model' || !flat) return;
    const told = new Set<string>();
    for (const node of flat.where(isTable)) {
      const rows = rowsOf(node);
      if (rows === undefined) continue;
      const sources = idSources(node.inputs.in, flat, inference, host);
      const source = sources.find(({ count }) => count > rows);
      if (!source) continue;
      const part = inference.model.parts.get(node.part);
      // The table is said to be too small where it belongs.
      if (part?.share) continue;
      told.add(node.part);
      const setting = [...(part?.settings.values() ?? [])].find(
        (entry) => entry.value?.kind === 'scalar' && entry.value.value === rows,
      );
      const makes = source.node
        ? `makes up to ${counted(source.count, 'id')}`
        : `has ${counted(source.count, 'label')}`;
      report({
        range: setting?.value?.range ?? part?.key ?? inference.model.root.range,
        message: `\`${source.name}\` ${makes}, but the table of \`${node.part}\` has ${counted(rows, rooms[node.op.name]!)}`,
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
    for (const { task, output, target } of inference.tasks) {
      const loss = task.loss && lossNamed(task.loss.value);
      if (!loss?.kinds.includes('token') || output?.status !== 'found' || !output.type) continue;
      if (target?.status !== 'found' || target.port === undefined) continue;
      const scores = inference.graph.solver.resolveType(output.type).dims.at(-1)?.constant;
      const ids = flat.parts.find(({ name }) => name === target.owner)?.outputs.get(target.port);
      const source = idSources(ids, flat, inference, host).find(({ count }) => count > (scores ?? count));
      // Where the table is too small, the scores most often are for the same reason.
      if (!source || told.has(output.owner)) continue;
      report({
        range: task.output!.range,
        message: `\`${source.name}\` makes up to ${counted(source.count, 'id')}, but \`${task.output!.value}\` has ${counted(scores!, 'score')}`,
        propose: () => {
          const step = inference.graph.steps.get(output.owner);
          const others = [...(step?.outputs.keys() ?? [])].filter((port) => port !== output.port);
          return [
            ...others.map((port) => {
              const text = `${output.owner}.${port}`;
              return replace(analysis, task.output!.range, text, `Change to \`${text}\``);
            }),
            ...resizings(step, scores, source.count, analysis),
          ];
        },
      });
    }
  },
};

/** How many ids there is room for: what the step is set to, or the axis of the table that it looks up. */
function rowsOf({ op, values, inputs: { table } }: FlatNode): number | undefined {
  if (op.name === 'lookup') return table && !Array.isArray(table) ? table.type.dims[0]?.constant : undefined;
  const size = values.get('size');
  return size instanceof Dim ? size.constant : undefined;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
