/** Whole values: a node with its op, a part with its brick, a task, and what else has more than one word. */
import type { Cursor } from '../../syntax/cursor';
import type { MapNode } from '../../syntax/tree';
import type { Candidate } from '../answers';
import { bricks } from './bricks';
import { type Context, placeholder } from './context';
import { ops } from './ops';
import { sources } from './wires';

/** What can stand as a whole where nothing or only a word is yet. */
export function wholeValues(context: Context): Candidate[] {
  const { analysis, cursor } = context;
  const { path, node } = cursor;
  if (node && node.kind !== 'scalar') return [];
  const [section, name, key] = path;
  if (analysis.declaration?.kind === 'module' && section === 'graph' && path.length === 2)
    return wrapped(context, 'op', ops);
  if (analysis.declaration?.kind === 'dataset' && section === 'columns' && path.length === 2)
    return written(context, columns);
  if (analysis.declaration?.kind !== 'model') return [];
  if (section === 'parts' && path.length === 2)
    return wrapped(context, 'module', (inside) => bricks(inside, 'module'));
  if (section === 'parts' && key === 'train' && path.length === 3) return written(context, trainings);
  if (section === 'tasks' && path.length === 2) return [task(context)];
  if (section === 'data' && path.length === 1) return data(context);
  if (section === 'train' && path.length === 2) return written(context, settings[String(name)] ?? []);
  return [];
}

/** `{ op: dense, in: x, units: 64 }` of `dense, in: x, units: 64`, which is offered inside such a map. */
function wrapped(
  context: Context,
  key: 'op' | 'module',
  offer: (context: Context) => Candidate[],
): Candidate[] {
  const { cursor } = context;
  const map: MapNode = { kind: 'map', range: cursor.replace, flow: true, entries: [] };
  const inside: Cursor = {
    ...cursor,
    path: [...cursor.path, key],
    parents: [...cursor.parents, map],
    flow: true,
  };
  return offer({ ...context, cursor: inside }).map((each) => ({
    ...each,
    insert: `{ ${key}: ${each.insert} }`,
    plain: `{ ${key}: ${each.plain ?? each.insert} }`,
    rank: each.rank + 1,
  }));
}

function task(context: Context): Candidate {
  const all = sources({ ...context, step: undefined });
  const outputs = all.filter(({ kind }) => kind === 'step').map(({ text }) => text);
  const targets = all.filter(({ kind }) => kind === 'column').map(({ text }) => text);
  return {
    label: '{ output, target, loss }',
    kind: 'value',
    insert: `{ output: ${placeholder(1, outputs)}, target: ${placeholder(2, targets)}, loss: $3 }`,
    replace: context.cursor.replace,
    rank: 0,
  };
}

/** `{ reviews: product-reviews@^1 }` */
function data(context: Context): Candidate[] {
  return bricks(context, 'dataset').map((each) => ({
    ...each,
    insert: `{ ${placeholder(1, [aliasOf(each.label)])}: ${each.insert} }`,
    plain: `{ ${aliasOf(each.label)}: ${each.insert} }`,
  }));
}

/** The last word of a dataset's name: `reviews` of `acme/product-reviews`. */
function aliasOf(name: string): string {
  return name.split(/[/-]/).at(-1)!.replaceAll(/\W/g, '_');
}

interface Form {
  label: string;
  insert?: string;
  detail?: string;
}

function written({ cursor }: Context, forms: readonly Form[]): Candidate[] {
  return forms.map(({ label, insert = label, detail }) => ({
    label,
    kind: 'value',
    detail,
    insert,
    replace: cursor.replace,
    rank: 1,
  }));
}

const columns: readonly Form[] = [
  { label: '{ type: string }' },
  { label: '{ type: category, values }', insert: '{ type: category, values: [$1] }' },
  { label: '{ type: labels, values }', insert: '{ type: labels, values: [$1] }' },
  ...['int', 'float', 'bool', 'date', 'image'].map((type) => ({ label: `{ type: ${type} }` })),
  { label: '{ type: tensor, shape }', insert: '{ type: tensor, shape: [$1] }' },
];

const trainings: readonly Form[] = [
  { label: '{ last }', insert: `{ last: ${placeholder(1, ['1'])} }`, detail: 'only the last layers' },
  {
    label: '{ lora }',
    insert: `{ lora: { rank: ${placeholder(1, ['8'])} } }`,
    detail: 'low-rank adapters beside frozen weights',
  },
  {
    label: '[{ frozen }, full]',
    insert: `[{ frozen: ${placeholder(1, ['3'])} }, full]`,
    detail: 'first frozen, then all of it',
  },
];

const optimizer = (name: string, rate: string): Form => ({
  label: `{ ${name} }`,
  insert: `{ ${name}: { learning_rate: ${placeholder(1, [rate])} } }`,
  detail: 'with settings',
});

const settings: Readonly<Record<string, readonly Form[]>> = {
  optimizer: [optimizer('adam', '1e-3'), optimizer('adamw', '1e-3'), optimizer('sgd', '1e-2')],
  schedule: [
    {
      label: '{ warmup, decay }',
      insert: `{ warmup: ${placeholder(1, ['1'])}, decay: ${placeholder(2, ['cosine', 'linear'])} }`,
    },
  ],
  stop: [
    {
      label: '{ when, patience }',
      insert: `{ when: ${placeholder(1, ['validation.loss'])}, patience: ${placeholder(2, ['3'])} }`,
    },
  ],
  balance: [{ label: '{ gradnorm }', insert: `{ gradnorm: { alpha: ${placeholder(1, ['1.5'])} } }` }],
  checkpoint: [
    { label: '{ every }', insert: `{ every: ${placeholder(1, ['1'])} }`, detail: 'after so many epochs' },
  ],
};
