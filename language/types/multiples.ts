/** Symbols that stand for what is left of a size when a number that divides it is taken out: `d//12`. */
import { Dim } from './polynomial';

interface Multiple {
  /** The symbol made for `whole // of`. */
  rest: string;
  whole: string;
  of: Dim;
}

export function restName(whole: string, of: Dim): string {
  return `${whole}//${of.key}`;
}

/** Never changed: a new one is a new object. */
export class Multiples {
  static readonly none = new Multiples([]);

  private constructor(private readonly all: readonly Multiple[]) {}

  /** Equal for the same symbols in the same order. */
  get key(): string {
    return this.all.map(({ rest }) => rest).join('; ');
  }

  with(multiple: Multiple): Multiples {
    return new Multiples([...this.all, multiple]);
  }

  /** With the names that people gave in place of those symbols. */
  asWritten(dim: Dim): Dim {
    return this.all.reduceRight((written, { rest, whole, of }) => {
      if (!written.symbols().has(rest)) return written;
      const size = Dim.symbol(whole);
      const rewritten = written.rewritten(Dim.symbol(rest).times(of), size);
      return rewritten.symbols().has(rest)
        ? rewritten.substitute(new Map([[rest, size.floorDivide(of)]]))
        : rewritten;
    }, dim);
  }
}
