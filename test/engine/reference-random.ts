/** Philox 4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"), on BigInts. */
const word = (x: bigint): bigint => BigInt.asUintN(32, x);

function philox(counter: readonly bigint[], key: readonly bigint[]): bigint[] {
  let [c0, c1, c2, c3] = counter as [bigint, bigint, bigint, bigint];
  let [k0, k1] = key as [bigint, bigint];
  for (let round = 0; round < 10; round++) {
    const low = 0xd2511f53n * c0;
    const high = 0xcd9e8d57n * c2;
    [c0, c1, c2, c3] = [word(high >> 32n) ^ c1 ^ k0, word(high), word(low >> 32n) ^ c3 ^ k1, word(low)];
    k0 = word(k0 + 0x9e3779b9n);
    k1 = word(k1 + 0xbb67ae85n);
  }
  return [c0, c1, c2, c3];
}

/** `count` numbers as the primitive `random_uniform` lays them out. */
export function philoxUniform(seed: number, stream: number, step: number, count: number): number[] {
  const key = [word(BigInt(seed)), word(BigInt(stream))];
  return Array.from({ length: count }, (_, i) => {
    const block = philox([BigInt(i >> 2), 0n, word(BigInt(step)), 0n], key);
    return Number(block[i & 3]! & 0x7fffffn) / 2 ** 23;
  });
}
