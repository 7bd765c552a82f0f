/** Conditions that wait until more is known. Never changed: a new one is a new object. */
import { connected } from './connected';
import type { Constraint } from './constraint';
import { unsolvable } from './integers/unsolvable';

export class Open {
  static readonly nothing = new Open([]);

  private cachedKey: string | undefined;

  constructor(readonly conditions: readonly Constraint[]) {}

  /** Equal for equal conditions in the same order. */
  get key(): string {
    this.cachedKey ??= this.conditions
      .map(({ left, relation, right }) => `${left.key} ${relation} ${right.key}`)
      .join('; ');
    return this.cachedKey;
  }

  get isEmpty(): boolean {
    return this.conditions.length === 0;
  }

  with(condition: Constraint): Open {
    return new Open([...this.conditions, condition]);
  }

  /** Those that share one of the symbols, directly or through others. */
  connectedTo(symbols: Iterable<string>): Open {
    const found = connected(this.conditions, symbols, ({ left, right }) => [
      ...left.symbols(),
      ...right.symbols(),
    ]);
    return found.length === 0 ? Open.nothing : new Open(found);
  }

  /** Whether it is proved that they cannot hold together. Each `!=` is looked at without the others. */
  isContradictory(): boolean {
    const differences = (relation: Constraint['relation']) =>
      this.conditions
        .filter((each) => each.relation === relation)
        .map(({ left, right }) => right.minus(left));
    const system = { zero: differences('=='), atLeastZero: differences('<=') };
    if (unsolvable(system)) return true;
    return differences('!=').some((difference) =>
      [difference, difference.times(-1)].every((side) =>
        unsolvable({ ...system, atLeastZero: [...system.atLeastZero, side.minus(1)] }),
      ),
    );
  }
}
