import type { FlatModel, FlatNode } from '../inference/flatten';
import type { Column } from '../names/declarations';
import { asScalar, get } from '../syntax/path';
import type { Rule } from './rule';

/** Prepared ops that give something definite for a missing value. */
const filling = new Set([
  'fill_missing',
  'standardize',
  'robust_scale',
  'one_hot',
  'value_ids',
  'hash_bucket',
  'word_ids',
  'char_ids',
  'subword_ids',
  'tokenizer',
]);

export const missingUnfilled: Rule = {
  id: 'missing-unfilled',
  group: 'data',
  severity: 'warning',
  summary: 'A column that may be empty reaches the model unfilled.',
  why: 'The first empty cell ends the run: a model cannot calculate with a number that is not there.',
  check(analysis, report) {
    const { inference } = analysis;
    const flat = analysis.flat();
    if (inference?.kind !== 'model' || !flat) return;
    for (const { task, column, target } of inference.tasks) {
      if (!task.target || !column || !canMiss(column) || target?.status !== 'found') continue;
      report({
        range: task.target.range,
        message: `\`${task.target.value}\` may be empty, but a task needs its target in every row; make it \`required\``,
      });
    }
    for (const [alias, { lookup }] of inference.data) {
      if (lookup.status !== 'found') continue;
      for (const column of lookup.declaration.columns.values()) {
        if (!canMiss(column)) continue;
        const reader = unfilledReader(`${alias}.${column.name}`, flat);
        if (!reader) continue;
        report({
          range: inference.model.parts.get(reader.part)?.key ?? inference.model.root.range,
          message: `\`${alias}.${column.name}\` may be empty, and \`${reader.id}\` reads it without a value in its place; put \`fill_missing\` between`,
          related: [{ file: lookup.source.file, range: column.key, message: 'may be empty' }],
        });
      }
    }
  },
};

/** Whether a cell may hold nothing; text may be empty, and a set of labels too. */
function canMiss({ type, entry }: Column): boolean {
  const mayBeEmpty = asScalar(get(entry.value, 'required'))?.value === false;
  return mayBeEmpty && type !== 'string' && type !== 'labels';
}

/** The step of the graph that a value reaches without being filled on its way. */
function unfilledReader(value: string, flat: FlatModel): FlatNode | undefined {
  const open = new Set([value]);
  for (const node of flat.nodes) {
    const inputs = Object.values(node.inputs).flat();
    if (!inputs.some(({ id }) => open.has(id)) || filling.has(node.op.name)) continue;
    if (node.op.stage === 'graph') return node;
    for (const port of node.outputs.keys()) open.add(`${node.id}.${port}`);
  }
  return undefined;
}
