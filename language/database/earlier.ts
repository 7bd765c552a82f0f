/** What was found in an earlier session, until somebody asks for it; and what was found in this one, for a later one. */
import type { Finding } from '../answers/answers';
import type { SourceFile } from '../names/source-file';
import { Fingerprints, type Known, type Sight } from './fingerprints';
import type { KeptFact, KeptFile, KeptFound, KeptState } from './kept-state';

/** What is known of a file now. */
interface Now {
  source: SourceFile;
  findings: Finding[];
  facts: Iterable<string>;
}

export class Earlier {
  /** By file; places are those in the state. */
  readonly #found = new Map<string, { found: KeptFound; state: KeptState }>();
  readonly #fingerprints: Fingerprints;
  /** Whether facts hold, by what a file sees. */
  readonly #holds = new Map<string, Map<KeptFact, boolean>>();
  #changes = -1;

  constructor(
    private readonly known: Known & {
      /** How many there were; what was asked before the last one has to be asked again. */
      changes(): number;
    },
    hash: (text: string) => string,
  ) {
    this.#fingerprints = new Fingerprints(known, hash);
  }

  add(state: KeptState): void {
    this.#fingerprints.add(state.files);
    for (const found of state.found) this.#found.set(state.files[found[0]]![0], { found, state });
  }

  /** What was found in a file, if all of it still holds. It is handed out once. */
  take(source: SourceFile): { findings: Finding[]; facts: string[] } | undefined {
    const known = this.#found.get(source.file);
    if (!known) return undefined;
    this.#found.delete(source.file);
    this.#upToDate();
    const [file, origin, findings, rests] = known.found;
    const sight = this.known.sight(source.file);
    const facts = rests.map((fact) => known.state.facts[fact]!);
    const holds =
      origin === source.origin &&
      known.state.files[file]![1] === this.#fingerprints.of(source, 'text') &&
      facts.every((fact) => this.#isStill(fact, sight));
    return holds ? { findings, facts: facts.map(([fact]) => fact) } : undefined;
  }

  /** Takes the fingerprints of a file while its tree is there. */
  note(source: SourceFile): void {
    this.#fingerprints.file(source);
  }

  /** With what nobody has asked for this time, of files that are still there. */
  state(now: Iterable<Now>): KeptState {
    this.#upToDate();
    const files = new Places<KeptFile>();
    const facts = new Places<KeptFact>();
    const found: KeptState['found'] = [];
    for (const file of this.#fingerprints.earlier()) files.of(file);
    for (const {
      found: [file, origin, findings, rests],
      state,
    } of this.#found.values()) {
      const kept = state.files[file]!;
      if (!this.known.source(kept[0])) continue;
      const places = rests.map((fact) => facts.of(state.facts[fact]!));
      found.push([files.of(kept), origin, findings, places]);
    }
    for (const { source, findings, facts: rests } of now) {
      const places = this.#factsNow(source, rests)?.map((fact) => facts.of(fact));
      if (places) found.push([files.of(this.#fingerprints.file(source)), source.origin, findings, places]);
    }
    // Others rest on what these promise.
    for (const source of this.#fingerprints.seen) files.of(this.#fingerprints.file(source));
    return { files: files.all, facts: facts.all, found };
  }

  /** Undefined where some of it cannot be held against a later state. */
  #factsNow(source: SourceFile, rests: Iterable<string>): KeptFact[] | undefined {
    if (source.origin === 'registry') return undefined;
    const sight = this.known.sight(source.file);
    const all: KeptFact[] = [];
    for (const fact of rests) {
      const value = this.#fingerprints.value(fact, sight);
      if (value === undefined) return undefined;
      all.push([fact, value]);
    }
    return all;
  }

  #isStill(fact: KeptFact, sight: Sight): boolean {
    const known = this.#holds.get(sight.id) ?? new Map<KeptFact, boolean>();
    this.#holds.set(sight.id, known);
    let holds = known.get(fact);
    if (holds === undefined) {
      holds = this.#fingerprints.value(fact[0], sight) === fact[1];
      known.set(fact, holds);
    }
    return holds;
  }

  #upToDate(): void {
    const changes = this.known.changes();
    if (this.#changes === changes) return;
    this.#changes = changes;
    this.#fingerprints.forget();
    this.#holds.clear();
  }
}

/** What is the same gets the same place. */
class Places<T extends string[]> {
  readonly all: T[] = [];
  readonly #places = new Map<string, number>();

  of(item: T): number {
    const key = item.join('\n');
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.all.length);
    return this.all.push(item) - 1;
  }
}
