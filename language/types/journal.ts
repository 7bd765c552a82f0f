/**
 * What a piece of work asked of a solver and told it. Where another solver would answer the same, the work need not be
 * done again: what it told is told again (`Solver.repeat`).
 */
import type { DType } from './dtype';
import type { Axes } from './leads';
import type { Multiples } from './multiples';
import type { Open } from './open';
import type { Dim } from './polynomial';
import type { Fact } from './solver';

export class Journal<Cause> {
  /** What was asked for before it was told: values of symbols, what names of axes and classes of elements stand for. */
  readonly values = new Asked<Dim>();
  readonly leads = new Asked<Axes>();
  readonly elements = new Asked<DType>();
  readonly facts: Fact<Cause>[] = [];
  /** What waited, where that was looked at. */
  open: Open | undefined;
  multiples: Multiples | undefined;
  /** Whether all that it did is written here. */
  isComplete = true;
}

/** What was asked and told of one kind of names. */
export class Asked<T> {
  readonly asked = new Map<string, T | undefined>();
  readonly told: [string, T][] = [];
  private readonly own = new Set<string>();

  ask(name: string, answer: T | undefined): void {
    if (!this.own.has(name) && !this.asked.has(name)) this.asked.set(name, answer);
  }

  tell(name: string, value: T): void {
    this.own.add(name);
    this.told.push([name, value]);
  }

  /** Whether every question has the same answer now. */
  holds(answer: (name: string) => T | undefined, isSame: (a: T, b: T) => boolean): boolean {
    for (const [name, before] of this.asked) {
      const now = answer(name);
      if (now === before) continue;
      if (now === undefined || before === undefined || !isSame(now, before)) return false;
    }
    return true;
  }
}
