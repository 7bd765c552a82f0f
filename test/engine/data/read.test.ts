import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { sourceFiles } from '../../../engine/data/sources';
import { readDataset } from '../../../engine/data/table';
import { EngineFailure } from '../../../engine/failure';
import type { PlanData } from '../../../language/plan/format';
import { CLASS, column, dataset, TEXT, temporaryFolder, writeReviews } from './fixture';

const folder = temporaryFolder;

async function read(data: PlanData) {
  return readDataset(data, sourceFiles(data));
}

async function failureOf(data: PlanData) {
  try {
    await read(data);
  } catch (error) {
    assert(error instanceof EngineFailure, String(error));
    return error.failure;
  }
  return assert.fail('nothing failed');
}

const rows = [
  { text: 'Works, really', class: 1 },
  { text: 'Broke "at once"', class: 0 },
];

describe('a dataset', () => {
  const root = folder();

  it('reads nothing outside its folder, neither by path nor through a link', async () => {
    const inside = join(root(), 'project');
    mkdirSync(inside);
    writeReviews(root(), rows, 'secret.json');
    symlinkSync(join(root(), 'secret.json'), join(inside, 'link.json'));
    for (const path of ['../secret.json', join(root(), 'secret.json'), 'link.json', 'l*.json']) {
      const failure = await failureOf(dataset(inside, { files: { all: [path] } }));
      assert.equal(failure.code, 'data-file-outside', path);
    }
  });
});

describe('data files', () => {
  const root = folder();

  const written: Record<string, string | Uint8Array> = {
    'reviews.json': JSON.stringify(rows),
    'reviews.jsonl': `${rows.map((row) => JSON.stringify(row)).join('\n')}\n\n`,
    'reviews.csv': '\uFEFFtext,class\r\n"Works, really",1\r\n"Broke ""at once""",0\r\n',
    'reviews.tsv': 'text\tclass\nWorks, really\t1\nBroke "at once"\t0\n',
    'reviews.parquet': new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: 'text', data: rows.map((row) => row.text) },
          { name: 'unused', data: [1, 2] },
          { name: 'class', data: rows.map((row) => row.class) },
        ],
      }),
    ),
  };
  for (const [name, content] of Object.entries(written)) {
    it(`reads ${name}`, async () => {
      writeFileSync(join(root(), name), content);
      const table = await read(dataset(root(), { files: { all: [name] } }));
      assert.deepEqual(table.columns.text, { kind: 'text', values: rows.map((row) => row.text) });
      assert.deepEqual(table.columns.class, {
        kind: 'tensor',
        tensor: { dtype: 'int32', shape: [2], data: Int32Array.of(1, 0) },
      });
    });
  }

  it('reads globs in the order of their names, and packages from node_modules above', async () => {
    writeReviews(root(), [rows[1]], 'b.json');
    writeReviews(root(), [rows[0]], 'a.json');
    const table = await read(dataset(root(), { files: { all: ['*.json'] } }));
    assert.deepEqual(table.columns.text, { kind: 'text', values: rows.map((row) => row.text) });

    const inner = join(root(), 'deep', 'below');
    mkdirSync(inner, { recursive: true });
    mkdirSync(join(root(), 'node_modules', '@kind', 'words', 'data'), { recursive: true });
    writeReviews(join(root(), 'node_modules', '@kind', 'words', 'data'), rows);
    const packaged = dataset(inner, { files: { all: ['npm:@kind/words/data/reviews.json'] } });
    assert.equal((await read(packaged)).rows, 2);
  });

  it('reads int, float, bool and tensor columns from text and from JSON', async () => {
    const columns = [
      column('n', 'int', { min: 0, max: 9 }),
      column('x', 'float', { required: false }),
      column('ok', 'bool'),
      column('v', 'tensor', { value: { dtype: 'float32', shape: ['batch', 2] } }),
    ];
    writeFileSync(join(root(), 'a.csv'), 'n,x,ok,v\n1,2.5,yes,"[1, 2]"\n3,,false,"[3, 4]"\n');
    const fromText = await read(dataset(root(), { columns, files: { all: ['a.csv'] } }));
    writeReviews(root(), [
      { n: 1, x: 2.5, ok: true, v: [1, 2] },
      { n: 3, x: null, ok: false, v: [3, 4] },
    ]);
    const fromJson = await read(dataset(root(), { columns }));
    assert.deepEqual(fromText, fromJson);
    assert.deepEqual(fromJson.columns.x, {
      kind: 'tensor',
      tensor: { dtype: 'float32', shape: [2], data: Float32Array.of(2.5, Number.NaN) },
    });
    assert.deepEqual(fromJson.columns.v, {
      kind: 'tensor',
      tensor: { dtype: 'float32', shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
    });
  });

  it('leaves out rows in which everything is empty, and counts them', async () => {
    writeReviews(root(), [...rows, { text: '', class: null }]);
    const table = await read(dataset(root()));
    assert.equal(table.rows, 2);
    assert.equal(table.blank, 1);
  });
});

describe('data that breaks its contract', () => {
  const root = folder();

  it('names a file that is not there', async () => {
    const failure = await failureOf(dataset(root()));
    assert.equal(failure.code, 'data-file-missing');
    assert.match(failure.message, /reviews\.json of dataset product-reviews is not there/);
    assert.deepEqual([failure.file, failure.line], ['reviews.brique.yaml', 7]);
  });

  it('names a package that is not installed', async () => {
    const failure = await failureOf(dataset(root(), { files: { all: ['npm:no-such-words/a.json'] } }));
    assert.match(failure.message, /npm package no-such-words/);
    assert.match(failure.help ?? '', /npm install no-such-words/);
  });

  it('names a missing column, the nearest one and those that there are', async () => {
    writeReviews(root(), [{ text: 'a', clas: 1 }]);
    const failure = await failureOf(dataset(root()));
    assert.equal(failure.code, 'data-column-missing');
    assert.match(failure.message, /has no column class; did you mean clas\?/);
    assert.equal(failure.help, 'It has text, clas.');
  });

  const breaches: [string, Parameters<typeof dataset>[1], unknown[], RegExp][] = [
    [
      'a label outside the declared values',
      {},
      [...rows, { text: 'so so', class: 2 }, { text: 'hm', class: 3 }],
      /row 3: column class holds 2, which is not among its declared values \(negative: 0, positive: 1\) \(and 1 more/,
    ],
    ['a label that is not there', {}, [{ text: 'a', class: null }], /row 1: column class has no value/],
    [
      'a number instead of text',
      {},
      [{ text: 12, class: 1 }],
      /row 1: column text holds 12, which is no text/,
    ],
    [
      'text that is too long',
      { columns: [{ ...TEXT, max_length: 3 }, CLASS] },
      [{ text: 'four', class: 1 }],
      /holds 4 characters, more than max_length 3/,
    ],
    [
      'text instead of a number',
      { columns: [column('n', 'float')], stratify: undefined },
      [{ n: 'many' }],
      /column n holds "many", which is no number/,
    ],
    [
      'a fraction instead of a whole number',
      { columns: [column('n', 'int')] },
      [{ n: 1.5 }],
      /no whole number/,
    ],
    [
      'a number out of bounds',
      { columns: [column('n', 'int', { max: 3 })] },
      [{ n: 4 }],
      /more than its max 3/,
    ],
    [
      'a tensor of another shape',
      { columns: [column('v', 'tensor', { value: { dtype: 'float32', shape: ['batch', 2] } })] },
      [{ v: [1, 2, 3] }],
      /holds no numbers of shape \[2\]/,
    ],
    [
      'a number that is too large to be kept',
      { columns: [column('n', 'float')] },
      [{ n: 1 }, { n: 1e39 }],
      /row 2: column n holds 1e\+39, which does not fit 32 bits/,
    ],
    [
      'a fraction in a tensor of whole numbers',
      { columns: [column('v', 'tensor', { value: { dtype: 'int32', shape: ['batch', 2] } })] },
      [{ v: [1, 2] }, { v: [1, 2.5] }],
      /row 2: column v holds 2.5, which is no whole number/,
    ],
    [
      'a whole number in a tensor that is too large to be kept',
      { columns: [column('v', 'tensor', { value: { dtype: 'int32', shape: ['batch', 1] } })] },
      [{ v: [3e9] }],
      /holds 3000000000, which does not fit 32 bits/,
    ],
    [
      'a number in a tensor that is out of bounds',
      { columns: [column('v', 'tensor', { max: 1, value: { dtype: 'float32', shape: ['batch', 2] } })] },
      [{ v: [0, 1.5] }],
      /holds 1.5, more than its max 1/,
    ],
  ];
  for (const [what, more, content, message] of breaches) {
    it(`names ${what}, and its row`, async () => {
      writeReviews(root(), content);
      const failure = await failureOf(dataset(root(), more));
      assert.equal(failure.code, 'data-contract');
      assert.match(failure.message, message);
    });
  }

  const broken: Record<string, [string, string | Uint8Array, RegExp]> = {
    'JSON that is cut off': ['a.json', '[{"text": "a"', /a\.json is not JSON/],
    'JSON without records': ['a.json', '{"text": 1}', /holds no list of records/],
    'a broken line': ['a.jsonl', '{"text":"a","class":1}\n{"te', /Line 2 of .*a\.jsonl is no JSON record/],
    'a csv row with too many cells': ['a.csv', 'text,class\na,1,2\n', /a\.csv cannot be read/],
    'a parquet file that is none': ['a.parquet', 'PAR2 nothing', /cannot be read as parquet/],
    'an unknown format': ['a.xlsx', 'x', /is of no known format/],
    'a file without rows': ['a.csv', 'text,class\n', /has no rows/],
    'an empty file': ['a.csv', '', /has no rows/],
  };
  for (const [what, [name, content, message]] of Object.entries(broken)) {
    it(`says so of ${what}`, async () => {
      writeFileSync(join(root(), name), content);
      const failure = await failureOf(dataset(root(), { files: { all: [name] } }));
      assert.match(failure.message, message);
    });
  }
});
