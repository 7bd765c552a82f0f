import { strict as assert } from 'node:assert';
import { initialValues } from '../../../engine/step/initial';
import { fillUniform, philox, RandomSequence, streamOf } from '../../../engine/step/random';
import { philoxUniform } from '../reference-random';

const hex = (words: Uint32Array): string[] => [...words].map((word) => word.toString(16).padStart(8, '0'));

describe('random numbers', () => {
  // The known answers published with Random123 (kat_vectors, philox4x32 10).
  const ones = -1;
  for (const [key, counter, expected] of [
    [[0, 0], [0, 0, 0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [[ones, ones], [ones, ones, ones, ones], '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    [
      [0xa4093822, 0x299f31d0],
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      'd16cfe09 94fdcceb 5001e420 24126ea1',
    ],
  ] as [[number, number], [number, number, number, number], string][]) {
    it(`philox of ${counter.map((word) => (word >>> 0).toString(16))}`, () => {
      const out = new Uint32Array(4);
      philox(key, counter, out);
      assert.equal(hex(out).join(' '), expected);
    });
  }

  it('uniform numbers are those of the primitive, also where a block is cut short', () => {
    for (const [seed, stream, counter] of [
      [7, 0, 0],
      [-5, streamOf('net/thin'), 123_456],
    ] as const) {
      const out = new Float32Array(10);
      fillUniform(out, seed, stream, counter);
      assert.deepEqual([...out], philoxUniform(seed, stream, counter, 10));
    }
  });

  it('a normal sequence has mean 0 and variance 1', () => {
    const sequence = new RandomSequence(1, 2, 3);
    const values = Array.from({ length: 20_000 }, () => sequence.normal());
    const mean = values.reduce((a, b) => a + b) / values.length;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
    assert.ok(Math.abs(mean) < 0.02 && Math.abs(variance - 1) < 0.03, `${mean}, ${variance}`);
  });
});

describe('initial weights', () => {
  it('depend on seed and name alone', () => {
    const init = { kind: 'glorot_uniform' } as const;
    const values = (seed: number, name: string) => [...initialValues(init, [4, 5], seed, name)];
    assert.deepEqual(values(1, 'a/w'), values(1, 'a/w'));
    assert.notDeepEqual(values(1, 'a/w'), values(2, 'a/w'));
    assert.notDeepEqual(values(1, 'a/w'), values(1, 'b/w'));
  });

  it('fill the range of glorot_uniform, whose fans count the receptive field', () => {
    const values = initialValues({ kind: 'glorot_uniform' }, [5, 64, 32], 3, 'conv');
    const limit = Math.sqrt(6 / (5 * 64 + 5 * 32));
    const greatest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    assert.ok(greatest <= limit && greatest > limit * 0.99);
  });

  for (const shape of [
    [4, 16],
    [6, 6],
    [12, 5],
  ] as [number, number][]) {
    it(`orthogonal of [${shape}] has rows or columns of length 1 at right angles`, () => {
      const [rows, columns] = shape;
      const values = initialValues({ kind: 'orthogonal' }, shape, 1, 'w');
      const vector = (i: number, k: number) =>
        rows <= columns ? values[i * columns + k]! : values[k * columns + i]!;
      for (let i = 0; i < Math.min(rows, columns); i++) {
        for (let j = 0; j <= i; j++) {
          let product = 0;
          for (let k = 0; k < Math.max(rows, columns); k++) product += vector(i, k) * vector(j, k);
          assert.ok(Math.abs(product - Number(i === j)) < 1e-6);
        }
      }
    });
  }
});
