import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingOf } from '../../../engine/data/missing';
import { sourceFiles } from '../../../engine/data/sources';
import { splitRows } from '../../../engine/data/splits';
import { readDataset } from '../../../engine/data/table';
import type { PlanColumn, PlanData } from '../../../language/plan/format';
import { CLASS, column, dataset, temporaryFolder, writeReviews } from './fixture';

const root = temporaryFolder();

async function read(columns: PlanColumn[], rows: unknown[], more: Partial<PlanData> = {}) {
  writeReviews(root(), rows);
  const data = dataset(root(), { columns, stratify: undefined, ...more });
  return readDataset(data, sourceFiles(data));
}

describe('columns that may be empty', () => {
  it('keep missing values apart from all others, in every format', async () => {
    const columns = [
      column('n', 'int', { required: false }),
      column('x', 'float', { required: false }),
      column('ok', 'bool', { required: false }),
      { ...CLASS, required: false },
      column('day', 'date', { required: false }),
      column('v', 'tensor', { required: false, value: { dtype: 'int32', shape: ['batch', 2] } }),
      column('note', 'string', { required: false }),
      column('never', 'int', { required: false }),
    ];
    const fromJson = await read(columns, [
      { n: 1, x: 1.5, ok: true, class: 1, day: '2026-03-31', v: [1, 2], note: 'a' },
      { n: 0, x: null, ok: null, class: null, day: null, v: null, note: null },
      { n: null, x: 0, ok: false, class: 0, day: '2026', v: [0, 0], note: 'b' },
    ]);
    const csv =
      'n,x,ok,class,day,v,note\n1,1.5,true,1,2026-03-31,"[1, 2]",a\n0,,,,,,\n,0,no,0,2026,"[0, 0]",b\n';
    writeFileSync(join(root(), 'a.csv'), csv);
    const data = dataset(root(), { columns, stratify: undefined, files: { all: ['a.csv'] } });
    assert.deepEqual(await readDataset(data, sourceFiles(data)), fromJson);
    const numbers = (name: string) => {
      const value = fromJson.columns[name];
      return value?.kind === 'tensor' ? [...value.tensor.data] : [];
    };
    const none = missingOf('int32');
    assert.deepEqual(numbers('n'), [1, 0, none]);
    assert.deepEqual(numbers('x'), [1.5, Number.NaN, 0]);
    assert.deepEqual(numbers('ok'), [1, missingOf('bool'), 0]);
    assert.deepEqual(numbers('class'), [1, none, 0]);
    assert.deepEqual(numbers('v'), [1, 2, none, none, 0, 0]);
    assert.deepEqual(numbers('never'), [none, none, none]);
    assert.deepEqual(fromJson.columns.day, { kind: 'text', values: ['2026-03-31', '', '2026'] });
  });

  it('may have words of their own for it', async () => {
    const columns = [column('n', 'int', { required: false, missing: ['NA', '-9'] })];
    const { columns: values } = await read(columns, [{ n: 4 }, { n: 'NA' }, { n: -9 }]);
    assert(values.n?.kind === 'tensor');
    assert.deepEqual([...values.n.tensor.data], [4, missingOf('int32'), missingOf('int32')]);
  });
});

describe('sets of labels', () => {
  const topics = column('topics', 'labels', {
    labels: ['food', 'price', 'staff'].map((name) => ({ name, raw: name })),
    value: { dtype: 'float32', shape: ['batch', 3] },
    required: false,
  });

  it('are lists, or text with separators', async () => {
    const expected = [1, 0, 1, 0, 0, 0, 0, 1, 0];
    const lists = await read(
      [topics, column('i', 'int')],
      [
        { i: 1, topics: ['staff', 'food'] },
        { i: 2, topics: [] },
        { i: 3, topics: ['price'] },
      ],
    );
    const text = await read(
      [{ ...topics, separator: '|' }, column('i', 'int')],
      [
        { i: 1, topics: 'staff | food' },
        { i: 2, topics: '' },
        { i: 3, topics: 'price' },
      ],
    );
    for (const table of [lists, text]) {
      assert(table.columns.topics?.kind === 'tensor');
      assert.deepEqual([...table.columns.topics.tensor.data], expected);
    }
  });

  it('name what is not declared, and what must not be empty', async () => {
    await assert.rejects(read([topics], [{ topics: 'food, decor' }]), /row 1: column topics holds "decor"/);
    await assert.rejects(
      read([{ ...topics, required: true }, column('i', 'int')], [{ i: 1, topics: [] }]),
      /has no label/,
    );
  });
});

describe('contracts', () => {
  const breaches: [string, PlanColumn, unknown[], RegExp][] = [
    [
      'a day that does not exist',
      column('a', 'date'),
      ['2026-02-30'],
      /holds "2026-02-30", which is no date such as/,
    ],
    [
      'a day too early',
      column('a', 'date', { earliest: '2026-01-01' }),
      ['2025-12-31'],
      /before its min 2026-01-01/,
    ],
    [
      'a day too late',
      column('a', 'date', { latest: '2026-01-01' }),
      ['2026-01-01T10:00'],
      /after its max 2026-01-01/,
    ],
    ['a missing day', column('a', 'date'), ['2026', null], /row 2: column a has no value/],
    [
      'text of another form',
      column('a', 'string', { pattern: '[A-Z]{2}\\d+' }),
      ['AB1', 'xAB1'],
      /row 2: .* not of the form/,
    ],
    ['text that is too short', column('a', 'string', { min_length: 3 }), ['ab'], /fewer than min_length 3/],
    ['a value twice', column('a', 'int', { unique: true }), [1, 2, 1], /row 3: column a holds 1 once more/],
    [
      'a pattern that cannot be read',
      column('a', 'string', { pattern: '(' }),
      ['a'],
      /pattern of column a cannot be read/,
    ],
  ];
  for (const [what, at, values, message] of breaches) {
    it(`name ${what}`, async () => {
      const rows = values.map((a, i) => ({ a, other: i }));
      await assert.rejects(read([at, column('other', 'int')], rows), message);
    });
  }
});

describe('groups', () => {
  it('stay together in one split, and the shares are about kept', async () => {
    const rows = Array.from({ length: 400 }, (_, i) => ({ who: `person ${i % 80}`, n: i }));
    const columns = [column('who', 'string'), column('n', 'int')];
    const table = await read(columns, rows, { group: 'who' });
    const splits = splitRows(dataset(root(), { columns, group: 'who', stratify: undefined }), table);
    const owner = new Map<string, string>();
    for (const [split, own] of Object.entries(splits)) {
      for (const row of own) {
        const { who } = rows[row]!;
        assert.equal(owner.get(who) ?? split, split, who);
        owner.set(who, split);
      }
    }
    assert.ok(Math.abs(splits.train!.length - 240) <= 10, `${splits.train!.length} of 400`);
  });
});
