/** Philox 4x32-10, Salmon et al. 2011: four words from a key of two and a counter of four. */
export function philox(
  key: readonly [number, number],
  counter: readonly [number, number, number, number],
  out: Uint32Array,
  at = 0,
): void {
  let [k0, k1] = key;
  let [c0, c1, c2, c3] = counter;
  for (let round = 0; round < 10; round++) {
    const low0 = Math.imul(c0, 0xd2511f53);
    const high0 = highProduct(c0, 0xd2511f53);
    const low2 = Math.imul(c2, 0xcd9e8d57);
    const high2 = highProduct(c2, 0xcd9e8d57);
    c0 = high2 ^ c1 ^ k0;
    c1 = low2;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  out[at] = c0;
  out[at + 1] = c1;
  out[at + 2] = c2;
  out[at + 3] = c3;
}

/** The upper 32 bits of a 64-bit product. */
function highProduct(x: number, y: number): number {
  const x0 = x & 0xffff;
  const x1 = x >>> 16;
  const y0 = y & 0xffff;
  const y1 = y >>> 16;
  const middle = x1 * y0 + ((x0 * y0) >>> 16);
  const carry = x0 * y1 + (middle & 0xffff);
  return (x1 * y1 + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000)) | 0;
}

/** The numbers of the primitive `random_uniform`; see there for what exactly they are. */
export function fillUniform(out: Float32Array, seed: number, stream: number, counter: number): void {
  const block = new Uint32Array(4);
  const key = [seed | 0, stream | 0] as const;
  for (let element = 0; element < out.length; element += 4) {
    philox(key, [element >>> 2, 0, counter, 0], block);
    const end = Math.min(4, out.length - element);
    for (let word = 0; word < end; word++) out[element + word] = (block[word]! & 0x7fffff) * 2 ** -23;
  }
}

/** A number for a name, so that every random node and every weight draws from a stream of its own (FNV-1a, 32 bits). */
export function streamOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash | 0;
}

/** A sequence of numbers for one purpose: uniform in (0, 1) with 32 bits, or standard normal (Box & Muller 1958). */
export class RandomSequence {
  private readonly block = new Uint32Array(4);
  private used = 0;
  /** `purpose` is the last counter word; steps of training use 0. */
  constructor(
    private readonly seed: number,
    private readonly stream: number,
    private readonly purpose: number,
  ) {}

  uniform(): number {
    if (this.used % 4 === 0) {
      philox([this.seed | 0, this.stream | 0], [this.used / 4, 0, 0, this.purpose], this.block);
    }
    return (this.block[this.used++ % 4]! + 0.5) / 2 ** 32;
  }
  normal(): number {
    return Math.sqrt(-2 * Math.log(this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }
}
