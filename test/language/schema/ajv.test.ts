import assert from 'node:assert/strict';
import Ajv, { type ValidateFunction } from 'ajv';
import * as fc from 'fast-check';
import { checkStructure } from '../../../language/schema/check';
import { isKind, kinds } from '../../../language/schema/schemas';
import { applyEdits, type Edit } from '../../../language/syntax/edits';
import { parse } from '../../../language/syntax/parse';
import { toValue } from '../../../language/syntax/path';
import type { Range, Tree, TreeNode } from '../../../language/syntax/tree';
import dataset from '../../../schemas/dataset.schema.json';
import model from '../../../schemas/model.schema.json';
import module from '../../../schemas/module.schema.json';
import workspace from '../../../schemas/workspace.schema.json';
import { repositoryFiles } from '../syntax/repository';

const ajv = new Ajv({
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
  keywords: ['errorMessage'],
});
const schemas = { module, dataset, model, workspace };
const validators = new Map<string, ValidateFunction>(kinds.map((kind) => [kind, ajv.compile(schemas[kind])]));

/** What JSON can say: values that are not there yet are null, and infinities do not exist. */
function json(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, item) => (item === undefined ? null : item)) ?? 'null');
}

function holdsNaN(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).some(holdsNaN);
  return Number.isNaN(value);
}

/** Whether ours and ajv say the same of a text that is YAML. */
function agree(text: string, what: string): void {
  const tree = parse(text);
  if (tree.problems.length > 0) return;
  const written = toValue(tree.root);
  // JSON has no such number, so ajv cannot judge it.
  if (holdsNaN(written)) return;
  const value = json(written) as { kind?: unknown } | null;
  const validate = isKind(value?.kind) ? validators.get(value.kind) : undefined;
  const found = checkStructure(tree);
  for (const { range } of found)
    assert.ok(0 <= range.start && range.start <= range.end && range.end <= text.length);
  const valid = validate?.(value) ?? false;
  assert.equal(
    found.length === 0,
    valid,
    `${what}: ajv says ${JSON.stringify(validate?.errors)}, we say ${JSON.stringify(found)}\n${text}`,
  );
}

/** Places whose content may be changed into something else. */
function places(tree: Tree): { keys: Range[]; values: Range[]; entries: Range[] } {
  const found = { keys: [] as Range[], values: [] as Range[], entries: [] as Range[] };
  const visit = (node: TreeNode | undefined) => {
    if (!node) return;
    found.values.push(node.range);
    if (node.kind === 'sequence') node.items.forEach(visit);
    if (node.kind !== 'map') return;
    for (const entry of node.entries) {
      found.keys.push(entry.key.range);
      found.entries.push(entry.range);
      visit(entry.value);
    }
  };
  visit(tree.root);
  return found;
}

const others = [
  'x',
  '0',
  '-1',
  '1.5',
  'true',
  '~',
  '""',
  '[]',
  '{}',
  '[a, 1]',
  '{ a: 1 }',
  '{ op: dense }',
  '{ module: a }',
  'full',
  'adam',
  'run:x',
  '1.2.3',
  '{ last: 2 }',
  '{ type: int }',
  '[{ frozen: 1 }, full]',
  '{ sgd: {} }',
  '>=',
];
const otherKeys = [
  'x',
  'x-y',
  'op',
  'module',
  'in',
  'type',
  'values',
  'train',
  'kind',
  '9',
  'a.b',
  'graph',
  'python',
  'last',
  'default',
];

describe('structure', () => {
  const files = repositoryFiles();

  it('is judged as ajv judges it, for every file of the repository', () => {
    for (const [path, text] of files) agree(text, path);
  });

  it('is judged as ajv judges it, whatever is changed in a file', () => {
    const file = fc.constantFrom(...files);
    const change = fc.record({
      what: fc.constantFrom('key', 'value', 'remove'),
      at: fc.nat(),
      key: fc.constantFrom(...otherKeys),
      value: fc.constantFrom(...others),
    });
    fc.assert(
      fc.property(file, fc.array(change, { minLength: 1, maxLength: 2 }), ([path, text], changes) => {
        let changed = text;
        for (const { what, at, key, value } of changes) {
          const { keys, values, entries } = places(parse(changed));
          const [list, instead] =
            what === 'key' ? [keys, key] : what === 'value' ? [values, value] : [entries, ''];
          const range = list[at % Math.max(1, list.length)];
          const edit: Edit[] = range ? [{ range, text: instead }] : [];
          changed = applyEdits(changed, edit);
        }
        agree(changed, path);
      }),
      { numRuns: 1000 },
    );
  });
});
