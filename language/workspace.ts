/**
 * What editor and terminal talk to: file contents in, findings and answers out. What is known of each file, and when
 * it has to be computed again, is the business of the database.
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
import { modelCost } from './answers/count';
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
import { Database } from './database/database';
import type { KeptState } from './database/kept-state';
import { allAtOnce, type Gradual } from './gradual';
import { isDeclaredKind, type Names } from './names/catalogue';
import type { RegistryScope } from './names/published';
import type { Origin, SourceFile, UnreadText } from './names/source-file';
import { type BrickTest, brickTests } from './plan/brick-tests';
import type { ModelCost } from './plan/cost';
import type { Plan } from './plan/format';
import { planOf } from './plan/plan';
import { checkedFixes, type Rechecked } from './rules/checked-fixes';
import { fixingAll } from './rules/fix-all';
import { unreadableBehind } from './rules/references';
import { type Analysis, type Checked, type Host, hasFile } from './rules/rule';
import { hinders } from './rules/rules';
import type { RuleSettings } from './rules/severities';
import { type Ignoring, ignoring, turningOff } from './rules/silence';
import { applyEdits } from './syntax/edits';
import { asText, get } from './syntax/path';
import type { Range } from './syntax/tree';

/** Thrown where something long has to be computed first. */
class Unprepared extends Error {
  constructor(readonly work: Gradual<void>) {
    super('not prepared yet');
  }
}

export class Workspace {
  private readonly database: Database;
  /** By their edits, while a question is asked that may be asked again. */
  private copies: Map<string, Workspace> | undefined;
  /** A copy that is made to be asked again. */
  private isTrial = false;

  constructor(
    private readonly host: Host = {},
    database = new Database(host),
  ) {
    this.database = database;
  }

  setFile(file: string, text: string | UnreadText, origin: Origin = 'workspace'): void {
    this.database.set(file, text, origin);
  }

  /** The folders that an editor has opened, with a slash at the end: names are known within one of them. */
  setFolders(folders: readonly string[]): void {
    this.database.setFolders(folders);
  }

  removeFile(file: string): void {
    this.database.remove(file);
  }

  /** Checks the file anew when it is next asked about, for what it asked the host may have changed. */
  recheck(file: string): void {
    this.database.forget(file);
  }

  /** What was found in an earlier session: what still holds of it is not computed again. `hash` as it was then. */
  recall(state: KeptState, hash: (text: string) => string): void {
    this.database.recall(state, hash);
  }

  /** What was found and still holds, for a later session; undefined where nobody has called `recall`. */
  get state(): KeptState | undefined {
    return this.database.state;
  }

  /** How many characters of text there are trees of in memory, for those who ask about many files in one go. */
  keepTrees(characters: number): void {
    this.database.keepTrees(characters);
  }

  /** Whether anything was computed since `state` was asked for. */
  get hasNews(): boolean {
    return this.database.hasNews;
  }

  /** Whether the findings of a file need not be computed. */
  isKnown(file: string): boolean {
    return this.database.isKnown(file);
  }

  /** Something may have changed in a registry: what rests on that is computed again. */
  refreshPublished(): void {
    this.database.refreshPublished();
  }

  /** Something may have happened to runs: what rests on that is computed again. */
  refreshRuns(): void {
    this.database.refreshRuns();
  }

  /** Where published versions are looked for that a file names. */
  registriesOf(file: string): RegistryScope {
    return this.database.registriesOf(file);
  }

  /** The folder whose names a file sees, with a slash at the end. */
  rootOf(file: string): string {
    return this.database.rootOf(file);
  }

  /** Files of the workspace itself, without the library. */
  files(): string[] {
    const own: string[] = [];
    for (const { file, origin } of this.database.all()) if (origin === 'workspace') own.push(file);
    return own;
  }

  /** Whether questions about a file are answered at once: those of a long text that changed are not. */
  isReady(file: string): boolean {
    return this.database.isReady(file);
  }

  /** Computes what answers about a file need, in steps; questions may be asked and texts may change in between. */
  preparing(file: string): Gradual<void> {
    return this.database.preparing(file);
  }

  /** Computes in steps what somebody who looks at a file is likely to ask for; ends as soon as anything changes. */
  warming(file: string): Gradual<void> {
    return this.database.warming(file);
  }

  /** Whether what was found in a file may be otherwise as soon as there are names that nobody has now. */
  missesNames(file: string): boolean {
    return this.database.missesNames(file);
  }

  source(file: string): SourceFile | undefined {
    return this.database.source(file);
  }

  /** What can be named in a file. */
  names(file: string): Names {
    return this.database.names(file);
  }

  /** Everything known of a file, for answers that the editor asks one by one. */
  analysis(file: string): Analysis | undefined {
    return this.checked(file)?.analysis;
  }

  /** As `analysis`, for those who look at many files and not at what is wrong with them. */
  meaning(file: string): Analysis | undefined {
    this.demandPrepared(file);
    return this.database.named(file);
  }

  /**
   * Answers what tries edits on copies. Where a copy has to compute something long, that is done in steps, and the
   * question is asked again.
   */
  *trying<T>(ask: () => T): Gradual<T> {
    const copies = new Map<string, Workspace>();
    for (;;) {
      this.copies = copies;
      try {
        return ask();
      } catch (error) {
        if (!(error instanceof Unprepared)) throw error;
        this.copies = undefined;
        yield* error.work;
      } finally {
        this.copies = undefined;
      }
    }
  }

  /** In order of place. */
  check(file: string): Finding[] {
    this.demandPrepared(file);
    return this.database.findings(file);
  }

  /** Fixes of the findings that touch the range; each was tried on a copy and helps. */
  fixes(file: string, range: { start: number; end: number }): Fix[] {
    const checked = this.checked(file);
    return checked ? checkedFixes(checked, range, (edits) => this.tried(file, edits)) : [];
  }

  *fixing(file: string, range: { start: number; end: number }): Gradual<Fix[]> {
    yield* this.preparing(file);
    return yield* this.trying(() => this.fixes(file, range));
  }

  /** What the editor's settings say of the rules; a workspace file wins. */
  setRules(settings: RuleSettings): void {
    this.database.setRules(settings);
  }

  /** Says what an engine cannot run, whichever the workspace files choose. */
  setEngine(name: string): void {
    this.database.setEngine(name);
  }

  get hasRules(): boolean {
    return this.database.hasRules;
  }

  /** A comment that silences a finding where it is. */
  ignore(file: string, finding: Pick<Finding, 'rule' | 'range'>): Ignoring | undefined {
    const source = this.source(file);
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
    const settings = this.database.settingsFile(file);
    return settings && turningOff(settings, rule);
  }

  /** Where the workspace file that holds for a file says to train. */
  device(file: string): string | undefined {
    return asText(get(this.database.settingsFile(file)?.tree.root, 'device'));
  }

  /** Every safe fix of a file, applied to a copy, and the texts that come of it. */
  fixAll(file: string): { done: Fix[]; texts: Map<string, string> } {
    return allAtOnce(this.fixingAll(file));
  }

  *fixingAll(file: string): Gradual<{ done: Fix[]; texts: Map<string, string> }> {
    const copy = new Workspace(this.host, new Database(this.host, this.database));
    const done = yield* fixingAll(copy, file);
    const changed = [...new Set(done.flatMap((fix) => fix.edits.map((edit) => edit.file)))];
    return { done, texts: new Map(changed.map((each) => [each, copy.source(each)?.text ?? ''])) };
  }

  /** A copy in which a file has another text; it shares everything that this does not concern. */
  supposing(file: string, text: string): Workspace {
    const copy = new Workspace(this.host, new Database(this.host, this.database));
    copy.setFile(file, text, this.source(file)?.origin);
    return copy;
  }

  /** Edits of ranges that do not overlap, in any files. */
  apply(edits: TextEdit[]): void {
    for (const [file, text] of this.textsAfter(edits)) this.setFile(file, text, this.source(file)?.origin);
  }

  /** The plan of the model in a file, or why there is none. What it uses must be without errors too. */
  plan(file: string): { plan?: Plan; findings: Finding[] } {
    const analysis = this.checked(file)?.analysis;
    const inference = analysis?.inference;
    const flat = analysis?.flat();
    const unreadable = unreadableBehind(file, (each) => this.analysis(each));
    if (!analysis || inference?.kind !== 'model' || !flat)
      return { findings: [file, ...unreadable].flatMap((each) => this.check(each)) };
    const used = new Set([
      ...unreadable,
      ...[...inference.data.values()].flatMap(({ lookup }) =>
        lookup.status === 'found' ? lookup.source.file : [],
      ),
      ...flat.parts.map((part) => part.module.file),
      ...flat.nodes.map((node) => node.file),
    ]);
    const inherited = this.checked(file)?.inherited ?? [];
    const findings = [...[file, ...used].flatMap((each) => this.check(each)), ...inherited];
    if (findings.some(hinders)) return { findings };
    const source = (other: string) => this.source(other);
    const hash = (text: string) => this.host.hash?.(text) ?? '';
    return {
      plan: planOf({ inference, flat, source, names: analysis.catalogue, has: hasFile(this.host), hash }),
      findings,
    };
  }

  /** The tests of the brick in a file; each is ready to run, or says why it fails without being run. */
  tests(file: string): BrickTest[] {
    const names = this.analysis(file)?.catalogue ?? this.names(file);
    return brickTests(file, {
      source: (other) => this.source(other),
      find: (reference) => names.find('module', reference),
      check: (other) => this.check(other).filter(hinders),
      unreadable: unreadableBehind(file, (each) => this.analysis(each)),
      has: hasFile(this.host),
      hash: (text) => this.host.hash?.(text) ?? '',
    });
  }

  hover(file: string, offset: number): Hover | undefined {
    return allAtOnce(this.hovering(file, offset));
  }

  *hovering(file: string, offset: number): Gradual<Hover | undefined> {
    const analysis = this.checked(file)?.analysis;
    return analysis && (yield* hoverAt(analysis, offset));
  }

  /** Parameters, operations and the memory of training; undefined for what is no composition. */
  cost(file: string): ModelCost | undefined {
    const analysis = this.checked(file)?.analysis;
    return analysis && modelCost(analysis);
  }

  complete(file: string, offset: number): Candidate[] {
    const analysis = this.checked(file)?.analysis;
    // What is only offered, no finding rests on.
    return analysis ? complete({ ...analysis, catalogue: this.names(file) }, offset) : [];
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
    return allAtOnce(this.findingTokens(file));
  }

  /** Of a range at least those that touch it. */
  *findingTokens(file: string, within?: Range): Gradual<Token[]> {
    const analysis = this.checked(file)?.analysis;
    return analysis ? yield* tokensIn(analysis, within) : [];
  }

  folds(file: string): Range[] {
    return allAtOnce(this.folding(file));
  }

  *folding(file: string): Gradual<Range[]> {
    const source = this.source(file);
    return source ? yield* foldsIn(source.tree) : [];
  }

  selection(file: string, offset: number): Range[] {
    const source = this.source(file);
    return source ? selectionAt(source.tree, offset) : [];
  }

  /** Bricks, datasets and models of the workspace and the library. */
  named(): NamedBrick[] {
    return [...this.database.all()].flatMap((source) => {
      const { kind, name, version, nameAt } = source.header;
      if (!isDeclaredKind(kind) || name === undefined || nameAt === undefined) return [];
      // A name in quotes takes more room than its letters.
      const isPlain = source.text.startsWith(name, nameAt);
      const range = isPlain ? { start: nameAt, end: nameAt + name.length } : source.declaration?.name?.range;
      return range ? [{ name, kind, detail: version ?? '', file: source.file, range }] : [];
    });
  }

  outline(file: string): OutlineItem[] {
    const analysis = this.checked(file)?.analysis;
    return analysis ? outlineOf(analysis) : [];
  }

  runnables(file: string): Runnable[] {
    const declaration = this.source(file)?.declaration;
    return declaration ? runnablesOf(declaration) : [];
  }

  private checked(file: string): Checked | undefined {
    this.demandPrepared(file);
    return this.database.checked(file);
  }

  /** The findings of all files that edits concern: those edited, and where an interface changes, its users. */
  private tried(file: string, edits: TextEdit[]): Rechecked {
    const copy = this.edited(edits);
    const concerned = new Set([file, ...edits.map((edit) => edit.file)]);
    for (const each of [...concerned]) {
      const [before, after] = [this.source(each), copy.source(each)];
      const name = before?.declaration?.name?.value;
      if (name === undefined || before?.interfaceKey === after?.interfaceKey) continue;
      for (const other of this.database.all())
        if (other.origin === 'workspace' && other.text.includes(name)) concerned.add(other.file);
    }
    const all = (workspace: Workspace) => [...concerned].flatMap((each) => workspace.check(each));
    return { before: all(this), after: all(copy) };
  }

  private textsAfter(edits: TextEdit[]): Map<string, string> {
    const byFile = new Map<string, TextEdit[]>();
    for (const edit of edits) {
      const own = byFile.get(edit.file);
      if (own) own.push(edit);
      else byFile.set(edit.file, [edit]);
    }
    return new Map([...byFile].map(([file, own]) => [file, applyEdits(this.source(file)?.text ?? '', own)]));
  }

  /** A copy with edits applied, sharing everything that they do not concern. */
  private edited(edits: TextEdit[]): Workspace {
    const key = JSON.stringify(edits);
    const known = this.copies?.get(key);
    if (known) return known;
    const copy = new Workspace(this.host, new Database(this.host, this.database));
    copy.apply(edits);
    copy.isTrial = this.copies !== undefined;
    this.copies?.set(key, copy);
    return copy;
  }

  private demandPrepared(file: string): void {
    if (this.isTrial && !this.isReady(file)) throw new Unprepared(this.preparing(file));
  }
}
