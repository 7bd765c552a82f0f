/** Which files there are, what each of them sees, and which facts a change of them makes others. */
import { Catalogue, isDeclaredKind, KINDS, NamesInSight } from '../names/catalogue';
import type { RegistryScope } from '../names/published';
import { Roots } from '../names/roots';
import type { SourceFile } from '../names/source-file';
import type { Host } from '../rules/rule';
import type { ReadLock } from '../versions/lock/read';
import { fileFact, kindFact, lockFact, nameFact, publishedFact, SETTINGS } from './facts';
import { PublishedSources } from './published-sources';
import { Settings } from './settings';

/** What is another thing after a change. */
interface Changed {
  facts: string[];
  /** Whether the file is found by another name now. */
  isOtherName: boolean;
}

export class Files {
  readonly settings: Settings;
  private readonly sources: Map<string, SourceFile>;
  private readonly catalogue: Catalogue;
  private roots: Roots;
  private readonly published: PublishedSources;

  /** None, or those of another, which a change leaves alone. */
  constructor(host: Host, onParse: (source: SourceFile) => void, from?: Files) {
    this.sources = new Map(from?.sources);
    this.catalogue = new Catalogue(from?.catalogue);
    this.settings = new Settings(from?.settings);
    this.roots = from?.roots ?? new Roots();
    this.published = from?.published ?? new PublishedSources(host.published, onParse);
  }

  source(file: string): SourceFile | undefined {
    return this.published.source(file) ?? this.sources.get(file);
  }

  /** One that was given, and was not found through a registry. */
  own(file: string): SourceFile | undefined {
    return this.sources.get(file);
  }

  all(): IterableIterator<SourceFile> {
    return this.sources.values();
  }

  rootOf(file: string): string {
    return this.roots.of(file);
  }

  isPublished(file: string): boolean {
    return this.published.found(file) !== undefined;
  }

  names(file: string): NamesInSight {
    const root = this.source(file)?.origin === 'workspace' ? this.roots.of(file) : undefined;
    const scope = this.registriesOf(file);
    return new NamesInSight(
      this.catalogue,
      (other) => other.origin !== 'workspace' || this.roots.of(other.file) === root,
      {
        brick: (name) => this.published.brick(scope, name),
        names: () => this.published.names(scope),
        read: (version) => this.published.read(scope, version),
        trained: (version) => this.published.trained(scope, version),
      },
    );
  }

  /** Where published versions are looked for that a file names; of a published file, beside which it was found. */
  registriesOf(file: string): RegistryScope {
    const found = this.published.found(file);
    return found?.scope ?? { root: this.roots.of(file), folders: this.settings.registriesOf(file) };
  }

  /** Equal for files that see the same names. */
  sightOf(file: string): string {
    const root = this.source(file)?.origin === 'workspace' ? this.roots.of(file) : null;
    return JSON.stringify([root, this.registriesOf(file)]);
  }

  lockOf(file: string): { root: string; lock: ReadLock | undefined } {
    const scope = this.registriesOf(file);
    return { root: scope.root, lock: this.published.lock(scope) };
  }

  lockText(root: string): string | undefined {
    return this.published.lockText({ root, folders: [] });
  }

  /** The folders that an editor has opened; with a slash at the end. */
  open(folders: readonly string[]): void {
    this.roots = this.roots.opening(folders);
  }

  replace(file: string, before: SourceFile | undefined, after: SourceFile | undefined): Changed {
    const facts: string[] = [];
    if (after) this.sources.set(file, after);
    else this.sources.delete(file);
    const from = before?.header;
    const to = after?.header;
    const isSame =
      from?.kind === to?.kind &&
      from?.name === to?.name &&
      from?.version === to?.version &&
      before?.origin === after?.origin;
    if (before) this.catalogue.remove(before);
    // A published version is found through its registry, by those who have it.
    if (after && after.origin !== 'registry') this.catalogue.add(after);
    if (!isSame) {
      for (const { kind, name } of [from, to].flatMap((header) => header ?? [])) {
        if (name === undefined) continue;
        // What does not say what it is may be meant wherever its name is looked for.
        for (const each of isDeclaredKind(kind) ? [kind] : KINDS) {
          facts.push(nameFact(each, name));
          if (from?.kind !== to?.kind || from?.name !== to?.name) facts.push(kindFact(each));
        }
      }
    }
    const roots = this.roots.with(file, after !== undefined);
    if (this.settings.replace(file, after) || roots !== this.roots) facts.push(SETTINGS);
    this.roots = roots;
    return { facts, isOtherName: !isSame };
  }

  /** Looks at the registries again; `files` are those that were read from there and are others now. */
  refreshPublished(): { facts: string[]; files: string[] } {
    const { isOtherNames, locks, files, names: changed } = this.published.refresh();
    const names = [...changed];
    const kinds = KINDS.flatMap((kind) => [
      ...names.map((name) => nameFact(kind, name)),
      ...(isOtherNames ? [kindFact(kind)] : []),
    ]);
    const read = files.flatMap((file) =>
      (['text', 'interface', 'inside'] as const).map((depth) => fileFact(depth, file)),
    );
    return { facts: [...locks.map(lockFact), ...names.map(publishedFact), ...kinds, ...read], files };
  }
}
