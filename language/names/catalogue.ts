import semver from 'semver';
import type { DatasetDeclaration, ModelDeclaration, ModuleDeclaration } from './declarations';
import { unknownFormat, unknownFormatMessage } from './file-format';
import type { PublishedBrick, PublishedNames, PublishedVersion, Trained } from './published';
import type { BrickReference } from './reference';
import type { Origin, SourceFile } from './source-file';

export interface DeclarationByKind {
  module: ModuleDeclaration;
  dataset: DatasetDeclaration;
  model: ModelDeclaration;
}

export type DeclaredKind = keyof DeclarationByKind;

export interface Named<K extends DeclaredKind> {
  source: SourceFile;
  declaration: DeclarationByKind[K];
}

export type Lookup<K extends DeclaredKind = DeclaredKind> =
  | {
      status: 'found';
      source: SourceFile;
      declaration: DeclarationByKind[K];
      /** Where it is from a registry. */
      published?: PublishedVersion;
    }
  | { status: 'unknown' }
  /** It is there, and nobody can tell what it offers: of that file that is said, and of those that use it nothing. */
  | { status: 'unreadable'; source: SourceFile }
  | { status: 'invalid-range' }
  /** The name is known, but no version of it is in the range, or only withdrawn ones, highest first. */
  | { status: 'no-version'; versions: string[]; withdrawn: readonly PublishedVersion[] }
  /** A version fits and cannot be read. */
  | { status: 'broken'; version: string; why: string };

/** How bricks, datasets and models are found by name. */
export interface Names {
  /**
   * The highest version in the range, pre-releases only when the range names one: of the workspace, else of the
   * library, else of the registries.
   */
  find<K extends DeclaredKind>(kind: K, reference: BrickReference): Lookup<K>;
  /** Exactly that version, withdrawn or not. */
  at<K extends DeclaredKind>(kind: K, name: string, version: string): Lookup<K>;
  /** All declarations of that kind and name in the workspace and the library. */
  named<K extends DeclaredKind>(kind: K, name: string): Named<K>[];
  /** Reads every file of that kind: for what is not asked often. */
  all<K extends DeclaredKind>(kind: K): Iterable<Named<K>>;
  /** What the files of that kind and name in the workspace and the library say at their top, without reading the rest. */
  headed(kind: DeclaredKind, name: string): Headed[];
  /** Every name of that kind, without reading the files; those of registries are of any kind. */
  allNames(kind: DeclaredKind): string[];
  /** What the registries have of a name. */
  published(name: string): PublishedBrick;
  /** A published version, whether or not something else of that name wins over it; undefined where it cannot be read. */
  release<K extends DeclaredKind>(kind: K, name: string, version: string): Release<K> | undefined;
}

export interface Headed {
  file: string;
  origin: Origin;
  version: string | undefined;
}

export interface Release<K extends DeclaredKind> {
  source: SourceFile;
  declaration: DeclarationByKind[K];
  published: PublishedVersion;
  /** Undefined where no run has made its weights. */
  trained(): Trained | undefined;
}

/** Every named declaration of the workspace and the library, in all roots. */
export class Catalogue {
  private readonly byName: Map<string, ReadonlySet<SourceFile>>;

  /** A copy of another, cheap however large that is. */
  constructor(from?: Catalogue) {
    this.byName = new Map(from?.byName);
  }

  add(source: SourceFile): void {
    const key = keyOf(source);
    if (key !== undefined) this.byName.set(key, new Set(this.byName.get(key)).add(source));
  }

  remove(source: SourceFile): void {
    const key = keyOf(source);
    const sources = key === undefined ? undefined : this.byName.get(key);
    if (key === undefined || !sources) return;
    const rest = [...sources].filter((other) => other !== source);
    if (rest.length > 0) this.byName.set(key, new Set(rest));
    else this.byName.delete(key);
  }

  /** In the order of their files. */
  sources(kind: DeclaredKind | typeof UNCLEAR, name: string): SourceFile[] {
    const sources = [...(this.byName.get(`${kind}:${name}`) ?? [])];
    return sources.length > 1 ? sources.sort(byFile) : sources;
  }

  *names(kind: DeclaredKind): Iterable<[string, ReadonlySet<SourceFile>]> {
    const start = `${kind}:`;
    for (const [key, sources] of this.byName)
      if (key.startsWith(start)) yield [key.slice(start.length), sources];
  }
}

/** The names in sight of one root. A brick of the workspace wins over one of the library, and that over published ones. */
export class NamesInSight implements Names {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly sees: (source: SourceFile) => boolean,
    private readonly registries: PublishedNames,
  ) {}

  published(name: string): PublishedBrick {
    return this.registries.brick(name);
  }

  release<K extends DeclaredKind>(kind: K, name: string, version: string): Release<K> | undefined {
    const published = this.published(name).versions.find(
      (release) => release.version === version && release.kind === kind,
    );
    const lookup = published && this.read(kind, published);
    if (!published || lookup?.status !== 'found') return undefined;
    return { ...lookup, published, trained: () => this.registries.trained(published) };
  }

  find<K extends DeclaredKind>(kind: K, reference: BrickReference): Lookup<K> {
    const range = reference.versionRange;
    if (range !== undefined && !isRange(range)) return { status: 'invalid-range' };
    const local = this.local(kind, reference);
    if (local) return local;
    const published = this.findPublished(kind, reference);
    if (published.status === 'unknown') {
      const [unclear] = this.unclear(reference.name);
      if (unclear) return { status: 'unreadable', source: unclear };
    }
    // Of a version that is none it is said there; which one it was to be, nobody knows.
    const odd =
      published.status === 'no-version' &&
      this.sources(kind, reference.name).find(({ header }) => !versionOf(header.version ?? ''));
    return odd ? { status: 'unreadable', source: odd } : published;
  }

  at<K extends DeclaredKind>(kind: K, name: string, version: string): Lookup<K> {
    const own = this.named(kind, name).find(({ source }) => source.header.version === version);
    if (own) return foundIn(own.source, own.declaration);
    const published = this.published(name).versions.find(
      (each) => each.version === version && each.kind === kind,
    );
    return published ? this.read(kind, published) : { status: 'unknown' };
  }

  private local<K extends DeclaredKind>(kind: K, reference: BrickReference): Lookup<K> | undefined {
    const range = reference.versionRange;
    const fitting = this.sources(kind, reference.name).filter(({ header: { version } }) => {
      if (range === undefined) return true;
      const parsed = version === undefined ? null : versionOf(version);
      return parsed ? (rangeOf(range)?.test(parsed) ?? false) : false;
    });
    if (fitting.length > 1) fitting.sort(preferred);
    for (const source of fitting) {
      const { declaration } = source;
      if (declaration?.kind === kind) return foundIn(source, declaration as DeclarationByKind[K]);
    }
    return undefined;
  }

  private findPublished<K extends DeclaredKind>(kind: K, { name, versionRange }: BrickReference): Lookup<K> {
    const { versions, broken, failure } = this.published(name);
    if (failure !== undefined) return { status: 'broken', version: '', why: failure };
    const range = rangeOf(versionRange ?? '*')!;
    const own = versions.filter((release) => release.kind === kind);
    const published = own.find(({ version, yanked }) => !yanked && range.test(version));
    if (published) return this.read(kind, published);
    const unusable = broken.find(({ version }) => range.test(version));
    if (unusable) return { status: 'broken', ...unusable };
    const local = this.named(kind, name);
    if (local.length === 0 && own.length === 0) return { status: 'unknown' };
    const usable = own.filter(({ yanked }) => !yanked);
    const all = [
      ...local.map(({ source }) => source.header.version),
      ...usable.map(({ version }) => version),
    ];
    return {
      status: 'no-version',
      versions: [...new Set(all.flatMap((version) => version ?? []))],
      withdrawn: own.filter(({ version, yanked }) => yanked && range.test(version)),
    };
  }

  private read<K extends DeclaredKind>(kind: K, published: PublishedVersion): Lookup<K> {
    const source = this.registries.read(published);
    if ('why' in source) return { status: 'broken', version: published.version, why: source.why };
    const { declaration } = source;
    const format = unknownFormat(source.tree);
    if (format !== undefined)
      return { status: 'broken', version: published.version, why: unknownFormatMessage(format) };
    return declaration?.kind === kind
      ? { status: 'found', source, declaration: declaration as DeclarationByKind[K], published }
      : { status: 'broken', version: published.version, why: `it is no longer a ${kind}` };
  }

  named<K extends DeclaredKind>(kind: K, name: string): Named<K>[] {
    return this.sources(kind, name).flatMap((source) => {
      const { declaration } = source;
      return declaration?.kind === kind ? [{ source, declaration: declaration as DeclarationByKind[K] }] : [];
    });
  }

  /** The files that declare a name, in their order; not those of registries. */
  sources(kind: DeclaredKind, name: string): SourceFile[] {
    return this.catalogue.sources(kind, name).filter(this.sees);
  }

  /** The files of a name that do not say what they are. */
  unclear(name: string): SourceFile[] {
    return this.catalogue.sources(UNCLEAR, name).filter(this.sees);
  }

  headed(kind: DeclaredKind, name: string): Headed[] {
    return this.sources(kind, name).map(({ file, origin, header }) => ({
      file,
      origin,
      version: header.version,
    }));
  }

  *all<K extends DeclaredKind>(kind: K) {
    for (const name of this.allNames(kind)) yield* this.named(kind, name);
  }

  allNames(kind: DeclaredKind): string[] {
    const names: string[] = [];
    for (const [name, sources] of this.catalogue.names(kind))
      if ([...sources].some(this.sees)) names.push(name);
    return [...new Set([...names, ...this.registries.names()])].sort();
  }
}

function foundIn<K extends DeclaredKind>(source: SourceFile, declaration: DeclarationByKind[K]): Lookup<K> {
  return source.isReadable ? { status: 'found', source, declaration } : { status: 'unreadable', source };
}

/** Whatever came first, the answers are the same. */
function byFile(a: SourceFile, b: SourceFile): number {
  return a.file < b.file ? -1 : 1;
}

function preferred(a: SourceFile, b: SourceFile): number {
  const origin = Number(b.origin === 'workspace') - Number(a.origin === 'workspace');
  if (origin !== 0) return origin;
  const [first, second] = [a, b].map(({ header }) => versionOf(header.version ?? '') ?? '0.0.0');
  return semver.rcompare(first!, second!) || byFile(a, b);
}

function keyOf({ header: { kind, name } }: SourceFile): string | undefined {
  if (name === undefined || kind === 'workspace') return undefined;
  return `${isDeclaredKind(kind) ? kind : UNCLEAR}:${name}`;
}

/** Stands for a kind that is none: which one was meant, the file will be asked. */
const UNCLEAR = 'unclear';

export const KINDS = ['module', 'dataset', 'model'] as const satisfies DeclaredKind[];

export function isDeclaredKind(kind: string | undefined): kind is DeclaredKind {
  return KINDS.some((each) => each === kind);
}

/** The same few ranges and versions are asked for thousands of times. */
const ranges = new Map<string, semver.Range | null>();
const versions = new Map<string, semver.SemVer | null>();
const MOST_KNOWN = 2_000;

function versionOf(text: string): semver.SemVer | null {
  const known = versions.get(text);
  if (known !== undefined) return known;
  const version = semver.parse(text);
  if (versions.size > MOST_KNOWN) versions.clear();
  versions.set(text, version);
  return version;
}

function rangeOf(text: string): semver.Range | null {
  const known = ranges.get(text);
  if (known !== undefined) return known;
  const range = semver.validRange(text) === null ? null : new semver.Range(text);
  if (ranges.size > MOST_KNOWN) ranges.clear();
  ranges.set(text, range);
  return range;
}

function isRange(text: string): boolean {
  return rangeOf(text) !== null;
}
