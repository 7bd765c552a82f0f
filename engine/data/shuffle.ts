/** Seeded order without a hidden state: what epoch 7 looks like does not depend on epochs 1 to 6 having run. */

/**
 * 32 random bits for a counter: Philox 4x32-10 (Salmon et al. 2011), word 0 of the block with key (seed, stream) and
 * counter (low, high, 0, 0).
 */
export function randomWord(seed: number, stream: number, low: number, high: number): number {
  let [k0, k1] = [seed >>> 0, stream >>> 0];
  let [c0, c1, c2, c3] = [low >>> 0, high >>> 0, 0, 0];
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, c0);
    const low0 = Math.imul(0xd2511f53, c0) >>> 0;
    const high1 = multiplyHigh(0xcd9e8d57, c2);
    const low1 = Math.imul(0xcd9e8d57, c2) >>> 0;
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1, (high0 ^ c3 ^ k1) >>> 0, low0];
    k0 = (k0 + 0x9e3779b9) >>> 0;
    k1 = (k1 + 0xbb67ae85) >>> 0;
  }
  return c0;
}

/** The upper 32 bits of a product of two unsigned 32-bit numbers, in 16-bit pieces. */
function multiplyHigh(a: number, b: number): number {
  const [a0, a1, b0, b1] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const middle = a1 * b0 + Math.floor((a0 * b0) / 0x10000);
  const carry = (middle % 0x10000) + a0 * b1;
  return (a1 * b1 + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000)) >>> 0;
}

/** 0 … count-1 in an order given by seed and epoch (Fisher–Yates). */
export function shuffled(count: number, seed: number, epoch: number, stream = 0): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = multiplyHigh(randomWord(seed, stream, i, epoch), i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
