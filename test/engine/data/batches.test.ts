import assert from 'node:assert/strict';
import { batchRows, gatherBatch } from '../../../engine/data/batches';
import { shuffled } from '../../../engine/data/shuffle';

describe('batches', () => {
  it('hold every row once and keep the smaller last one', () => {
    const batches = [...batchRows(23, 8, { seed: 7, epoch: 1 })];
    assert.deepEqual(
      batches.map((rows) => rows.length),
      [8, 8, 7],
    );
    assert.deepEqual(
      batches.flatMap((rows) => Array.from(rows)).sort((a, b) => a - b),
      Array.from({ length: 23 }, (_, i) => i),
    );
  });

  it('come in an order given by seed and epoch', () => {
    assert.deepEqual(shuffled(100, 7, 3), shuffled(100, 7, 3));
    assert.notDeepEqual(shuffled(100, 7, 3), shuffled(100, 7, 4));
    assert.notDeepEqual(shuffled(100, 7, 3), shuffled(100, 8, 3));
  });

  it('gather rows of any width', () => {
    const values = {
      a: { dtype: 'int32' as const, shape: [3], data: Int32Array.of(1, 2, 3) },
      b: { dtype: 'float32' as const, shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
    };
    assert.deepEqual(gatherBatch(values, ['a', 'b'], Int32Array.of(2, 0)), {
      a: { dtype: 'int32', shape: [2], data: Int32Array.of(3, 1) },
      b: { dtype: 'float32', shape: [2, 2], data: Float32Array.of(5, 6, 1, 2) },
    });
  });

  it('take the memory of a batch that is over, where it has as many rows', () => {
    const values = { a: { dtype: 'int32' as const, shape: [3], data: Int32Array.of(1, 2, 3) } };
    const first = gatherBatch(values, ['a'], Int32Array.of(2, 0));
    const second = gatherBatch(values, ['a'], Int32Array.of(1, 2), first);
    assert.equal(second.a!.data, first.a!.data);
    assert.deepEqual(second.a!.data, Int32Array.of(2, 3));
    const smaller = gatherBatch(values, ['a'], Int32Array.of(0), second);
    assert.deepEqual(smaller.a, { dtype: 'int32', shape: [1], data: Int32Array.of(1) });
  });
});

describe('shuffled rows', () => {
  it('are spread evenly over positions', () => {
    const places = Array.from({ length: 2000 }, (_, seed) => shuffled(10, seed, 0).indexOf(0));
    for (let place = 0; place < 10; place++) {
      const count = places.filter((p) => p === place).length;
      assert.ok(count > 140 && count < 260, `${count} of 2000 at ${place}`);
    }
  });
});
