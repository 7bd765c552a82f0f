import { strict as assert } from 'node:assert';
import type { ElementType, HostTensor } from '../../../engine/step/program';

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array };

/** A tensor whose elements are a function of their row-major place. */
export function tensor(
  shape: number[],
  element: (i: number) => number,
  dtype: ElementType = 'float32',
): HostTensor {
  const length = shape.reduce((a, b) => a * b, 1);
  const values = Array.from({ length }, (_, i) => element(i));
  return {
    dtype,
    shape,
    data: arrays[dtype].from(dtype === 'bool' ? values.map((x) => Number(x !== 0)) : values),
  };
}

/** Equal types and shapes; whole numbers and NaN equal, others within float32 rounding of a few operations. */
export function allClose(actual: HostTensor, expected: HostTensor, tolerance = 2e-5): void {
  assert.equal(actual.dtype, expected.dtype);
  assert.deepEqual(actual.shape, expected.shape);
  assert.equal(actual.data.length, expected.data.length);
  for (const [i, want] of expected.data.entries()) {
    const got = actual.data[i]!;
    if (Object.is(got, want) || got === want) continue;
    const off = Math.abs(got - want) / Math.max(1, Math.abs(want));
    assert.ok(
      expected.dtype === 'float32' && off <= tolerance,
      `element ${i} is ${got}, expected ${want} (off by ${off})`,
    );
  }
}

/** A small deterministic stream of numbers in [0, 1): the minimal standard generator of Park & Miller (1988). */
export function numbers(seed: number): () => number {
  let x = (seed % 2_147_483_646) + 1;
  return () => {
    x = (x * 48_271) % 2_147_483_647;
    return x / 2_147_483_647;
  };
}
