/**
 * PubGrub over finite version sets: unit propagation, decisions, and conflicts that teach an incompatibility.
 * Source of the algorithm: Natalie Weizenbaum, "PubGrub: Next-Generation Version Solving", and the solver notes of
 * Dart's pub. Deterministic: the same input gives the same answer.
 */
import type { Cause, Incompatibility } from './incompatibility';
import { PartialSolution } from './partial-solution';
import type { Preferences, Release, Request, Universe } from './universe';
import { tableOf, type VersionSet, type VersionTable } from './version-set';

export type Solution =
  | { status: 'solved'; versions: ReadonlyMap<string, string> }
  | { status: 'unsolvable'; conflict: Incompatibility; table: VersionTable };

/** Chooses one version of everything that is asked for, directly or by what was chosen. */
export function solve(
  universe: Universe,
  requests: readonly Request[],
  preferences: Preferences = {},
): Solution {
  return new Solver(tableOf(universe), preferences).run(requests);
}

class Unsolvable extends Error {
  constructor(readonly conflict: Incompatibility) {
    super('There is no solution');
  }
}

class Solver {
  private readonly solution: PartialSolution;
  private readonly byName = new Map<string, Incompatibility[]>();
  private readonly stated = new Set<string>();

  constructor(
    private readonly table: VersionTable,
    private readonly preferences: Preferences,
  ) {
    this.solution = new PartialSolution(table);
  }

  run(requests: readonly Request[]): Solution {
    try {
      requests.forEach((request, order) => {
        this.request(request, order);
      });
      for (const { name } of requests) this.propagate(name);
      for (let name = this.next(); name !== undefined; name = this.next()) {
        this.choose(name);
        this.propagate(name);
      }
      return { status: 'solved', versions: new Map(this.solution.decided) };
    } catch (error) {
      if (!(error instanceof Unsolvable)) throw error;
      return { status: 'unsolvable', conflict: error.conflict, table: this.table };
    }
  }

  private request({ name, range, asker }: Request, order: number): void {
    const versions = this.table.of(name);
    this.add([[name, versions.not(versions.inRange(range))]], { kind: 'request', name, range, asker, order });
  }

  /** The package with the fewest versions left: its choice is the least likely to be taken back. */
  private next(): string | undefined {
    let best: string | undefined;
    let fewest = Number.POSITIVE_INFINITY;
    for (const name of this.solution.open) {
      if (this.preferences.isFirst?.(name)) return name;
      const size = this.table.of(name).size(this.solution.of(name));
      if (size >= fewest) continue;
      best = name;
      fewest = size;
    }
    return best;
  }

  private choose(name: string): void {
    if (this.withdraw(name)) return;
    const release = this.preferred(name);
    const asked = release.requires.map((requirement) =>
      this.require(name, requirement.name, requirement.range),
    );
    // A choice that is wrong at sight is not made; propagation rules it out.
    const own = this.table.of(name).one(release.version);
    if (asked.some((incompatibility) => this.excludes(incompatibility, name, own))) return;
    this.solution.decide(name, release.version);
    const refuted = this.preferences.refute?.(this.solution.decided, name);
    if (refuted) {
      const terms = [...refuted.versions].map(
        ([each, versions]) => [each, this.table.of(each).of(versions)] as const,
      );
      this.add(terms, { kind: 'refuted', reason: refuted.reason });
    }
  }

  private preferred(name: string): Release {
    const candidates = [...this.table.of(name).in(this.solution.of(name))];
    const locked = this.preferences.locked?.get(name);
    return (
      candidates.find((release) => release.local) ??
      candidates.find((release) => release.version === locked) ??
      candidates.find((release) => !release.version.includes('-')) ??
      candidates[0]!
    );
  }

  /** Says once that withdrawn versions are not chosen anew. */
  private withdraw(name: string): boolean {
    const locked = this.preferences.locked?.get(name);
    const yanked = this.table
      .of(name)
      .where((release) => release.yanked === true && !release.local && release.version !== locked);
    if (yanked === 0n || this.stated.has(`yanked ${name}`)) return false;
    this.stated.add(`yanked ${name}`);
    this.add([[name, yanked]], { kind: 'yanked', of: name });
    return true;
  }

  /** All releases that ask for the same thing say so at once. */
  private require(of: string, name: string, range: string): Incompatibility {
    const key = `${of} ${name} ${range}`;
    const asked = this.table.of(name);
    const askers = this.table
      .of(of)
      .where(({ requires }) => requires.some((each) => each.name === name && each.range === range));
    const cause: Cause = { kind: 'requirement', of, name, range, known: asked.known };
    const refused = asked.not(asked.inRange(range));
    const terms: [string, VersionSet][] =
      of === name
        ? [[of, askers & refused]]
        : [
            [of, askers],
            [name, refused],
          ];
    if (this.stated.has(key)) return { terms: this.telling(terms), cause };
    this.stated.add(key);
    return this.add(terms, cause);
  }

  private excludes({ terms }: Incompatibility, name: string, own: VersionSet): boolean {
    for (const [each, set] of terms) {
      const current = each === name ? own : this.solution.of(each);
      if ((current & ~set) !== 0n) return false;
    }
    return true;
  }

  private add(terms: Iterable<readonly [string, VersionSet]>, cause: Cause): Incompatibility {
    return this.keep({ terms: this.telling(terms), cause });
  }

  /** Without terms that always hold. */
  private telling(terms: Iterable<readonly [string, VersionSet]>): Map<string, VersionSet> {
    return new Map([...terms].filter(([name, set]) => set !== this.table.of(name).all));
  }

  private keep(incompatibility: Incompatibility): Incompatibility {
    if (incompatibility.terms.size === 0) throw new Unsolvable(incompatibility);
    for (const name of incompatibility.terms.keys()) {
      const list = this.byName.get(name);
      if (list) list.push(incompatibility);
      else this.byName.set(name, [incompatibility]);
    }
    return incompatibility;
  }

  /** Derives everything that follows. */
  private propagate(start: string): void {
    const changed = new Set([start]);
    for (const name of changed) {
      changed.delete(name);
      const list = this.byName.get(name) ?? [];
      // What was learned last says most.
      for (let index = list.length - 1; index >= 0; index--) {
        const incompatibility = list[index]!;
        const open = this.solution.unit(incompatibility);
        if (open === undefined) continue;
        if (open === 'conflict') {
          const learned = this.resolve(incompatibility);
          changed.clear();
          changed.add(this.follow(learned, this.solution.unit(learned)!));
          break;
        }
        changed.add(this.follow(incompatibility, open));
      }
    }
  }

  private follow(incompatibility: Incompatibility, open: string): string {
    const set = incompatibility.terms.get(open)!;
    this.solution.derive(open, this.table.of(open).not(set), incompatibility);
    return open;
  }

  /** Finds what the conflict really follows from, takes decisions back, and keeps what was learned. */
  private resolve(conflict: Incompatibility): Incompatibility {
    let current = conflict;
    for (;;) {
      if (current.terms.size === 0) throw new Unsolvable(current);
      const satisfier = this.solution.satisfier(current);
      if (!satisfier.cause || satisfier.previousLevel < satisfier.level) {
        this.solution.backtrack(satisfier.previousLevel);
        return current === conflict ? current : this.keep(current);
      }
      current = this.combine(current, satisfier.cause, satisfier.name);
    }
  }

  /** If two incompatibilities hold, so does this one, which no longer depends on how `name` was derived. */
  private combine(a: Incompatibility, b: Incompatibility, name: string): Incompatibility {
    const terms = new Map(a.terms);
    for (const [each, set] of b.terms) {
      const before = terms.get(each);
      if (before === undefined) terms.set(each, set);
      else terms.set(each, each === name ? before | set : before & set);
    }
    if (terms.get(name) === this.table.of(name).all) terms.delete(name);
    return { terms, cause: { kind: 'derived', from: [a, b] } };
  }
}
