/** What was found in each file, and the facts that it rests on; of those used last, everything that was computed. */
import type { Finding } from '../answers/answers';
import type { SourceFile } from '../names/source-file';
import type { Looked } from '../rules/looked';
import type { Checked } from '../rules/rule';
import { Dependents, type Facts } from './facts';
import type { Use } from './param-edits';

/** What is kept of every file. */
export interface Kept {
  source: SourceFile;
  findings: Finding[];
  facts: Set<string>;
  /** The bricks that it uses, where that is known: see `param-edits.ts`. */
  uses?: readonly Use[] | undefined;
}

export interface Full extends Checked {
  kept: Kept;
  facts: Facts;
  looked: Looked | undefined;
  usesItself: boolean;
}

/** How many files are kept with everything that was computed for them. */
const MOST_FULL = 16;

export class Results {
  private readonly kept = new Map<string, Kept>();
  private readonly dependents = new Dependents();
  /** Facts under which a file is still listed whose findings were dropped: mostly they rest on the same again. */
  private readonly listed = new Map<string, Set<string>>();
  /** In the order of use, the newest last. */
  private readonly latest = new Map<string, Full>();

  all(): IterableIterator<Kept> {
    return this.kept.values();
  }

  get(file: string): Kept | undefined {
    return this.kept.get(file);
  }

  /** Everything that was computed for what is kept, where it is still there. */
  full(file: string): Full | undefined {
    const known = this.latest.get(file);
    return known && known.kept === this.kept.get(file) ? known : undefined;
  }

  use(full: Full): void {
    const { file } = full.kept.source;
    this.latest.delete(file);
    this.latest.set(file, full);
  }

  keep(file: string, kept: Kept, facts: Iterable<string>): void {
    this.kept.set(file, kept);
    const before = this.listed.get(file);
    for (const fact of facts) {
      kept.facts.add(fact);
      if (!before?.has(fact)) this.dependents.add(file, fact);
    }
    if (!before) return;
    this.listed.delete(file);
    for (const fact of before) if (!kept.facts.has(fact)) this.dependents.remove(file, fact);
  }

  /** Every fact that something rests on. */
  facts(): Iterable<string> {
    return this.dependents.facts();
  }

  restOn(fact: string): boolean {
    return this.dependents.has(fact);
  }

  drop(file: string): void {
    const kept = this.kept.get(file);
    this.latest.delete(file);
    if (!kept) return;
    this.kept.delete(file);
    this.listed.set(file, kept.facts);
  }

  /** Drops what rests on a fact, but for what holds all the same. */
  dropAll(fact: string, holds?: (kept: Kept) => boolean): void {
    for (const file of this.dependents.of(fact)) {
      const kept = this.kept.get(file);
      if (kept && !holds?.(kept)) this.drop(file);
    }
  }

  /** Lets go of what was computed for files not used lately. */
  trim(): void {
    for (const file of this.latest.keys()) {
      if (this.latest.size <= MOST_FULL) break;
      this.latest.delete(file);
    }
  }

  /** What the files that were used lately need. */
  inUse(): Set<SourceFile> {
    const inUse = new Set<SourceFile>();
    for (const { kept, facts } of this.latest.values()) {
      inUse.add(kept.source);
      for (const source of facts.sources) inUse.add(source);
    }
    return inUse;
  }
}
