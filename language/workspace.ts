/**
 * The database behind editor and terminal: file contents in, findings and answers out. What was computed for a
 * file is kept until its text changes, or until something it looked up elsewhere would now answer differently,
 * so editing the inside of a brick re-checks that brick alone.
 */
import type {
  Candidate,
  Finding,
  Fix,
  Hint,
  Hover,
  Location,
  NamedBrick,
  OutlineItem,
  Runnable,
  TextEdit,
  Token,
} from './answers/answers';
import { complete } from './answers/complete';
import { definitionAt } from './answers/definition';
import { foldsIn, selectionAt } from './answers/folding';
import { type HintKind, hintsIn } from './answers/hints';
import { hoverAt } from './answers/hover';
import { outlineOf } from './answers/outline';
import { type Refactoring, refactoringsAt } from './answers/refactor';
import { referencesAt } from './answers/references';
import { type Renamable, type Renaming, renamable, renameAt } from './answers/rename';
import { runnablesOf } from './answers/runnables';
import { tokensIn } from './answers/tokens';
import { type FlatModel, flattenModel } from './inference/flatten';
import { inferModel } from './inference/model';
import { inferModule } from './inference/module';
import { Catalogue, type Lookup } from './names/catalogue';
import { extendModel } from './names/extend';
import type { BrickReference } from './names/reference';
import { type Origin, SourceFile } from './names/source-file';
import { type BrickTest, brickTests } from './plan/brick-tests';
import type { Plan } from './plan/format';
import { planOf } from './plan/plan';
import { check } from './rules/check';
import { checkedFixes, type Rechecked } from './rules/checked-fixes';
import { fixAll } from './rules/fix-all';
import type { Analysis, Checked, Host } from './rules/rule';
import { ruleIds } from './rules/rules';
import { type RuleSettings, severitiesFor, workspaceFileOf } from './rules/severities';
import { type Ignoring, ignoring, turningOff } from './rules/silence';
import { asText, get } from './syntax/path';
import type { Range } from './syntax/tree';

interface Kept extends Checked {
  revision: number;
  /** What was looked up, and what the answer looked like. */
  dependencies: Map<string, { key: string; ask: () => string }>;
}

export class Workspace {
  private readonly sources = new Map<string, SourceFile>();
  private readonly kept = new Map<string, Kept>();
  private readonly catalogue = new Catalogue();
  /** Files of the kind `workspace`. */
  private readonly settings = new Set<SourceFile>();
  private ruleSettings: RuleSettings = new Map();
  private revision = 0;

  constructor(private readonly host: Host = {}) {}

  setFile(file: string, text: string, origin: Origin = 'workspace'): void {
    const before = this.sources.get(file);
    if (before?.text === text && before.origin === origin) return;
    const source = new SourceFile(file, text, origin);
    if (before) this.catalogue.remove(before);
    this.sources.set(file, source);
    this.catalogue.add(source);
    if (before) this.settings.delete(before);
    if (source.kind === 'workspace') this.settings.add(source);
    this.revision += 1;
  }

  removeFile(file: string): void {
    const source = this.sources.get(file);
    if (!source) return;
    this.catalogue.remove(source);
    this.settings.delete(source);
    this.sources.delete(file);
    this.kept.delete(file);
    this.revision += 1;
  }

  /** Files of the workspace itself, without the library. */
  files(): string[] {
    return [...this.sources.values()]
      .filter((source) => source.origin === 'workspace')
      .map((source) => source.file);
  }

  source(file: string): SourceFile | undefined {
    return this.sources.get(file);
  }

  /** Everything known of a file, for answers that the editor asks one by one. */
  analysis(file: string): Analysis | undefined {
    return this.checked(file)?.analysis;
  }

  /** In order of place. */
  check(file: string): Finding[] {
    return this.checked(file)?.findings.map(({ propose: _, ...finding }) => finding) ?? [];
  }

  /** Fixes of the findings that touch the range; each was tried on a copy and helps. */
  fixes(file: string, range: { start: number; end: number }): Fix[] {
    const checked = this.checked(file);
    return checked ? checkedFixes(checked, range, (edits) => this.recheck(file, edits)) : [];
  }

  /** What the editor's settings say of the rules; a workspace file wins. */
  setRules(settings: RuleSettings): void {
    this.ruleSettings = settings;
    this.revision += 1;
  }

  get hasRules(): boolean {
    return this.ruleSettings.size > 0;
  }

  /** A comment that silences a finding where it is. */
  ignore(file: string, finding: Pick<Finding, 'rule' | 'range'>): Ignoring | undefined {
    const source = this.sources.get(file);
    const here = (workspace: Workspace) =>
      workspace.check(file).filter(({ rule }) => rule === finding.rule).length;
    const errors = (workspace: Workspace) =>
      workspace.check(file).filter(({ severity }) => severity === 'error').length;
    const before = { here: here(this), errors: errors(this) };
    return (
      source &&
      ignoring(source, finding, (edit) => {
        const after = this.edited([edit]);
        return here(after) < before.here && errors(after) <= before.errors;
      })
    );
  }

  /** The edit that turns a rule off in the workspace file that holds for a file; undefined where there is none. */
  turnOff(file: string, rule: string): TextEdit | undefined {
    const settings = workspaceFileOf(file, this.settings);
    return settings && turningOff(settings, rule);
  }

  /** Every safe fix of a file, applied to a copy, and the texts that come of it. */
  fixAll(file: string): { done: Fix[]; texts: Map<string, string> } {
    const copy = this.edited([]);
    const done = fixAll(copy, file);
    const changed = [...new Set(done.flatMap((fix) => fix.edits.map((edit) => edit.file)))];
    return { done, texts: new Map(changed.map((each) => [each, copy.source(each)?.text ?? ''])) };
  }

  /** Edits of ranges that do not overlap, in any files. */
  apply(edits: TextEdit[]): void {
    for (const [file, text] of this.textsAfter(edits))
      this.setFile(file, text, this.sources.get(file)?.origin);
  }

  /** The plan of the model in a file, or why there is none. What it uses must be without errors too. */
  plan(file: string): { plan?: Plan; findings: Finding[] } {
    const analysis = this.checked(file)?.analysis;
    const { inference } = analysis ?? {};
    const flat = analysis?.flat();
    if (inference?.kind !== 'model' || !flat) return { findings: this.check(file) };
    const used = new Set([
      ...[...inference.data.values()].flatMap(({ lookup }) =>
        lookup.status === 'found' ? lookup.source.file : [],
      ),
      ...flat.parts.map((part) => part.module.file),
      ...flat.nodes.map((node) => node.file),
    ]);
    const inherited = this.checked(file)?.inherited ?? [];
    const findings = [...[file, ...used].flatMap((each) => this.check(each)), ...inherited];
    if (findings.some((finding) => finding.severity === 'error')) return { findings };
    const source = (other: string) => this.sources.get(other);
    const hash = (text: string) => this.host.hash?.(text) ?? '';
    return { plan: planOf({ inference, flat, source, hash }), findings };
  }

  /** The tests of the brick in a file; each is ready to run, or says why it fails without being run. */
  tests(file: string): BrickTest[] {
    return brickTests(file, {
      source: (other) => this.sources.get(other),
      find: (reference) => this.catalogue.find('module', reference),
      check: (other) => this.check(other),
      hash: (text) => this.host.hash?.(text) ?? '',
    });
  }

  hover(file: string, offset: number): Hover | undefined {
    const analysis = this.checked(file)?.analysis;
    return analysis && hoverAt(analysis, offset);
  }

  complete(file: string, offset: number): Candidate[] {
    const analysis = this.checked(file)?.analysis;
    return analysis ? complete(analysis, offset) : [];
  }

  definition(file: string, offset: number): Location[] {
    const analysis = this.checked(file)?.analysis;
    return analysis ? definitionAt(analysis, offset) : [];
  }

  /** Every place that means the same thing, the declaration first. */
  references(file: string, offset: number): Location[] {
    return referencesAt(this, file, offset);
  }

  /** What can be renamed at the offset, and what it is called now, or why it cannot be. */
  renamable(file: string, offset: number): Renamable {
    return renamable(this, file, offset);
  }

  /** Edits that give it another name at these places, or why that name cannot be. */
  rename(file: string, offset: number, name: string, places = this.references(file, offset)): Renaming {
    return renameAt(this, { file, offset, name, places }, (edits) => this.edited(edits));
  }

  refactorings(file: string, range: { start: number; end: number }): Refactoring[] {
    return refactoringsAt(this, file, range, (edits) => this.edited(edits));
  }

  hints(file: string, range: { start: number; end: number }, kinds: ReadonlySet<HintKind>): Hint[] {
    const analysis = this.checked(file)?.analysis;
    return analysis ? hintsIn(analysis, range, kinds) : [];
  }

  tokens(file: string): Token[] {
    const analysis = this.checked(file)?.analysis;
    return analysis ? tokensIn(analysis) : [];
  }

  folds(file: string): Range[] {
    const source = this.sources.get(file);
    return source ? foldsIn(source.tree) : [];
  }

  selection(file: string, offset: number): Range[] {
    const source = this.sources.get(file);
    return source ? selectionAt(source.tree, offset) : [];
  }

  /** Bricks, datasets and models of the workspace and the library. */
  named(): NamedBrick[] {
    return [...this.sources.values()].flatMap(({ file, declaration }) =>
      declaration?.name
        ? [
            {
              name: declaration.name.value,
              kind: declaration.kind,
              detail: declaration.version?.value ?? '',
              file,
              range: declaration.name.range,
            },
          ]
        : [],
    );
  }

  outline(file: string): OutlineItem[] {
    const analysis = this.checked(file)?.analysis;
    return analysis ? outlineOf(analysis) : [];
  }

  runnables(file: string): Runnable[] {
    const declaration = this.sources.get(file)?.declaration;
    return declaration ? runnablesOf(declaration) : [];
  }

  private checked(file: string): Checked | undefined {
    const source = this.sources.get(file);
    if (!source) return undefined;
    const kept = this.kept.get(file);
    if (kept?.analysis.source === source && this.stillHolds(kept)) return kept;
    const fresh = this.analyse(source);
    this.kept.set(file, fresh);
    return fresh;
  }

  private stillHolds(kept: Kept): boolean {
    if (kept.revision === this.revision) return true;
    for (const { key, ask } of kept.dependencies.values()) if (ask() !== key) return false;
    kept.revision = this.revision;
    return true;
  }

  private analyse(source: SourceFile): Kept {
    const dependencies: Kept['dependencies'] = new Map();
    const depend = (name: string, ask: () => string) => dependencies.set(name, { key: ask(), ask });
    const finder =
      <K extends 'module' | 'dataset' | 'model'>(kind: K, keyOf: (lookup: Lookup) => string) =>
      (reference: BrickReference): Lookup<K> => {
        const ask = () => keyOf(this.catalogue.find(kind, reference));
        depend(`${kind}:${reference.name}@${reference.versionRange}`, ask);
        return this.catalogue.find(kind, reference);
      };
    const declaration =
      source.declaration?.kind === 'model'
        ? extendModel(source.declaration, finder('model', byText))
        : source.declaration;
    if (declaration?.name) {
      // Another file of the same name and version is a finding here too.
      const { kind, name } = declaration;
      depend(`same:${name.value}`, () => {
        return this.catalogue
          .named(kind, name.value)
          .map(({ source: other }) => `${other.file}@${other.declaration?.version?.value}`)
          .join('|');
      });
    }
    const inference =
      declaration?.kind === 'module'
        ? inferModule(declaration, finder('module', byInterface))
        : declaration?.kind === 'model' && declaration.complete
          ? inferModel(declaration, { module: finder('module', byText), dataset: finder('dataset', byText) })
          : undefined;
    depend('severities', () => JSON.stringify(severitiesFor(source.file, this.settings, this.ruleSettings)));
    const engineOf = () => asText(get(workspaceFileOf(source.file, this.settings)?.tree.root, 'engine'));
    const engine = engineOf();
    depend('engine', () => engineOf() ?? '');
    let flat: FlatModel | undefined;
    const analysis: Analysis = {
      source,
      declaration,
      inference,
      flat() {
        if (inference?.kind === 'model') flat ??= flattenModel(inference, finder('module', byText));
        return flat;
      },
      general: (file) => {
        const other = this.checked(file)?.analysis.inference;
        return other?.kind === 'module' ? other : undefined;
      },
      engine,
      found: (file) => this.check(file),
      trained: (name) => {
        const models = () => this.catalogue.named('model', name);
        depend(`model:${name}`, () =>
          models()
            .map(({ source }) => `${source.file}\n${source.text}`)
            .join('|'),
        );
        return models().map(({ declaration }) => declaration);
      },
      ruleIds,
      severities: severitiesFor(source.file, this.settings, this.ruleSettings),
      catalogue: this.catalogue,
      host: this.host,
    };
    return { analysis, ...check(analysis), revision: this.revision, dependencies };
  }

  /** The findings of all files that edits concern: those edited, and where an interface changes, its users. */
  private recheck(file: string, edits: TextEdit[]): Rechecked {
    const copy = this.edited(edits);
    const concerned = new Set([file, ...edits.map((edit) => edit.file)]);
    for (const each of [...concerned]) {
      const [before, after] = [this.sources.get(each), copy.sources.get(each)];
      const name = before?.declaration?.name?.value;
      if (name === undefined || before?.interfaceKey === after?.interfaceKey) continue;
      for (const other of this.sources.values())
        if (other.origin === 'workspace' && other.text.includes(name)) concerned.add(other.file);
    }
    const all = (workspace: Workspace) => [...concerned].flatMap((each) => workspace.check(each));
    return { before: all(this), after: all(copy) };
  }

  private textsAfter(edits: TextEdit[]): Map<string, string> {
    const changed = new Map<string, string>();
    for (const { file, range, text } of [...edits].sort((a, b) => b.range.start - a.range.start)) {
      const before = changed.get(file) ?? this.sources.get(file)?.text ?? '';
      changed.set(file, before.slice(0, range.start) + text + before.slice(range.end));
    }
    return changed;
  }

  /** A copy with edits applied, sharing everything that did not change. */
  private edited(edits: TextEdit[]): Workspace {
    const copy = new Workspace(this.host);
    copy.ruleSettings = this.ruleSettings;
    const changed = this.textsAfter(edits);
    for (const source of this.sources.values()) {
      const text = changed.get(source.file);
      const kept = text === undefined ? source : new SourceFile(source.file, text, source.origin);
      copy.sources.set(source.file, kept);
      copy.catalogue.add(kept);
      if (kept.kind === 'workspace') copy.settings.add(kept);
    }
    return copy;
  }
}

/** A brick's own check depends on the interfaces of the bricks it uses. */
function byInterface(lookup: Lookup): string {
  if (lookup.status === 'found') return `${lookup.source.file}\n${lookup.source.interfaceKey}`;
  return lookup.status === 'no-version' ? lookup.versions.join() : lookup.status;
}

/** A composition is typed through the insides of its bricks too. */
function byText(lookup: Lookup): string {
  return lookup.status === 'found' ? `${lookup.source.file}\n${lookup.source.text}` : byInterface(lookup);
}
