/**
 * What a file's findings were computed from. Every look at another file leaves a fact here; when a fact changes, the
 * findings that rest on it are computed again, and no others.
 */
import type { Lookup } from '../names/catalogue';
import type { SourceFile } from '../names/source-file';

/** How much of a file was looked at. */
export type Depth = 'interface' | 'inside' | 'text';

/** Which files of that kind and name there are, with their versions. */
export function nameFact(kind: string, name: string): string {
  return `name ${kind} ${name}`;
}

/** Which names of that kind there are at all. */
export function kindFact(kind: string): string {
  return `kind ${kind}`;
}

/** What a fact says of names: a kind and a name, or all names of a kind. */
export function namesIn(fact: string): { kind: string; name: string | undefined } | undefined {
  const [, what, kind = '', name] = /^(kind|name) (\S+) ?(.*)$/s.exec(fact) ?? [];
  return what === undefined ? undefined : { kind, name: what === 'name' ? name : undefined };
}

export function fileFact(depth: Depth, file: string): string {
  return `${depth} ${file}`;
}

/** The file that a fact says something of, and how much of it. */
export function fileIn(fact: string): { depth: Depth; file: string } | undefined {
  const end = fact.indexOf(' ');
  const depth = DEPTHS.find((each) => each === fact.slice(0, end));
  return depth && { depth, file: fact.slice(end + 1) };
}

/** Whether a fact says something of that file. */
export function isAbout(fact: string, file: string): boolean {
  return DEPTHS.some((depth) => fact === fileFact(depth, file));
}

const DEPTHS: readonly Depth[] = ['interface', 'inside', 'text'];

/** What registries have of a name. */
export function publishedFact(name: string): string {
  return `published ${name}`;
}

/** The name of which a fact says what registries have. */
export function publishedIn(fact: string): string | undefined {
  return /^published (.*)$/s.exec(fact)?.[1];
}

/** What is locked in a root. */
export function lockFact(root: string): string {
  return `lock ${root}`;
}

/** The root whose lock a fact is about. */
export function lockedIn(fact: string): string | undefined {
  return /^lock (.*)$/s.exec(fact)?.[1];
}

/** How the workspace weighs the rules. */
export const SETTINGS = 'settings';

export interface Found {
  depth: Depth;
  lookup: Lookup;
}

/** The facts that one computation rests on, and the files it has seen. */
export class Facts {
  readonly all = new Set<string>();
  readonly sources = new Set<SourceFile>();
  /** What was found while computing, by what was asked: after an edit that leaves all facts alone, it is found again. */
  found = new Map<object, Found>();
  /** What was found so before. */
  foundBefore: ReadonlyMap<object, Found> | undefined;
  /** How often the file itself was found by its name. */
  ownLooks = 0;
  /** Told of facts that come in after the computation is known. */
  onLate: ((fact: string) => void) | undefined;

  /** Of a computation about this file. */
  constructor(readonly file: string) {}

  add(fact: string): void {
    if (this.all.has(fact)) return;
    this.all.add(fact);
    this.onLate?.(fact);
  }

  see(source: SourceFile, depth: Depth): void {
    if (source.file === this.file) this.ownLooks += 1;
    else this.sources.add(source);
    this.add(fileFact(depth, source.file));
  }

  addAll(other: Facts): void {
    for (const fact of other.all) this.add(fact);
    for (const source of other.sources) this.sources.add(source);
  }
}

/** Who rests on what. */
export class Dependents {
  readonly #users = new Map<string, Set<string>>();

  add(file: string, fact: string): void {
    const users = this.#users.get(fact);
    if (users) users.add(file);
    else this.#users.set(fact, new Set([file]));
  }

  remove(file: string, fact: string): void {
    const users = this.#users.get(fact);
    users?.delete(file);
    if (users?.size === 0) this.#users.delete(fact);
  }

  of(fact: string): string[] {
    return [...(this.#users.get(fact) ?? [])];
  }

  has(fact: string): boolean {
    return this.#users.has(fact);
  }

  facts(): string[] {
    return [...this.#users.keys()];
  }
}
