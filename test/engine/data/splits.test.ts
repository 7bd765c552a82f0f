import assert from 'node:assert/strict';
import fc from 'fast-check';
import { limitRows, splitRows } from '../../../engine/data/splits';
import type { Table } from '../../../engine/data/table';
import { tensorValue } from '../../../engine/data/value';
import { EngineFailure } from '../../../engine/failure';
import { dataset } from './fixture';

function table(classes: number[], texts = classes.map((_, i) => `text ${i}`)): Table {
  return {
    rows: classes.length,
    columns: {
      text: { kind: 'text', values: texts },
      class: tensorValue('int32', [classes.length], Int32Array.from(classes)),
    },
    origin: [{ name: 'all', from: 0, to: classes.length }],
    blank: 0,
    files: {},
  };
}

const balanced = table(Array.from({ length: 1000 }, (_, i) => (i % 5 === 0 ? 1 : 0)));

function positives(of: Table, rows: Int32Array): number {
  const { class: column } = of.columns;
  assert(column?.kind === 'tensor');
  return Array.from(rows).filter((row) => column.tensor.data[row] === 1).length;
}

describe('splits', () => {
  it('are disjoint, cover all rows and keep the ratios within every class', () => {
    const splits = splitRows(dataset('.'), balanced);
    assert.deepEqual(Object.keys(splits), ['train', 'validation', 'test']);
    assert.deepEqual(
      Object.values(splits)
        .flatMap((rows) => Array.from(rows))
        .sort((a, b) => a - b),
      Array.from({ length: 1000 }, (_, i) => i),
    );
    assert.deepEqual(
      Object.values(splits).map((rows) => rows.length),
      [600, 200, 200],
    );
    assert.deepEqual(
      Object.values(splits).map((rows) => positives(balanced, rows)),
      [120, 40, 40],
    );
  });

  it('are the same for the same seed and others for another', () => {
    assert.deepEqual(splitRows(dataset('.'), balanced), splitRows(dataset('.'), balanced));
    assert.notDeepEqual(splitRows(dataset('.'), balanced), splitRows(dataset('.', { seed: 8 }), balanced));
  });

  it('put identical rows into the same split, whatever there is', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12), { minLength: 40, maxLength: 200 }), fc.nat(), (kinds, seed) => {
        const some = table(
          kinds.map((kind) => kind % 2),
          kinds.map((kind) => `text ${kind}`),
        );
        let splits: Record<string, Int32Array>;
        try {
          splits = splitRows(dataset('.', { seed }), some);
        } catch (error) {
          return error instanceof EngineFailure && error.failure.code === 'data-split-empty';
        }
        const home = new Map<number, string>();
        for (const [name, rows] of Object.entries(splits)) {
          for (const row of rows) {
            const kind = kinds[row]!;
            if ((home.get(kind) ?? name) !== name) return false;
            home.set(kind, name);
          }
        }
        return Object.values(splits).reduce((sum, rows) => sum + rows.length, 0) === kinds.length;
      }),
    );
  });

  it('take rows of an own file as they are', () => {
    const own: Table = {
      ...balanced,
      origin: [
        { name: 'all', from: 0, to: 900 },
        { name: 'test', from: 900, to: 1000 },
      ],
    };
    const splits = splitRows(dataset('.', { splits: { train: 0.8, validation: 0.2 } }), own);
    assert.deepEqual(
      splits.test,
      Int32Array.from({ length: 100 }, (_, i) => 900 + i),
    );
    assert.equal(splits.train!.length, 720);
  });

  it('may not be empty', () => {
    assert.throws(
      () => splitRows(dataset('.'), table([0, 1])),
      /Split validation of dataset product-reviews has no rows/,
    );
    const help = ({ failure }: EngineFailure) => failure.help;
    assert.throws(
      () => splitRows(dataset('.', { stratify: undefined }), table([0])),
      (error) => error instanceof EngineFailure && /^The dataset has 1 row;/.test(help(error) ?? ''),
    );
  });
});

describe('a limit on training rows', () => {
  const rows = Int32Array.from({ length: 1000 }, (_, i) => i);

  it('keeps the proportions of the classes, and more rows hold the fewer', () => {
    const few = limitRows(balanced, rows, 50, 3, 'class');
    const more = limitRows(balanced, rows, 120, 3, 'class');
    assert.equal(few.length, 50);
    assert.equal(positives(balanced, few), 10);
    assert.ok(few.every((row) => more.includes(row)));
  });

  it('is chosen by the seed', () => {
    const first = limitRows(balanced, rows, 50, 3, 'class');
    assert.deepEqual(first, limitRows(balanced, rows, 50, 3, 'class'));
    assert.notDeepEqual(first, limitRows(balanced, rows, 50, 4, 'class'));
  });

  it('takes all rows when there are fewer', () => {
    assert.equal(limitRows(balanced, rows, 5000, 3, 'class'), rows);
  });
});
