/**
 * Decides which sizes are equal, and which conditions on them hold. Facts come one by one, each with its cause. A
 * symbol that an equation fixes is replaced from then on (sym = sym, sym = number, or linear in one symbol with
 * coefficient 1); what cannot be decided yet waits, and is looked at again when something is learnt. Only a proved
 * contradiction is a `no`; a fact that was refused is left out, so one mistake does not cause others.
 */

import { type Knowledge, minimalConflict, withoutSpare } from './conflict';
import { connected } from './connected';
import { type Constraint, negated } from './constraint';
import { atOnce, replaceRank, type Verdict } from './decide';
import type { DType } from './dtype';
import { type Fit, fitTypes } from './fit';
import { Journal } from './journal';
import { KnownSizes } from './known-sizes';
import { type Alignment, type Axes, isSameAxes, Leads } from './leads';
import { Multiples, restName } from './multiples';
import { Open } from './open';
import { Dim } from './polynomial';
import type { TensorType } from './type';
import { isBroken } from './witness';

export type { Verdict } from './decide';
export type { AxisMismatch, Fit } from './fit';

/** Something that must hold between two sizes, and why. */
export interface Fact<Cause> extends Constraint {
  cause: Cause;
  /**
   * What is told of sizes that stand for every size: `equate` claims it for all of them, `demand` asks it of those
   * that are used, `assume` narrows down which they are.
   */
  mode: 'equate' | 'demand' | 'assume';
}

/** What can be gone back to. */
interface State {
  facts: number;
  trail: number;
  open: Open;
  multiples: Multiples;
}

/** Which facts an explanation prefers: those with a lower weight. */
export type Weight<Cause> = (fact: Fact<Cause>) => number;

export class Solver<Cause> {
  private readonly sizes = new KnownSizes();
  private readonly elements = new Map<string, DType>();
  private readonly fixed: Set<string>;
  private readonly leads = new Leads((lead) => this.fixed.has(lead));
  private readonly facts: Fact<Cause>[] = [];
  private open = Open.nothing;
  private multiples = Multiples.none;
  private refused: Fact<Cause> | undefined;
  private journal: Journal<Cause> | undefined;

  constructor(
    rigid: Iterable<string> = [],
    private readonly weight: Weight<Cause> = () => 0,
  ) {
    this.fixed = new Set(rigid);
  }

  /** From now on the symbol, or the name of leading axes, stands for every size at once and gets no value. */
  rigid(name: string): void {
    if (this.journal) this.journal.isComplete = false;
    this.fixed.add(name);
  }

  isRigid(name: string): boolean {
    return this.fixed.has(name);
  }

  /**
   * Takes the equation in. `unverified`: it may hold for some sizes, and is kept in mind. `no`: together with what
   * is already known it cannot hold, or not for every size where a symbol stands for all, and is not kept; `explain`
   * then says why.
   */
  equate(left: Dim, right: Dim, cause: Cause): Verdict {
    return this.take({ left, relation: '==', right, cause, mode: 'equate' });
  }

  /** As `equate`, for any condition; `no` only if there are no sizes at all for which it holds. */
  demand(constraint: Constraint, cause: Cause): Verdict {
    return this.take({ ...constraint, cause, mode: 'demand' });
  }

  /** From now on symbols stand only for sizes for which it holds. */
  assume(constraint: Constraint, cause: Cause): Verdict {
    return this.take({ ...constraint, cause, mode: 'assume' });
  }

  /** What can be said of the condition with everything put in that is known. */
  check(constraint: Constraint): Verdict {
    return atOnce(this.reduced(constraint));
  }

  /** Whether a value of type `from` may be used where `to` is wanted; equates their sizes axis by axis. */
  fit(from: TensorType, to: TensorType, cause: Cause): Fit<Cause> {
    return fitTypes(this, from, to, cause);
  }

  /** With everything put in that is known. */
  resolve(dim: Dim): Dim {
    if (this.journal) this.journal.multiples ??= this.multiples;
    return this.multiples.asWritten(this.sizes.reduce(dim));
  }

  resolveType(type: TensorType): TensorType {
    const expanded = this.expandLead(type);
    return { ...expanded, dims: expanded.dims.map((dim) => this.resolve(dim)) };
  }

  /** With the axes in place of their name and the element type of a class, where known; sizes stay as they stand. */
  expandLead(type: TensorType): TensorType {
    const expanded = type.lead === undefined ? type : this.leads.expand(type);
    const dtype = type.oneOf && this.elements.get(type.oneOf.name);
    if (type.oneOf) this.journal?.elements.ask(type.oneOf.name, dtype);
    if (dtype === undefined) return expanded;
    const { oneOf: _, ...rest } = expanded;
    return { ...rest, dtype };
  }

  align(a: TensorType, b: TensorType): Alignment {
    return this.leads.align(a, b);
  }

  /** Says which axes the name of leading axes stands for. */
  bindLead(lead: string, axes: Axes): void {
    this.leads.set(lead, axes);
  }

  /** Says which one a class of element types is. */
  bindElement(name: string, dtype: DType): void {
    this.elements.set(name, dtype);
    this.journal?.elements.tell(name, dtype);
  }

  /** Writes down what `work` asks and tells. */
  noting<T>(work: () => T): { result: T; journal: Journal<Cause> } {
    const journal = new Journal<Cause>();
    this.journal = journal;
    this.leads.journal = journal.leads;
    this.sizes.journal = journal.values;
    try {
      return { result: work(), journal };
    } finally {
      this.journal = undefined;
      this.leads.journal = undefined;
      this.sizes.journal = undefined;
    }
  }

  /** Takes in all that was told where every question has the same answer here; false, and nothing happens, otherwise. */
  repeat(journal: Journal<Cause>): boolean {
    const { values, leads, elements, open, multiples } = journal;
    const holds =
      journal.isComplete &&
      (open === undefined || open === this.open || open.key === this.open.key) &&
      (multiples === undefined || multiples === this.multiples || multiples.key === this.multiples.key) &&
      values.holds(
        (symbol) => this.sizes.get(symbol),
        (a, b) => a.equals(b),
      ) &&
      leads.holds((lead) => this.leads.get(lead), isSameAxes) &&
      elements.holds(
        (name) => this.elements.get(name),
        () => false,
      );
    if (!holds) return false;
    for (const [symbol, value] of values.told) this.sizes.set(symbol, value);
    for (const [lead, axes] of leads.told) this.leads.set(lead, axes);
    for (const [name, dtype] of elements.told) this.elements.set(name, dtype);
    for (const fact of journal.facts) this.facts.push(fact);
    return true;
  }

  /**
   * Why the last refused fact cannot hold: a smallest set of facts, itself the last, that contradict each other.
   * Leaving any one out lifts the contradiction. Empty when nothing was refused.
   */
  explain(): Fact<Cause>[] {
    const refused = this.refused;
    if (!refused) return [];
    const contradicts = (facts: readonly Fact<Cause>[]) => {
      const solver = new Solver<Cause>(this.fixed);
      return [...facts, refused].some((fact) => solver.take(fact) === 'no');
    };
    if (contradicts([])) return [refused];
    const related = connected(this.facts, symbolsOf(refused), symbolsOf);
    const preferred = [...related].sort((a, b) => this.weight(a) - this.weight(b));
    const found = new Set(minimalConflict(new Solver<Cause>(this.fixed).knowledgeFor(refused), preferred));
    const inOrder = related.filter((fact) => found.has(fact));
    // The search adds facts in another order than they came, which can make a difference where floor divisions are.
    const core = contradicts(inOrder) ? inOrder : related;
    return [...(core.length <= fewFacts ? withoutSpare(core, contradicts) : core), refused];
  }

  /** Whether these facts contradict each other only because some symbols stand for every size. */
  isOverspecialized(facts: readonly Fact<Cause>[]): boolean {
    return this.freed(facts) !== undefined;
  }

  /** What the symbols that stand for every size would have to be for the facts to hold; undefined if they cannot. */
  freed(facts: readonly Fact<Cause>[]): Solver<Cause> | undefined {
    const free = new Solver<Cause>();
    return facts.every((fact) => free.take(fact) !== 'no') ? free : undefined;
  }

  /** This solver as what `minimalConflict` works on. */
  private knowledgeFor(refused: Fact<Cause>): Knowledge<Fact<Cause>> {
    const states: State[] = [];
    return {
      mark: () => states.push(this.state()) - 1,
      forget: (mark) => {
        this.restore(states[mark]!);
        states.length = mark;
      },
      add: (fact) => this.take(fact) !== 'no',
      isContradictory: () => {
        const before = this.state();
        const verdict = this.take(refused);
        this.restore(before);
        return verdict === 'no';
      },
    };
  }

  /** A copy that can be tried things on. */
  fork(): Solver<Cause> {
    const copy = new Solver<Cause>(this.fixed, this.weight);
    this.sizes.copyTo(copy.sizes);
    for (const [name, value] of this.elements) copy.elements.set(name, value);
    this.leads.copyTo(copy.leads);
    copy.facts.push(...this.facts);
    copy.open = this.open;
    copy.multiples = this.multiples;
    copy.refused = this.refused;
    return copy;
  }

  private take(fact: Fact<Cause>): Verdict {
    // What holds of itself explains nothing.
    if (fact.relation === '==' && fact.left.equals(fact.right)) return 'yes';
    const before = this.state();
    const verdict = this.admit(fact);
    if (this.journal && before.open !== this.open && before.open.key !== this.open.key)
      this.journal.isComplete = false;
    if (verdict === 'no') {
      this.restore(before);
      this.refused = fact;
      if (this.journal) this.journal.isComplete = false;
      return 'no';
    }
    this.facts.push(fact);
    this.journal?.facts.push(fact);
    return verdict;
  }

  private state(): State {
    return { facts: this.facts.length, trail: this.sizes.mark, open: this.open, multiples: this.multiples };
  }

  private restore({ facts, trail, open, multiples }: State): void {
    this.facts.length = facts;
    this.sizes.backTo(trail);
    this.open = open;
    this.multiples = multiples;
  }

  private admit(fact: Fact<Cause>): Verdict {
    const { mode } = fact;
    const resolved = this.reduced(fact);
    const { left, relation, right } = resolved;
    let verdict = atOnce(resolved);
    if (verdict !== 'unverified') return verdict;
    const before = this.open;
    if (this.journal) this.journal.open ??= before;
    if (relation === '==' && this.learn(left.minus(right), mode)) verdict = 'yes';
    else if (mode !== 'assume' && this.isRigidOnly(resolved) && this.follows(resolved)) return 'yes';
    else if (relation === '==' && mode === 'equate' && this.isBrokenForSome(left.minus(right))) return 'no';
    else this.open = this.open.with({ left, relation, right });
    if (before.isEmpty && this.open.isEmpty) return verdict;
    return this.reconsider() ? verdict : 'no';
  }

  /** Gives a symbol its value where `difference = 0` settles that. */
  private learn(difference: Dim, mode: Fact<Cause>['mode']): boolean {
    if (!difference.exact) return false;
    const symbol = this.solvedFor(difference, mode === 'assume');
    if (symbol !== undefined) return true;
    const multiple = mode === 'assume' ? difference.multiple : undefined;
    if (!multiple || multiple.of.symbols().has(multiple.symbol)) return false;
    if (multiple.of.bounds().least < 1) return false;
    this.assignMultiple(multiple.symbol, multiple.of);
    return true;
  }

  private isRigidOnly(condition: Constraint): boolean {
    return symbolsOf(condition).every((name) => this.fixed.has(name));
  }

  /** Whether the condition holds because its opposite cannot. */
  private follows(constraint: Constraint): boolean {
    const open = this.related(constraint);
    if (open.isEmpty && constraint.relation !== '!=' && !hasQuotient(constraint)) return false;
    return negated(constraint).every((opposite) => open.with(this.reduced(opposite)).isContradictory());
  }

  /** Whether symbols that stand for every size make `difference = 0` wrong for some of them. */
  private isBrokenForSome(difference: Dim): boolean {
    const claim: Constraint = { left: difference, relation: '==', right: Dim.of(0) };
    if (!this.isRigidOnly(claim) || !difference.exact) return false;
    const open = this.related(claim);
    // A polynomial that is not zero differs from zero somewhere, if nothing else is asked of its symbols.
    if (open.isEmpty) return !difference.hasQuotient;
    return isBroken(difference, open.conditions);
  }

  /** Looks at everything that waits again, until nothing new is learnt; false when it cannot hold together. */
  private reconsider(): boolean {
    const touched = new Set<Constraint>(this.open.conditions.slice(-1));
    for (let learnt = true; learnt; ) {
      learnt = false;
      const waiting = this.open.conditions;
      const still: Constraint[] = [];
      for (const condition of waiting) {
        const resolved = this.reduced(condition);
        if (resolved === condition && !touched.has(condition)) {
          still.push(condition);
          continue;
        }
        const verdict = atOnce(resolved);
        if (verdict === 'no') return false;
        if (verdict === 'yes') continue;
        if (resolved.relation === '==' && this.learn(resolved.left.minus(resolved.right), 'equate')) {
          learnt = true;
          continue;
        }
        still.push(resolved);
        touched.add(resolved);
      }
      // What was learnt meanwhile may have set new bounds.
      const added = this.open.conditions.slice(waiting.length);
      for (const condition of added) touched.add(condition);
      this.open = new Open([...still, ...added]);
    }
    const news = this.open.conditions.filter((condition) => touched.has(condition));
    return !this.open.connectedTo(news.flatMap(symbolsOf)).isContradictory();
  }

  /** The symbol that this equation gives a value, if there is one. */
  private solvedFor(difference: Dim, alsoRigid: boolean): string | undefined {
    const alone = difference.symbols().size === 1;
    let best: { symbol: string; value: Dim; rank: number } | undefined;
    for (const { symbol, coefficient } of difference.linearSymbols) {
      if ((this.fixed.has(symbol) && !alsoRigid) || (Math.abs(coefficient) !== 1 && !alone)) continue;
      const rest = difference.minus(Dim.symbol(symbol).times(coefficient));
      if (alone && rest.constant === undefined) continue;
      const value = alone ? Dim.of(-rest.offset / coefficient) : rest.times(-coefficient);
      // What is sure to be a size asks nothing more of the others.
      const rank = replaceRank(symbol) + (value.bounds().least >= 1 ? 0.5 : 0);
      if (!best || rank > best.rank) best = { symbol, value, rank };
    }
    if (best) this.assign(best.symbol, best.value);
    return best?.symbol;
  }

  /** What waits and shares symbols with the condition, directly or through others. */
  private related(constraint: Constraint): Open {
    if (this.open.isEmpty) return this.open;
    const open = new Open(this.open.conditions.map((each) => this.reduced(each)));
    return open.connectedTo(symbolsOf(this.reduced(constraint)));
  }

  /** The same object where nothing in it is known. */
  private reduced(constraint: Constraint): Constraint {
    const [left, right] = [this.sizes.reduce(constraint.left), this.sizes.reduce(constraint.right)];
    if (left === constraint.left && right === constraint.right) return constraint;
    return { left, relation: constraint.relation, right };
  }

  private assign(symbol: string, value: Dim): void {
    this.sizes.set(symbol, value);
    // Every size is at least 1, and so must be what stands for one.
    if (value.bounds().least < 1)
      this.open = this.open.with({ left: Dim.of(1), relation: '<=', right: value });
  }

  /** symbol = of·rest, so that its floor divisions by `of` come out even. */
  private assignMultiple(symbol: string, of: Dim): void {
    const rest = restName(symbol, of);
    if (this.journal) this.journal.isComplete = false;
    if (this.fixed.has(symbol)) this.fixed.add(rest);
    this.multiples = this.multiples.with({ rest, whole: symbol, of });
    this.assign(symbol, Dim.symbol(rest).times(of));
  }
}

function symbolsOf({ left, right }: Constraint): string[] {
  return [...left.symbols(), ...right.symbols()];
}

function hasQuotient({ left, right }: Constraint): boolean {
  return left.hasQuotient || right.hasQuotient;
}

/** Explanations up to this length are looked through once more, fact by fact. */
const fewFacts = 16;
