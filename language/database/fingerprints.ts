/** What facts come down to, as a short text that is another one as soon as anything may be otherwise that rests on them. */
import { isDeclaredKind, type NamesInSight } from '../names/catalogue';
import type { SourceFile } from '../names/source-file';
import type { Host } from '../rules/rule';
import { type Depth, lockedIn, namesIn, publishedIn, SETTINGS } from './facts';
import { isStillSaid } from './host-facts';
import type { KeptFile } from './kept-state';

/** What a fingerprint is taken of, as one file sees it. */
export interface Sight {
  /** Equal for files that see the same. */
  id: string;
  names: Pick<NamesInSight, 'sources' | 'unclear' | 'allNames' | 'published'>;
}

export interface Known {
  source(file: string): SourceFile | undefined;
  sight(file: string): Sight;
  /** Everything that the settings say. */
  settings(): string;
  /** The text of a root's lock. */
  lock(root: string): string | undefined;
  host: Host;
}

const FILE_FACT = /^(text|interface|inside) (.*)$/s;
const DEPTHS = ['text', 'interface', 'inside'] as const;
/** 128 bits of a hash. */
const LENGTH = 32;

export class Fingerprints {
  /** Those of an earlier session, which hold as long as the text is the same. */
  readonly #earlier = new Map<string, KeptFile>();
  readonly #files = new WeakMap<SourceFile, { text: string; interface?: string; inside?: string }>();
  /** By what a file sees, then by fact. */
  readonly #values = new Map<string, Map<string, string | undefined>>();
  /** Whose fingerprints were asked for since something changed. */
  readonly seen = new Set<SourceFile>();

  constructor(
    private readonly known: Known,
    private readonly hash: (text: string) => string,
  ) {}

  /** Takes over what is known of files from elsewhere. */
  add(files: Iterable<KeptFile>): void {
    for (const file of files) this.#earlier.set(file[0], file);
  }

  /** Something has changed. */
  forget(): void {
    this.#values.clear();
    this.seen.clear();
  }

  /** Undefined for what cannot be held against a later state. */
  value(fact: string, sight: Sight): string | undefined {
    let values = this.#values.get(sight.id);
    if (!values) {
      values = new Map();
      this.#values.set(sight.id, values);
    }
    if (values.has(fact)) return values.get(fact);
    const value = this.#compute(fact, sight);
    values.set(fact, value);
    return value;
  }

  #compute(fact: string, sight: Sight): string | undefined {
    if (fact === SETTINGS) return this.#short([sight.id, this.known.settings()]);
    const [, depth, file] = FILE_FACT.exec(fact) ?? [];
    if (depth !== undefined) return this.#file(depth as Depth, file!);
    const names = namesIn(fact);
    if (names) return this.#names(names, sight);
    const published = publishedIn(fact);
    if (published !== undefined) return hasPublished(published, sight) ? undefined : '';
    const root = lockedIn(fact);
    if (root !== undefined) return this.#short(this.known.lock(root) ?? null);
    return isStillSaid(fact, this.known.host) ? '' : undefined;
  }

  #file(depth: Depth, file: string): string | undefined {
    const source = this.known.source(file);
    // What is published is found through its registry, which is asked by name.
    return source && source.origin !== 'registry' ? this.of(source, depth) : undefined;
  }

  #names({ kind, name }: { kind: string; name: string | undefined }, sight: Sight): string | undefined {
    if (!isDeclaredKind(kind)) return undefined;
    if (name === undefined) return this.#short(sight.names.allNames(kind));
    if (hasPublished(name, sight)) return undefined;
    const sources = [...sight.names.sources(kind, name), ...sight.names.unclear(name)];
    // Short as it is.
    return JSON.stringify(
      sources.map((source) => [
        source.file,
        source.origin,
        source.header.version,
        this.of(source, 'interface'),
      ]),
    );
  }

  of(source: SourceFile, depth: Depth): string {
    this.seen.add(source);
    return this.#of(source, depth);
  }

  /** All that others may rest on in a file. */
  file(source: SourceFile): KeptFile {
    const [text, promised, inside] = DEPTHS.map((depth) => this.#of(source, depth));
    return [source.file, text!, promised!, inside!];
  }

  /** Those of earlier that still have a file. */
  *earlier(): Iterable<KeptFile> {
    for (const [file, kept] of this.#earlier) if (this.known.source(file)) yield kept;
  }

  #of(source: SourceFile, depth: Depth): string {
    const known = this.#files.get(source) ?? this.#begin(source);
    if (depth === 'interface') known.interface ??= this.#hashed(source.interfaceKey);
    if (depth === 'inside') known.inside ??= this.#hashed(source.insideKey);
    return known[depth]!;
  }

  #begin(source: SourceFile): { text: string; interface?: string; inside?: string } {
    const text = this.#hashed(source.text);
    const earlier = this.#earlier.get(source.file);
    const known = earlier?.[1] === text ? { text, interface: earlier[2], inside: earlier[3] } : { text };
    this.#files.set(source, known);
    return known;
  }

  #short(value: unknown): string {
    return this.#hashed(JSON.stringify(value));
  }

  #hashed(text: string): string {
    return this.hash(text).slice(0, LENGTH);
  }
}

/** What comes from registries is asked again. */
function hasPublished(name: string, { names }: Sight): boolean {
  const { versions, broken, failure } = names.published(name);
  return versions.length > 0 || broken.length > 0 || failure !== undefined;
}
