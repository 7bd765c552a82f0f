import assert from 'node:assert/strict';
import { schemaAt } from '../../../language/schema/at';
import { checkStructure } from '../../../language/schema/check';
import { parse } from '../../../language/syntax/parse';

const found = (text: string) =>
  checkStructure(parse(text)).map(({ kind, range, message, nearest }) =>
    [
      kind,
      text.slice(range.start, range.end),
      message,
      ...(nearest === undefined ? [] : [`→ ${nearest}`]),
    ].join(' | '),
  );

const inModel = (text: string) => found(`kind: model\nname: m\nversion: 0.1.0\n${text}`);
const inModule = (text: string) =>
  found(`kind: module\nname: m\nversion: 0.1.0\noutputs: { y: 'float32[batch]' }\n${text}`);
const inDataset = (text: string) =>
  found(`kind: dataset\nname: d\nversion: 0.1.0\nfiles: { all: a.csv }\n${text}`);

describe('what is wrong with the structure', () => {
  it('is said of the kind', () => {
    const choice = '`module`, `dataset`, `model` or `workspace`';
    assert.deepEqual(found('kind: modle\n'), [
      `unknown-kind | modle | There is no kind \`modle\`: \`kind\` is ${choice} | → module`,
    ]);
    assert.deepEqual(found('name: x\n'), [
      `unknown-kind | name: x | This file does not say what it is: \`kind\` is ${choice}`,
    ]);
    assert.equal(found('').length, 1);
    assert.equal(found('- a\n').length, 1);
  });

  it('is said of keys', () => {
    assert.deepEqual(inModel('parts: {}\ntrain: { epoch: 3 }\n'), [
      'unknown-key | epoch | There is no key `epoch` in `train`; did you mean `epochs`? | → epochs',
    ]);
    assert.deepEqual(inModel('parts: {}\nx-team: a\ntrain: { x-note: b }\n'), []);
    assert.deepEqual(inModel('parts: { a: { modul: b } }\n'), [
      'unknown-key | modul | There is no key `modul` in `a`; did you mean `module`? | → module',
    ]);
    assert.deepEqual(
      inModel(''),
      ['missing-field | kind | A model has `parts`, or `extends` another model'].map((line) =>
        line.replace('| kind |', '| kind: model |'),
      ),
    );
  });

  it('is said of values', () => {
    assert.deepEqual(inModel('parts: {}\ntrain: { batch: "32", epochs: 0, seed: 1.5, clip_norm: }\n'), [
      'wrong-type | "32" | `batch` must be a whole number, not text | → 32',
      'wrong-value | 0 | `epochs` must be at least 1',
      'wrong-type | 1.5 | `seed` must be a whole number, not `1.5`',
      'missing-field | clip_norm | `clip_norm` has no value',
    ]);
    assert.deepEqual(found('kind: workspace\nname: 7\n'), [
      'wrong-type | 7 | `name` must be text: without quotes, `7` is a number | → "7"',
    ]);
    assert.match(inModel('parts: {}\nversion: 1.10\n').join(), /A version is three numbers/);
  });

  it('is said in terms of the form that was meant', () => {
    assert.deepEqual(inModule('graph:\n  y: { opp: dense }\n'), [
      'unknown-key | opp | A node says `op:` or `module:` | → op',
    ]);
    assert.deepEqual(inModule('graph:\n  y: { module: a, prams: {} }\n'), [
      'unknown-key | prams | There is no key `prams` in `y`; did you mean `params`? | → params',
    ]);
    assert.deepEqual(inModule('graph:\n  y: { op: dense, module: a }\n'), [
      'wrong-value | module | A node says `op:` or `module:`, not both',
    ]);
    assert.deepEqual(inModule('graph: {}\npython: a:B\n').length, 1);
    assert.deepEqual(inModel('parts: { a: { module: b, train: { last: x } } }\n'), [
      'wrong-type | x | `last` must be a whole number, not text',
    ]);
    assert.deepEqual(inModel('parts: { a: { module: b, train: [full, frzen] } }\n').length, 1);
    assert.match(
      inModel('parts: { a: { module: b, train: frzen } }\n').join(),
      /wrong-value \| frzen .* → frozen$/,
    );
    assert.match(inModel('parts: { a: { module: b, weights: [] } }\n').join(), /`weights` is `fresh`/);
    assert.match(
      inModel('parts: {}\ntrain: { optimizer: { adm: {} } }\n').join(),
      /unknown-key \| adm .* → adam$/,
    );
    assert.match(inDataset('columns: { a: { type: strng } }\n').join(), /wrong-value \| strng .* → string$/);
    assert.match(
      inDataset('columns: { a: { max: 1 } }\n').join(),
      /missing-field \| a \| A column says its `type`/,
    );
    assert.deepEqual(inDataset('columns: { a: { type: int, max_length: 1 } }\n'), [
      'unknown-key | max_length | There is no key `max_length` in `a`',
    ]);
  });

  it('is one finding for one slip of syntax', () => {
    assert.deepEqual(inModel('parts:\n  a:\n    mod\n    in: b.c\n'), []);
    assert.deepEqual(inModel('parts: { a: { module: \n'), []);
    assert.deepEqual(inModel('parts:\n  a: { module: b }\n  b\ntrian: {}\n').length, 1);
  });
});

describe('what the schema says about a place', () => {
  const names = (keys: { name: string }[] | undefined) => keys?.map(({ name }) => name);

  it('covers every form until the text tells which', () => {
    const tree = parse('kind: module\ngraph:\n  a: { op: dense }\n  b: { module: c }\n  c: {}\n');
    assert.ok(names(schemaAt('module', ['graph', 'c'], tree)?.keys)?.includes('op'));
    assert.ok(names(schemaAt('module', ['graph', 'c'], tree)?.keys)?.includes('module'));
    assert.ok(!names(schemaAt('module', ['graph', 'b'], tree)?.keys)?.includes('op'));
    assert.ok(!names(schemaAt('module', ['graph', 'a'], tree)?.keys)?.includes('params'));
    assert.equal(schemaAt('module', ['graph', 'a'], tree)?.open, true);
  });

  it('gives words, defaults, and a description for every key', () => {
    assert.deepEqual(schemaAt('model', ['parts', 'a', 'train'])?.values, ['full', 'frozen']);
    assert.equal(schemaAt('model', ['train', 'epochs'])?.default, 10);
    assert.equal(schemaAt('model', ['no', 'such']), undefined);
    const paths = {
      module: [[], ['graph', 'a'], ['params', 'a'], ['tests', 0], ['card']],
      model: [
        [],
        ['parts', 'a'],
        ['train'],
        ['train', 'stop'],
        ['train', 'optimizer', 'adam'],
        ['tasks', 'a'],
        ['evaluate'],
        ['hooks', 0],
      ],
      dataset: [[], ['columns', 'a'], ['splits'], ['files']],
      workspace: [[]],
    } as const;
    for (const [kind, list] of Object.entries(paths)) {
      for (const path of list) {
        for (const key of schemaAt(kind as keyof typeof paths, path)!.keys)
          assert.ok(key.description, `${kind} ${path} ${key.name}`);
      }
    }
  });
});
