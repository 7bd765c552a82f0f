import assert from 'node:assert/strict';
import { missingOf } from '../../../../engine/data/missing';
import { tensorValue } from '../../../../engine/data/value';
import type { EngineFailure } from '../../../../engine/failure';
import { floats, ints, nodeOf, numbersOf, outputOf, outputsOf, stateOf, text } from './ops';

const none = Number.NaN;
const noInt = missingOf('int32');

describe('numbers', () => {
  it('are standardized by the training split; a missing value becomes the mean, a constant column zero', async () => {
    const node = nodeOf('standardize', ['batch', 2]);
    const fitted = tensorValue('float32', [4, 2], Float32Array.of(1, 5, 3, 5, 5, 5, 7, 5));
    const applied = tensorValue('float32', [2, 2], Float32Array.of(4, 5, none, 6));
    assert.deepEqual(
      await outputOf(node, fitted, applied),
      tensorValue('float32', [2, 2], Float32Array.of(0, 0, 0, 1)),
    );
    const scaled = await outputOf(node, fitted);
    assert(scaled.kind === 'tensor');
    assert.equal(scaled.tensor.data[6], Math.fround(3 / Math.sqrt(5)));
  });

  it('are brought into a range, and cut to it', async () => {
    const node = nodeOf('min_max_scale', ['batch'], { low: -1, high: 1 });
    const value = await outputOf(node, ints(10, 30, noInt, 20), ints(10, 25, 40, 0));
    assert.deepEqual(numbersOf(value), [-1, 0.5, 1, -1]);
    assert.deepEqual(numbersOf(await outputOf(node, floats(3, 3, none))), [-1, -1, none]);
  });

  it('are scaled by quartiles, which wild values do not move', async () => {
    // Quartiles of 1…5 by interpolation are 2 and 4, whatever the largest is.
    const node = nodeOf('robust_scale', ['batch']);
    assert.deepEqual(await stateOf(node, floats(3, 1, 1e6, 2, 4)), { median: [3], range: [2] });
    assert.deepEqual(numbersOf(await outputOf(node, floats(3, 1, 1e6, 2, 4), floats(3, 7, none))), [0, 2, 0]);
    assert.deepEqual(numbersOf(await outputOf(node, floats(5, 5, 5), floats(5, 7))), [0, 2]);
  });

  it('of very different size come close together, with their sign', async () => {
    const value = await outputOf(nodeOf('log_scale', ['batch']), floats(0, Math.E - 1, 1 - Math.E, none));
    assert.deepEqual(numbersOf(value), [0, 1, -1, none]);
  });

  it('fall into given ranges, an edge into the one above', async () => {
    const node = nodeOf('bucketize', ['batch'], { edges: [18, 30, 65], buckets: null }, 'int32');
    assert.deepEqual(
      numbersOf(await outputOf(node, floats(0), floats(-5, 17.9, 18, 64, 65, 99))),
      [0, 0, 1, 2, 3, 3],
    );
  });

  it('fall into fitted ranges of about as many rows, each entry of a vector into its own', async () => {
    const node = nodeOf('bucketize', ['batch', 2], { edges: null, buckets: 4 }, 'int32');
    const rows = Float32Array.from({ length: 200 }, (_, i) => (i % 2 ? 1000 - i : i * i));
    const value = await outputOf(node, tensorValue('float32', [100, 2], rows));
    for (const entry of [0, 1]) {
      const own = numbersOf(value).filter((_, i) => i % 2 === entry);
      for (const bucket of [0, 1, 2, 3]) assert.equal(own.filter((each) => each === bucket).length, 25);
    }
  });

  it('that are missing have no range, which is said', async () => {
    const node = nodeOf('bucketize', ['batch'], { edges: [1], buckets: null }, 'int32');
    await assert.rejects(outputOf(node, ints(1), ints(1, noInt)), (error: EngineFailure) => {
      assert.equal(error.failure.code, 'data-missing');
      return true;
    });
  });

  it('become one-hot rows; what lies outside or is missing becomes zeros', async () => {
    const value = await outputOf(nodeOf('one_hot', ['batch', 3]), ints(2, 0, 7, noInt));
    assert.deepEqual(
      value,
      tensorValue('float32', [4, 3], Float32Array.of(0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0)),
    );
  });
});

describe('missing values', () => {
  const node = (how: string, more: object = {}) => nodeOf('fill_missing', ['batch'], { with: how, ...more });
  const cases: [string, ReturnType<typeof node>, Parameters<typeof outputOf>[1], number[]][] = [
    ['the mean', node('mean'), floats(1, none, 2, 6), [1, 3, 2, 6]],
    ['the median', node('median'), floats(1, none, 2, 6), [1, 2, 2, 6]],
    ['the most frequent', node('most_frequent'), ints(7, 5, noInt, 5, 7, 4), [7, 5, 5, 5, 7, 4]],
    ['a constant', node('constant', { value: -1 }), ints(7, noInt), [7, -1]],
    ['the rounded mean of whole numbers', node('mean'), ints(1, 2, 2, noInt), [1, 2, 2, 2]],
    [
      'the most frequent truth',
      node('most_frequent'),
      tensorValue('bool', [4], Uint8Array.of(1, 255, 1, 0)),
      [1, 1, 1, 0],
    ],
    ['0 where nothing is there at all', node('mean'), floats(none, none), [0, 0]],
  ];
  for (const [what, at, value, filled] of cases) {
    it(`become ${what}, and leave a mark`, async () => {
      const { out, missing } = await outputsOf(at, { in: value });
      assert.deepEqual(numbersOf(out), filled);
      assert(value.kind === 'tensor');
      const expected = Array.from(value.tensor.data, (each) =>
        Number.isNaN(each) || each === noInt || (value.tensor.dtype === 'bool' && each === 255) ? 1 : 0,
      );
      assert.deepEqual(numbersOf(missing), expected);
    });
  }

  it('are filled by the training split, not by what is evaluated', async () => {
    const { out } = await outputsOf(node('mean'), { in: floats(1, 3) }, { in: floats(none, 100) });
    assert.deepEqual(numbersOf(out), [2, 100]);
  });

  it('are filled entry by entry in vectors', async () => {
    const rows = tensorValue('float32', [2, 2], Float32Array.of(1, 10, none, 30));
    assert.deepEqual(numbersOf((await outputsOf(node('mean'), { in: rows })).out), [1, 10, 1, 30]);
  });

  it('in text become text', async () => {
    const words = text('b', '', 'a', 'b');
    assert.deepEqual((await outputsOf(node('most_frequent'), { in: words })).out, text('b', 'b', 'a', 'b'));
    const { out, missing } = await outputsOf(node('constant', { text: 'none' }), { in: words });
    assert.deepEqual(out, text('b', 'none', 'a', 'b'));
    assert.deepEqual(numbersOf(missing), [0, 1, 0, 0]);
  });
});
