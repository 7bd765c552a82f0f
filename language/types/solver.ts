/**
 * Decides which sizes are equal. Equations come one by one, each with its cause. A symbol that an equation fixes is
 * replaced from then on (sym = sym, sym = number, or linear in one symbol with coefficient 1); what cannot be
 * decided yet waits, and is looked at again when one of its symbols gets a value. Only a proved contradiction is a
 * `no`; an equation that was refused is left out, so one mistake does not cause others.
 */

import { type Knowledge, minimalConflict, withoutSpare } from './conflict';
import { connected } from './connected';
import { type Fit, fitTypes } from './fit';
import { unsolvable } from './linear';
import { Dim } from './polynomial';
import type { TensorType } from './type';

export type { AxisMismatch, Fit } from './fit';

export type Verdict = 'yes' | 'no' | 'unverified';

/** An equation and why it must hold. */
export interface Fact<Cause> {
  left: Dim;
  right: Dim;
  cause: Cause;
}

export class Solver<Cause> {
  private readonly values = new Map<string, Dim>();
  private readonly leads = new Map<string, Omit<TensorType, 'dtype'>>();
  private readonly fixed: Set<string>;
  private facts: Fact<Cause>[] = [];
  private waiting: Dim[] = [];
  /** Symbols that stand for more than a number or another symbol, for now or in the past. */
  private readonly compound = new Set<string>();
  private refused: Fact<Cause> | undefined;
  /** What the present equation has overwritten, so that refusing it can undo it. */
  private trail: [string, Dim | undefined][] = [];

  constructor(rigid: Iterable<string> = []) {
    this.fixed = new Set(rigid);
  }

  /** From now on the symbol, or the name of leading axes, stands for every size at once and gets no value. */
  rigid(name: string): void {
    this.fixed.add(name);
  }

  isRigid(name: string): boolean {
    return this.fixed.has(name);
  }

  /**
   * Takes the equation in. `unverified`: it may hold for some sizes, and is kept in mind. `no`: together with what
   * is already known it cannot hold, and is not kept; `explain` then says why.
   */
  equate(left: Dim, right: Dim, cause: Cause): Verdict {
    const fact = { left, right, cause };
    const waiting = this.waiting;
    this.trail = [];
    const verdict = this.take(left.minus(right));
    if (verdict === 'no') {
      this.undo();
      this.waiting = waiting;
      this.refused = fact;
      return 'no';
    }
    this.facts.push(fact);
    return verdict;
  }

  /** Whether a value of type `from` may be used where `to` is wanted; equates their sizes axis by axis. */
  fit(from: TensorType, to: TensorType, cause: Cause): Fit<Cause> {
    return fitTypes(this, from, to, cause);
  }

  /** With everything put in that is known. */
  resolve(dim: Dim): Dim {
    const known = [...dim.symbols()].filter((symbol) => this.values.has(symbol));
    if (known.length === 0) return dim;
    return dim.substitute(new Map(known.map((symbol) => [symbol, this.valueOf(symbol)])));
  }

  resolveType(type: TensorType): TensorType {
    const { dims, ...rest } = this.expandLead(type);
    return { ...rest, dims: dims.map((dim) => this.resolve(dim)) };
  }

  /** With the axes in place of their name, where they are known; sizes stay as they stand. */
  expandLead(type: TensorType): TensorType {
    let { lead, dims } = type;
    for (let value = lead && this.leads.get(lead); value; value = lead && this.leads.get(lead)) {
      lead = value.lead;
      dims = [...value.dims, ...dims];
    }
    return { dtype: type.dtype, ...(lead === undefined ? {} : { lead }), dims };
  }

  /** Says which axes the name of leading axes stands for. */
  bindLead(lead: string, value: { lead?: string; dims: readonly Dim[] }): void {
    this.leads.set(lead, value);
  }

  /**
   * Why the last refused equation cannot hold: a smallest set of equations, itself the last, that contradict each
   * other. Leaving any one out lifts the contradiction. Empty when nothing was refused.
   */
  explain(): Fact<Cause>[] {
    const refused = this.refused;
    if (!refused) return [];
    const contradicts = (facts: readonly Fact<Cause>[]) =>
      !this.knowing(new Solver(this.fixed), facts, refused);
    const background = this.knowing(new Solver(this.fixed), [], refused);
    if (!background) return [refused];
    const related = connected(this.facts, symbolsOf(refused), symbolsOf);
    const found = minimalConflict(background, related);
    // The search adds facts in another order than they came, which can make a difference where floor divisions are.
    const core = contradicts(found) ? found : related;
    return [...(core.length <= fewFacts ? withoutSpare(core, contradicts) : core), refused];
  }

  /** The solver with these facts added; undefined when it then contradicts itself or the last fact. */
  private knowing(
    solver: Solver<Cause>,
    facts: readonly Fact<Cause>[],
    last: Fact<Cause>,
  ): Knowledge<Fact<Cause>> | undefined {
    for (const { left, right, cause } of facts) {
      if (solver.equate(left, right, cause) === 'no') return undefined;
    }
    if (solver.fork().equate(last.left, last.right, last.cause) === 'no') return undefined;
    return { with: (more) => this.knowing(solver.fork(), more, last) };
  }

  /** A copy that can be tried things on. */
  fork(): Solver<Cause> {
    const copy = new Solver<Cause>(this.fixed);
    for (const [name, value] of this.values) copy.values.set(name, value);
    for (const [name, value] of this.leads) copy.leads.set(name, value);
    for (const name of this.compound) copy.compound.add(name);
    copy.facts = [...this.facts];
    copy.waiting = this.waiting;
    copy.refused = this.refused;
    return copy;
  }

  private take(left: Dim): Verdict {
    const difference = this.resolve(left);
    const verdict = this.decide(difference);
    if (verdict === 'no') return 'no';
    if (verdict === 'unverified') this.waiting = [...this.waiting, difference];
    if (this.waiting.length === 0 && this.compound.size === 0) return verdict;
    return this.reconsider() === 'no' || unsolvable(this.relatedTo(difference)) ? 'no' : verdict;
  }

  /** Looks at everything that waits again, until nothing new is learnt. */
  private reconsider(): 'no' | undefined {
    for (let learnt = true; learnt; ) {
      learnt = false;
      const open = this.waiting;
      this.waiting = [];
      for (const difference of open) {
        const verdict = this.decide(this.resolve(difference));
        if (verdict === 'no') return 'no';
        if (verdict === 'unverified') this.waiting.push(difference);
        else learnt = true;
      }
    }
    return undefined;
  }

  /** What waits, and what symbols stand for, as far as it shares symbols with the equation, directly or not. */
  private relatedTo(difference: Dim): Dim[] {
    // A symbol that stands for a sum stays an unknown of its own, at least 1 as every size is.
    const sums = [...this.compound]
      .filter((symbol) => this.values.has(symbol))
      .map((symbol) => Dim.symbol(symbol).minus(this.valueOf(symbol)));
    const open = [...this.waiting.map((each) => this.resolve(each)), ...sums];
    return connected(open, difference.symbols(), (row) => row.symbols());
  }

  /** `difference` = 0, everything known put in. Gives a symbol its value where that settles the equation. */
  private decide(difference: Dim): Verdict {
    if (difference.constant === 0) return 'yes';
    if (!difference.exact) return 'unverified';
    if (unsolvable([difference])) return 'no';
    const symbol = this.solvedFor(difference);
    if (symbol !== undefined) return 'yes';
    // A polynomial that is not zero differs from zero somewhere, and rigid symbols stand for every size.
    const flexible = [...difference.symbols()].some((name) => !this.fixed.has(name));
    return flexible || difference.hasQuotient ? 'unverified' : 'no';
  }

  /** The symbol that this equation gives a value, if there is one. */
  private solvedFor(difference: Dim): string | undefined {
    const alone = difference.symbols().size === 1;
    let best: { symbol: string; coefficient: number } | undefined;
    for (const candidate of difference.linearSymbols) {
      const { symbol, coefficient } = candidate;
      if (this.fixed.has(symbol) || (Math.abs(coefficient) !== 1 && !alone)) continue;
      if (!best || replaceRank(symbol) > replaceRank(best.symbol)) best = candidate;
    }
    if (!best) return undefined;
    const { symbol, coefficient } = best;
    const others = difference.minus(Dim.symbol(symbol).times(coefficient));
    this.assign(symbol, alone ? Dim.of(-difference.offset / coefficient) : others.times(-coefficient));
    return symbol;
  }

  /** Stores what it finds, so that chains of equal symbols stay short. */
  private valueOf(symbol: string): Dim {
    const value = this.values.get(symbol)!;
    const resolved = this.resolve(value);
    if (resolved !== value) this.assign(symbol, resolved);
    return resolved;
  }

  private assign(symbol: string, value: Dim): void {
    if (value.constant === undefined && value.name === undefined) this.compound.add(symbol);
    this.trail.push([symbol, this.values.get(symbol)]);
    this.values.set(symbol, value);
  }

  private undo(): void {
    for (const [symbol, value] of this.trail.reverse()) {
      if (value === undefined) this.values.delete(symbol);
      else this.values.set(symbol, value);
    }
    this.trail = [];
  }
}

function symbolsOf({ left, right }: Fact<unknown>): string[] {
  return [...left.symbols(), ...right.symbols()];
}

/** Explanations up to this length are looked through once more, fact by fact. */
const fewFacts = 16;

/** Of two symbols that turn out equal, the one with the higher rank is replaced: unnamed and deeply nested first. */
function replaceRank(symbol: string): number {
  const depth = symbol.split(':').length - 1;
  const anonymous = symbol.slice(symbol.lastIndexOf(':') + 1).startsWith('_');
  return depth + (anonymous ? 1000 : 0);
}
