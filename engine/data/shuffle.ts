/** Seeded order without a hidden state: what epoch 7 looks like does not depend on epochs 1 to 6 having run. */
import { philox } from '../step/random';

/** The last word of the counter: apart from random numbers of steps (0) and initial weights (1). */
const ROW_ORDER = 2;

/** 0 … count-1. */
export function inOrder(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i);
}

/** 0 … count-1 in an order given by seed and epoch (Fisher–Yates). */
export function shuffled(count: number, seed: number, epoch: number, stream = 0): Int32Array {
  const order = inOrder(count);
  const word = new Uint32Array(4);
  for (let i = count - 1; i > 0; i--) {
    philox([seed, stream], [i, epoch, 0, ROW_ORDER], word);
    // The upper half of the product: even to within (i + 1) / 2^32.
    const j = Number((BigInt(word[0]!) * BigInt(i + 1)) >> 32n);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
