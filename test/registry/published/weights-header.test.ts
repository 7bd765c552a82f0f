import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readWeightsHeader } from '../../../registry/published/weights-header';
import { safetensors, temporaryFolder, WEIGHTS } from './made';

describe('the header of weights', () => {
  const folder = temporaryFolder();
  const read = (bytes: Uint8Array) => {
    writeFileSync(join(folder.path(), 'w.safetensors'), bytes);
    return readWeightsHeader(folder.path(), 'w.safetensors');
  };
  const withHeader = (header: unknown, data = 0) => {
    const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(text.byteLength));
    return Buffer.concat([length, text, Buffer.alloc(data)]);
  };

  it('says names, element types and shapes, sorted by name', () => {
    assert.deepEqual(Object.entries(read(safetensors({ b: [2, 3], a: [], c: [0] })).parameters), [
      ['a', { dtype: 'float32', shape: [] }],
      ['b', { dtype: 'float32', shape: [2, 3] }],
      ['c', { dtype: 'float32', shape: [0] }],
    ]);
    const mixed = {
      __metadata__: { format: 'pt' },
      half: { dtype: 'BF16', shape: [3], data_offsets: [8, 14] },
      whole: { dtype: 'I64', shape: [1], data_offsets: [0, 8] },
      other: { dtype: 'F8_E4M3', shape: [2], data_offsets: [14, 16] },
    };
    const { parameters, metadata } = read(withHeader(mixed, 16));
    assert.deepEqual(
      Object.values(parameters).map(({ dtype }) => dtype),
      ['bfloat16', 'F8_E4M3', 'int64'],
    );
    assert.deepEqual(metadata, { format: 'pt' });
  });

  it('is refused where it does not fit the file', () => {
    const tensor = (more: object) => ({ a: { dtype: 'F32', shape: [1], data_offsets: [0, 4], ...more } });
    const broken: Buffer[] = [
      Buffer.alloc(0),
      Buffer.alloc(7),
      Buffer.alloc(8, 0xff),
      withHeader('[]'),
      withHeader('null'),
      withHeader('{"a":'),
      withHeader(tensor({}), 3),
      withHeader(tensor({}), 5),
      withHeader(tensor({ dtype: 'constructor' }), 4),
      withHeader(tensor({ shape: [-1] }), 4),
      withHeader(tensor({ shape: [2 ** 53] }), 4),
      withHeader(tensor({ shape: '1' }), 4),
      withHeader(tensor({ data_offsets: [4, 8] }), 8),
      withHeader(tensor({ data_offsets: [0] }), 4),
      withHeader({ a: null }),
      withHeader({ ...tensor({}), b: { dtype: 'F32', shape: [1], data_offsets: [2, 6] } }, 6),
    ];
    for (const bytes of broken) {
      assert.throws(
        () => read(bytes),
        (error: { code?: string }) => error.code === 'weights-broken',
      );
    }
  });

  it('of a file that is cut off or changed is right or refused, never an error of ours', () => {
    fc.assert(
      fc.property(fc.nat(WEIGHTS.byteLength - 1), fc.nat(255), fc.boolean(), (at, byte, cut) => {
        const bytes = Buffer.from(cut ? WEIGHTS.subarray(0, at) : WEIGHTS);
        if (!cut) bytes[at] = byte;
        try {
          read(bytes);
        } catch (error) {
          assert.match(
            String((error as { code?: string }).code),
            /^(weights-broken|not-text)$/,
            String(error),
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});
