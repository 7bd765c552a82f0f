import assert from 'node:assert/strict';
import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { gatherBatch } from '../../../engine/data/batches';
import { prepareData } from '../../../engine/data/prepared';
import { openTensors, StoredTensor, TensorWriter } from '../../../engine/data/stored';
import { gatherTensor } from '../../../engine/data/value';
import type { HostTensor } from '../../../engine/step/program';
import { dataset, planOf, reviews, temporaryFolder, writeReviews } from './fixture';

const root = temporaryFolder();

describe('tensors in files', () => {
  it('give the same rows as tensors in memory, whichever are asked for', () => {
    const tensors: Record<string, HostTensor> = {
      a: { dtype: 'float32', shape: [9, 2, 3], data: Float32Array.from({ length: 54 }, (_, i) => i / 7) },
      b: { dtype: 'int32', shape: [9], data: Int32Array.from({ length: 9 }, (_, i) => -i) },
      c: { dtype: 'bool', shape: [9, 5], data: Uint8Array.from({ length: 45 }, (_, i) => i % 2) },
    };
    const path = join(root(), 'a.safetensors');
    const writer = new TensorWriter(path, tensors);
    for (const from of [6, 0, 3]) {
      for (const [name, tensor] of Object.entries(tensors))
        writer.write(name, from, gatherTensor(tensor, [from, from + 1, from + 2]));
    }
    const written = writer.finish();
    const opened = Object.fromEntries(openTensors(path, 0));
    assert.deepEqual(Object.fromEntries(openTensors(path, 1e6)), tensors);
    fc.assert(
      fc.property(fc.array(fc.nat(8), { minLength: 1, maxLength: 20 }), (picked) => {
        const rows = Int32Array.from(picked);
        const expected = gatherBatch(tensors, ['a', 'b', 'c'], rows);
        assert.deepEqual(gatherBatch(written, ['a', 'b', 'c'], rows), expected);
        assert.deepEqual(gatherBatch(opened, ['a', 'b', 'c'], rows), expected);
      }),
    );
    assert.deepEqual(opened.a!.data, tensors.a!.data);
  });
});

describe('prepared data that memory should not hold', () => {
  it('lie in the cache, first and later, and hold the same', async () => {
    writeReviews(root(), reviews(100));
    const data = dataset(root());
    const plan = planOf([data]);
    const small = { root: root(), memory: 100 };
    const [first, second] = [await prepareData(plan, data, small), await prepareData(plan, data, small)];
    assert.deepEqual([first.cached, second.cached], [false, true]);
    const whole = await prepareData(plan, data, { root: root() });
    assert.equal(whole.cached, true);
    for (const made of [first, second]) {
      const { tensors } = made.splits.train!;
      for (const [id, tensor] of Object.entries(tensors)) {
        assert.ok(tensor instanceof StoredTensor, id);
        assert.deepEqual(tensor.data, whole.splits.train!.tensors[id]!.data);
      }
    }
  });

  it('are made anew where their file is cut off, and leave nothing behind where they cannot be made', async () => {
    writeReviews(root(), reviews(100));
    const data = dataset(root());
    const small = { root: root(), memory: 100 };
    await prepareData(planOf([data]), data, small);
    const cache = join(root(), '.brique', 'cache');
    const [entry] = readdirSync(cache).filter((name) => !name.endsWith('.json'));
    truncateSync(join(cache, entry!, 'train.safetensors'), 400);
    assert.equal((await prepareData(planOf([data]), data, small)).cached, false);
    assert.deepEqual(
      readdirSync(join(cache, entry!)).filter(
        (name) => !/^(entry\.json|\w+(\.slices)?\.safetensors)$/.test(name),
      ),
      [],
    );
  });
});
