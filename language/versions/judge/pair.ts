/** A brick's released version and the one to come, each analysed among the bricks around them. */
import { Database } from '../../database/database';
import type { ModuleInference } from '../../inference/module';
import type { ModuleDeclaration } from '../../names/declarations';
import { formerNames } from '../../names/renames';
import type { SourceFile } from '../../names/source-file';
import type { Analysis, Host } from '../../rules/rule';
import { Workspace } from '../../workspace';
import { databaseAround } from './around';
import { type Comparison, compareSignatures } from './compare';
import { type Migrated, migrated } from './migrated';
import { type State, stateIn, stateOf } from './state';
import type { BrickVersion } from './version';

/** One of the two versions. */
export class Side {
  readonly source: SourceFile;
  readonly module: ModuleDeclaration;
  private known: { analysis: Analysis; inference: ModuleInference } | undefined;
  private held: { state: State | undefined } | undefined;

  constructor(
    readonly version: BrickVersion,
    module: ModuleDeclaration,
    private readonly workspace: () => Workspace,
  ) {
    this.source = version.source;
    this.module = module;
  }

  get analysed(): { analysis: Analysis; inference: ModuleInference } {
    if (!this.known) {
      const workspace = this.workspace();
      const { file, text } = this.source;
      workspace.setFile(file, text);
      const analysis = workspace.analysis(file);
      if (analysis?.inference?.kind !== 'module') throw new Error(`${file} holds no brick`);
      this.known = { analysis, inference: analysis.inference };
    }
    return this.known;
  }

  /** What its weights are called and how large they are; undefined where its graph does not say. */
  get state(): State | undefined {
    this.held ??= { state: stateOf(this) };
    return this.held.state;
  }
}

export class Pair {
  private compared: { forth: Comparison; back: Comparison } | undefined;

  private constructor(
    readonly old: Side,
    readonly next: Side,
    readonly name: string,
    private readonly around: Database,
    readonly host: Host,
    /** Set where `old` is written with names of `next`. */
    readonly migrated: Migrated | undefined,
  ) {}

  /** Undefined where one of them is no brick with a name. */
  static of(
    old: BrickVersion,
    next: BrickVersion,
    surroundings: Iterable<SourceFile>,
    host: Host,
  ): Pair | undefined {
    const [before, after] = [old.source.declaration, next.source.declaration];
    const name = after?.name?.value;
    if (before?.kind !== 'module' || after?.kind !== 'module' || name === undefined) return undefined;
    const around = databaseAround(name, surroundings, host);
    const workspace = () => new Workspace(host, new Database(host, around));
    const renamed = migrated(old.source, after, workspace);
    const module = renamed?.source.declaration;
    const side =
      renamed && module?.kind === 'module'
        ? new Side({ ...old, source: renamed.source }, module, workspace)
        : new Side(old, before, workspace);
    return new Pair(side, new Side(next, after, workspace), name, around, host, renamed);
  }

  /** What a node, or a weight of it, was called in the old version. */
  get formerly(): (name: string) => string {
    const former = formerNames(this.next.module);
    const done = new Set(this.migrated?.names.values());
    return (name) => (done.has(/^[^./]+/.exec(name)?.[0] ?? '') ? name : former(name));
  }

  /** A workspace of the bricks around, without either version. */
  workspace(): Workspace {
    return new Workspace(this.host, new Database(this.host, this.around));
  }

  /** What each side's weights are, both by their graphs or both by their files; undefined where that cannot be known. */
  stateOf(side: Side): State | undefined {
    if (this.old.state && this.next.state) return side.state;
    const [old, next] = [this.old, this.next].map(({ version }) => version.weights?.tensors);
    if (!old || !next) return undefined;
    return stateIn(side === this.old ? old : next, side);
  }

  /** `forth`: what users of the old version meet in the new one; `back`: the other way round. */
  get signatures(): { forth: Comparison; back: Comparison } {
    this.compared ??= {
      forth: compareSignatures(this.old.module, this.next.module),
      back: compareSignatures(this.next.module, this.old.module),
    };
    return this.compared;
  }
}
