/** The values that symbols turned out to have. */
import type { Asked } from './journal';
import type { Dim } from './polynomial';

export class KnownSizes {
  private readonly values = new Map<string, Dim>();
  /** What symbols had before, so that values can be taken back. */
  private readonly trail: [string, Dim | undefined][] = [];
  /** Told of every look and every value. */
  journal: Asked<Dim> | undefined;

  copyTo(other: KnownSizes): void {
    for (const [symbol, value] of this.values) other.values.set(symbol, value);
  }

  /** To go back to. */
  get mark(): number {
    return this.trail.length;
  }

  backTo(mark: number): void {
    while (this.trail.length > mark) {
      const [symbol, value] = this.trail.pop()!;
      if (value === undefined) this.values.delete(symbol);
      else this.values.set(symbol, value);
    }
  }

  set(symbol: string, value: Dim): void {
    this.store(symbol, value);
    this.journal?.tell(symbol, value);
  }

  /** With everything put in that is known; undefined where nothing is. */
  get(symbol: string): Dim | undefined {
    return this.values.has(symbol) ? this.valueOf(symbol) : undefined;
  }

  /** The same object where nothing in it is known. */
  reduce(dim: Dim): Dim {
    if (this.journal) for (const symbol of dim.symbols()) this.journal.ask(symbol, this.get(symbol));
    return this.put(dim);
  }

  private put(dim: Dim): Dim {
    let known: Map<string, Dim> | undefined;
    for (const symbol of dim.symbols()) {
      if (!this.values.has(symbol)) continue;
      known ??= new Map();
      known.set(symbol, this.valueOf(symbol));
    }
    return known ? dim.substitute(known) : dim;
  }

  /** Stores what it finds, so that chains of equal symbols stay short. */
  private valueOf(symbol: string): Dim {
    const value = this.values.get(symbol)!;
    const resolved = this.put(value);
    if (resolved !== value) this.store(symbol, resolved);
    return resolved;
  }

  private store(symbol: string, value: Dim): void {
    this.trail.push([symbol, this.values.get(symbol)]);
    this.values.set(symbol, value);
  }
}
