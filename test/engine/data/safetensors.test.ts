import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readSafetensors, writeSafetensors } from '../../../engine/data/safetensors';
import type { HostTensor } from '../../../engine/step/program';

const tensor = fc
  .tuple(fc.constantFrom('float32', 'int32', 'bool'), fc.array(fc.nat(4), { maxLength: 3 }), fc.nat(99))
  .map(([dtype, shape, seed]): HostTensor => {
    const count = shape.reduce((product, size) => product * size, 1);
    const values = Array.from({ length: count }, (_, i) => (i * 7 + seed) % 5);
    if (dtype === 'float32') return { dtype, shape, data: Float32Array.from(values, (v) => v / 3) };
    if (dtype === 'int32') return { dtype, shape, data: Int32Array.from(values) };
    return { dtype: 'bool', shape, data: Uint8Array.from(values, (v) => v % 2) };
  });

describe('safetensors', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ minLength: 1 }).filter((s) => s !== '__metadata__' && s !== '__proto__'),
          tensor,
        ),
        (tensors) => {
          const file = readSafetensors(writeSafetensors(Object.entries(tensors), { part: 'encoder' }), 'a');
          assert.deepEqual(Object.fromEntries(file.tensors), { ...tensors });
          assert.equal(file.metadata.part, 'encoder');
        },
      ),
    );
  });

  it('have the layout of the format', () => {
    const bytes = writeSafetensors([['w', { dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) }]]);
    const length = Number(bytes.readBigUInt64LE(0));
    assert.equal(length % 8, 0);
    assert.deepEqual(JSON.parse(bytes.subarray(8, 8 + length).toString()), {
      __metadata__: { format: 'pt' },
      w: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
    });
    assert.deepEqual([bytes.readFloatLE(8 + length), bytes.readFloatLE(12 + length)], [1, 2]);
  });

  it('are refused when they are cut off anywhere', () => {
    const bytes = writeSafetensors([['w', { dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) }]]);
    for (let length = 0; length < bytes.length; length++) {
      assert.throws(
        () => readSafetensors(bytes.subarray(0, length), 'w.safetensors'),
        /no sound safetensors file/,
      );
    }
  });
});
