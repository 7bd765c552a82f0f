import type { Incompatibility } from './incompatibility';
import type { VersionSet, VersionTable } from './version-set';

interface Assignment {
  name: string;
  set: VersionSet;
  /** How many decisions had been made, this one included. */
  level: number;
  /** What it follows from; a decision follows from nothing. */
  cause?: Incompatibility;
}

export interface Satisfier extends Assignment {
  /** The level to which everything else of the incompatibility reaches back. */
  previousLevel: number;
}

/** What was decided and derived so far, in order. */
export class PartialSolution {
  private assignments: Assignment[] = [];
  /** What each package is known to be among. */
  private readonly current = new Map<string, VersionSet>();
  readonly decided = new Map<string, string>();
  /** Packages that must be selected and have no version yet. */
  readonly open = new Set<string>();
  private level = 0;

  constructor(private readonly table: VersionTable) {}

  of(name: string): VersionSet {
    return this.current.get(name) ?? this.table.of(name).all;
  }

  decide(name: string, version: string): void {
    this.level += 1;
    this.assign({ name, set: this.table.of(name).one(version), level: this.level });
  }

  derive(name: string, set: VersionSet, cause: Incompatibility): void {
    this.assign({ name, set, level: this.level, cause });
  }

  /** The one term that is still open when all others hold; `conflict` when all hold, undefined otherwise. */
  unit(incompatibility: Incompatibility): string | 'conflict' | undefined {
    let open: string | undefined;
    for (const [name, set] of incompatibility.terms) {
      const current = this.of(name);
      if ((current & set) === 0n) return undefined;
      if ((current & ~set) === 0n) continue;
      if (open !== undefined) return undefined;
      open = name;
    }
    return open ?? 'conflict';
  }

  /** The first assignment after which all terms hold. */
  satisfier(incompatibility: Incompatibility): Satisfier {
    const reached = new Map<string, VersionSet>();
    const open = new Set(incompatibility.terms.keys());
    for (const assignment of this.assignments) {
      const { name } = assignment;
      const term = incompatibility.terms.get(name);
      if (term === undefined) continue;
      const before = reached.get(name) ?? this.table.of(name).all;
      const after = before & assignment.set;
      reached.set(name, after);
      if ((after & ~term) === 0n) open.delete(name);
      if (open.size === 0)
        return { ...assignment, previousLevel: this.previousLevel(incompatibility, assignment) };
    }
    throw new Error('An incompatibility that does not hold was taken for a conflict');
  }

  /** Forgets everything after a level. */
  backtrack(level: number): void {
    this.assignments = this.assignments.filter((assignment) => assignment.level <= level);
    this.level = level;
    this.current.clear();
    this.decided.clear();
    this.open.clear();
    for (const assignment of this.assignments) this.apply(assignment);
  }

  /** The level at which the terms hold together with the satisfier, without what lies between. */
  private previousLevel(incompatibility: Incompatibility, satisfier: Assignment): number {
    const reached = new Map([[satisfier.name, satisfier.set]]);
    const open = new Set<string>();
    for (const [name, term] of incompatibility.terms)
      if (((reached.get(name) ?? this.table.of(name).all) & ~term) !== 0n) open.add(name);
    let level = 0;
    for (const assignment of this.assignments) {
      if (open.size === 0 || assignment === satisfier) break;
      const { name } = assignment;
      const term = incompatibility.terms.get(name);
      if (term === undefined || !open.has(name)) continue;
      const after = (reached.get(name) ?? this.table.of(name).all) & assignment.set;
      reached.set(name, after);
      if ((after & ~term) !== 0n) continue;
      open.delete(name);
      level = assignment.level;
    }
    return level;
  }

  private assign(assignment: Assignment): void {
    this.assignments.push(assignment);
    this.apply(assignment);
  }

  private apply({ name, set, cause }: Assignment): void {
    const versions = this.table.of(name);
    const current = this.of(name) & set;
    this.current.set(name, current);
    if (cause) {
      if ((current & versions.unselected) === 0n && !this.decided.has(name)) this.open.add(name);
      return;
    }
    const [release] = versions.in(set);
    if (release) this.decided.set(name, release.version);
    this.open.delete(name);
  }
}
