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
    for (const [alias, { lookup }] of inference.data) {
      if (lookup.status !== 'found') continue;
      for (const column of lookup.declaration.columns.values()) {
        if (!mayBeEmpty(column) || column.type === 'string' || column.type === 'labels') continue;
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

function mayBeEmpty(column: Column): boolean {
  return asScalar(get(column.entry.value, 'required'))?.value === false;
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
