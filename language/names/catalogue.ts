import semver from 'semver';
import type { DatasetDeclaration, Declaration, ModelDeclaration, ModuleDeclaration } from './declarations';
import type { BrickReference } from './reference';
import type { SourceFile } from './source-file';

interface DeclarationByKind {
  module: ModuleDeclaration;
  dataset: DatasetDeclaration;
  model: ModelDeclaration;
}

export type Lookup<K extends keyof DeclarationByKind = keyof DeclarationByKind> =
  | { status: 'found'; source: SourceFile; declaration: DeclarationByKind[K] }
  | { status: 'unknown' }
  | { status: 'invalid-range' }
  /** The name is known, but no version of it is in the range. */
  | { status: 'no-version'; versions: string[] };

/** Every named declaration of the workspace and the library. A workspace brick wins over one of the library. */
export class Catalogue {
  private readonly byName = new Map<string, Set<SourceFile>>();

  add(source: SourceFile): void {
    const name = keyOf(source.declaration);
    if (name === undefined) return;
    const sources = this.byName.get(name) ?? new Set();
    this.byName.set(name, sources.add(source));
  }

  remove(source: SourceFile): void {
    const name = keyOf(source.declaration);
    if (name !== undefined) this.byName.get(name)?.delete(source);
  }

  /** The highest version in the range; pre-releases only when the range names one. */
  find<K extends keyof DeclarationByKind>(kind: K, reference: BrickReference): Lookup<K> {
    const range = reference.versionRange;
    if (range !== undefined && semver.validRange(range) === null) return { status: 'invalid-range' };
    const all = this.named(kind, reference.name);
    if (all.length === 0) return { status: 'unknown' };
    const fitting = all.filter(({ declaration }) => {
      if (range === undefined) return true;
      const version = declaration.version && semver.valid(declaration.version.value);
      return version ? semver.satisfies(version, range) : false;
    });
    const best = fitting.sort(preferred)[0];
    if (best) return { status: 'found', source: best.source, declaration: best.declaration };
    return {
      status: 'no-version',
      versions: all.flatMap(({ declaration }) => declaration.version?.value ?? []),
    };
  }

  /** All declarations of that kind and name. */
  named<K extends keyof DeclarationByKind>(kind: K, name: string) {
    return [...(this.byName.get(`${kind}:${name}`) ?? [])].map((source) => ({
      source,
      declaration: source.declaration as DeclarationByKind[K],
    }));
  }

  *all<K extends keyof DeclarationByKind>(kind: K) {
    for (const [key, sources] of this.byName) {
      if (!key.startsWith(`${kind}:`)) continue;
      for (const source of sources) yield { source, declaration: source.declaration as DeclarationByKind[K] };
    }
  }
}

interface Candidate {
  source: SourceFile;
  declaration: Declaration;
}

function preferred(a: Candidate, b: Candidate): number {
  const origin = Number(b.source.origin === 'workspace') - Number(a.source.origin === 'workspace');
  if (origin !== 0) return origin;
  const versions = [a, b].map(({ declaration }) => semver.valid(declaration.version?.value ?? '') ?? '0.0.0');
  return semver.rcompare(versions[0]!, versions[1]!) || (a.source.file < b.source.file ? -1 : 1);
}

function keyOf(declaration: Declaration | undefined): string | undefined {
  return declaration?.name && `${declaration.kind}:${declaration.name.value}`;
}
