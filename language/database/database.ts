/**
 * What is known of every file, and why. A computation notes each fact that it rests on (`facts.ts`); a change says
 * which facts are no longer true, and only what rests on those is computed again, when it is next asked for.
 * Findings of all files are kept. Trees and types are kept for the files that were asked about last.
 */
import type { Finding } from '../answers/answers';
import { allAtOnce, type Gradual } from '../gradual';
import type { DeclaredKind, NamesInSight } from '../names/catalogue';
import type { RegistryScope } from '../names/published';
import { type Origin, SourceFile, type UnreadText } from '../names/source-file';
import { checking } from '../rules/check';
import { Looked } from '../rules/looked';
import type { Analysis, Host } from '../rules/rule';
import type { RuleSettings } from '../rules/severities';
import { Judgements } from '../versions/judge/judgements';
import { type Around, analysing } from './analysing';
import { Earlier } from './earlier';
import { Facts, fileFact, isAbout, lockFact, namesIn, SETTINGS } from './facts';
import { Files } from './files';
import { isOfRun, isStillSaid } from './host-facts';
import type { KeptState } from './kept-state';
import { ParsedFiles } from './memory';
import { isBlindTo, paramEdit, saidBy, usesIn } from './param-edits';
import { type Full, type Kept, Results } from './results';

export class Database {
  private readonly files: Files;
  private readonly judgements: Judgements;
  private readonly results = new Results();
  private readonly parsed = new ParsedFiles();
  private earlier: Earlier | undefined;
  /** Whether anything was computed since `state` was asked for. */
  hasNews = false;
  /** Files whose text changed since it was last compared, as they were then. */
  private readonly pending = new Map<string, SourceFile>();
  /** What changed since this was copied. */
  private readonly fired = new Set<string>();
  private depth = 0;
  /** What was known of the file that is being edited, before that. */
  private basis: Full | undefined;
  /** Counts changes, by which work that was put aside can tell whether it is still of use. */
  private changes = 0;

  /** Empty, or a copy that shares everything that no change has touched. */
  constructor(
    private readonly host: Host,
    private readonly origin?: Database,
  ) {
    origin?.settle();
    this.files = new Files(host, this.parsed.add, origin?.files);
    this.judgements = origin?.judgements ?? new Judgements(host);
  }

  source(file: string): SourceFile | undefined {
    return this.files.source(file);
  }

  all(): IterableIterator<SourceFile> {
    return this.files.all();
  }

  /** The names that a file sees, for those who do not keep what they make of them. */
  names(file: string): NamesInSight {
    return this.files.names(file);
  }

  /** Where published versions are looked for that a file names. */
  registriesOf(file: string): RegistryScope {
    return this.files.registriesOf(file);
  }

  rootOf(file: string): string {
    return this.files.rootOf(file);
  }

  /** The workspace file nearest above a file. */
  settingsFile(file: string): SourceFile | undefined {
    return this.files.settings.fileFor(file);
  }

  /** What was found in an earlier session: what still holds of it is not computed again. */
  recall(state: KeptState, hash: (text: string) => string): void {
    const { host, files } = this;
    const known = {
      host,
      source: (file: string) => files.source(file),
      sight: (file: string) => ({ id: files.sightOf(file), names: files.names(file) }),
      settings: () => files.settings.everything,
      lock: (root: string) => files.lockText(root),
      changes: () => this.changes,
    };
    const earlier = this.earlier ?? new Earlier(known, hash);
    this.earlier = earlier;
    this.parsed.onRelease = (source) => earlier.note(source);
    earlier.add(state);
  }

  /** All that was found and is known to hold, for a later session; undefined where nobody has called `recall`. */
  get state(): KeptState | undefined {
    this.settle();
    this.hasNews = false;
    return this.earlier?.state(this.results.all());
  }

  /** How many characters of text there are trees of in memory. */
  keepTrees(characters: number): void {
    this.parsed.most = characters;
  }

  /** Whether the findings of a file need not be computed. */
  isKnown(file: string): boolean {
    this.settle();
    const source = this.source(file);
    return source !== undefined && this.known(file, source) !== undefined;
  }

  /** What the analysis of a file looks at. */
  private get around(): Around {
    const { host, files, judgements } = this;
    return {
      ...{ host, settings: files.settings, judgements },
      names: (file) => files.names(file),
      lock: (file, facts) => {
        const { root, lock } = files.lockOf(file);
        facts.add(lockFact(root));
        return lock;
      },
      other: (file, facts) => this.other(file, facts),
      isPublished: (file) => files.isPublished(file),
    };
  }

  /** Looks at the registries again; what rests on something that has changed there is forgotten. */
  refreshPublished(): void {
    const { facts, files } = this.files.refreshPublished();
    for (const file of files) this.results.drop(file);
    for (const fact of facts) this.fire(fact);
  }

  /** Asks the host again about runs; what rests on one that has changed is forgotten. */
  refreshRuns(): void {
    for (const fact of this.results.facts())
      if (isOfRun(fact) && !isStillSaid(fact, this.host)) this.fire(fact);
  }

  /** The folders that an editor has opened; with a slash at the end. */
  setFolders(folders: readonly string[]): void {
    this.files.open(folders);
    this.fire(SETTINGS);
  }

  set(file: string, text: string | UnreadText, origin: Origin): void {
    const before = this.files.own(file);
    if (before?.text === text && before.origin === origin) return;
    // A copy leaves the trees of what it is a copy of alone.
    const source = new SourceFile(file, text, origin, this.parsed.add, before, !this.origin);
    this.replace(file, before, source);
    if (before && !this.pending.has(file)) this.pending.set(file, before);
  }

  remove(file: string): void {
    const before = this.files.own(file);
    if (!before) return;
    this.replace(file, before, undefined);
    this.pending.delete(file);
    for (const depth of ['interface', 'inside'] as const) this.fire(fileFact(depth, file));
  }

  /** What the editor's settings say of the rules; a workspace file wins. */
  setRules(rules: RuleSettings): void {
    this.files.settings.rules = rules;
    this.fire(SETTINGS);
  }

  /** Findings are those of that engine, whichever the workspace files choose. */
  setEngine(name: string): void {
    this.files.settings.engine = name;
    this.fire(SETTINGS);
  }

  get hasRules(): boolean {
    return this.files.settings.rules.size > 0;
  }

  /** Forgets what was found in a file, where something outside of all texts may have changed. */
  forget(file: string): void {
    this.changes += 1;
    this.results.drop(file);
  }

  /** Whether what was found in a file may be otherwise as soon as there are names that nobody has now. */
  missesNames(file: string): boolean {
    this.findings(file);
    const names = this.names(file);
    for (const fact of this.results.get(file)?.facts ?? []) {
      const { kind, name } = namesIn(fact) ?? {};
      if (kind === undefined) continue;
      if (name === undefined || names.headed(kind as DeclaredKind, name).length === 0) return true;
    }
    return false;
  }

  /** In order of place; the same array as long as nothing changes. */
  findings(file: string): Finding[] {
    this.settle();
    return this.keptFor(file)?.findings ?? [];
  }

  /** With everything that the findings were computed from, up to date to the last place. */
  checked(file: string): Full | undefined {
    this.settle();
    const source = this.source(file);
    if (!source) return undefined;
    const known = this.current(file);
    if (!known) return this.compute(source);
    this.results.use(known);
    return known;
  }

  /** What is meant in a file, up to date, without what is wrong with it where that is not known. */
  named(file: string): Analysis | undefined {
    this.settle();
    const source = this.source(file);
    if (!source) return undefined;
    return this.current(file)?.analysis ?? allAtOnce(analysing(source, new Facts(file), this.around));
  }

  private current(file: string): Full | undefined {
    const known = this.results.full(file);
    return known && this.isUpToDate(known) ? known : undefined;
  }

  private isUpToDate({ facts }: Full): boolean {
    return [...facts.sources].every((seen) => this.source(seen.file) === seen);
  }

  private keptFor(file: string): Kept | undefined {
    const source = this.source(file);
    if (!source) return undefined;
    return this.known(file, source) ?? this.compute(source).kept;
  }

  private known(file: string, source: SourceFile): Kept | undefined {
    return this.results.get(file) ?? this.adopted(file, source) ?? this.recalled(source);
  }

  /** What an earlier session has found, where nothing that concerns it is another thing now. */
  private recalled(source: SourceFile): Kept | undefined {
    const found = this.earlier?.take(source);
    if (!found) return undefined;
    const kept = { source, findings: found.findings, facts: new Set<string>() };
    this.results.keep(source.file, kept, found.facts);
    return kept;
  }

  /** What the database that this is a copy of has found, where no change since concerns it. */
  private adopted(file: string, source: SourceFile): Kept | undefined {
    const theirs = this.origin?.results.get(file);
    if (theirs?.source !== source) return undefined;
    for (const fact of theirs.facts) if (this.fired.has(fact)) return undefined;
    const kept = { ...theirs, facts: new Set(theirs.facts) };
    this.results.keep(file, kept, theirs.facts);
    return kept;
  }

  /** Whether a question about a file is answered at once; if not, it should be prepared. */
  isReady(file: string): boolean {
    for (const [changed] of this.pending) if (this.files.own(changed)?.isLong) return false;
    return !this.files.own(file)?.isLong || this.current(file) !== undefined;
  }

  /** Computes in steps what an answer about a file needs; what changes meanwhile is taken up. */
  *preparing(file: string): Gradual<void> {
    while (!this.isReady(file)) yield* this.warming(file);
  }

  /** Computes in steps what questions about a file will need, until something changes. */
  *warming(file: string): Gradual<void> {
    const { changes } = this;
    const work = this.computingWithPending(file);
    try {
      while (changes === this.changes && !work.next().done) yield;
    } finally {
      work.return();
    }
  }

  private *computingWithPending(file: string): Gradual<void> {
    for (const [changed, before] of this.pending) {
      const after = this.files.own(changed);
      if (!after?.isLong) continue;
      yield* before.preparing();
      yield* after.preparing();
    }
    this.settle();
    const source = this.files.own(file);
    if (!source) return;
    if (this.current(file)) {
      yield* this.expectingEdits(source);
      return;
    }
    yield* source.preparing();
    yield* this.computing(source);
  }

  /** Notes what an edit can start from: which step added what, and what each rule looks at. */
  private *expectingEdits(source: SourceFile): Gradual<void> {
    const known = source.isLong ? undefined : this.basisOf(source.file);
    if (!known || known.looked) return;
    this.basis = known;
    yield* this.computing(source);
  }

  private compute(source: SourceFile): Full {
    return allAtOnce(this.computing(source));
  }

  private *computing(source: SourceFile): Gradual<Full> {
    this.depth += 1;
    try {
      const basis = this.takenBasis(source);
      const facts = new Facts(source.file);
      facts.foundBefore = basis?.facts.found;
      const analysis = yield* analysing(source, facts, this.around, basis?.analysis);
      const usesItself = facts.ownLooks > 0;
      // What is not looked at again still holds.
      if (basis) facts.addAll(basis.facts);
      const checked = yield* checking(analysis, basis && (basis.looked ?? new Looked()));
      const found = checked.findings;
      facts.foundBefore = undefined;
      // Where other places are shown, it matters where they stand.
      for (const { related } of found)
        for (const { file } of related) if (file !== source.file) facts.add(fileFact('text', file));
      // What still holds stays the same object, so that whoever has it can tell.
      const kept = this.results.get(source.file) ?? {
        source,
        findings: found.map(({ propose: _, ...finding }) => finding),
        facts: new Set<string>(),
        uses: usesIn(analysis),
      };
      this.results.keep(source.file, kept, facts.all);
      this.hasNews = true;
      facts.onLate = (fact) => {
        if (this.results.get(source.file) === kept) this.results.keep(source.file, kept, [fact]);
      };
      const full = { analysis, ...checked, kept, facts, usesItself };
      this.results.use(full);
      return full;
    } finally {
      this.depth -= 1;
      if (this.depth === 0) this.trim();
    }
  }

  /** Everything known of another file; whoever asks rests on all that it rests on. */
  private other(file: string, facts: Facts): Full | undefined {
    const other = this.checked(file);
    if (!other) return undefined;
    facts.see(other.analysis.source, 'text');
    facts.addAll(other.facts);
    return other;
  }

  /** What is known of a file, as something to start from after an edit; nothing where the file looks at itself. */
  private basisOf(file: string): Full | undefined {
    const known = this.current(file) ?? (this.basis?.kept.source.file === file ? this.basis : undefined);
    return known && !known.usesItself && !known.analysis.resolution ? known : undefined;
  }

  private takenBasis({ file }: SourceFile): Full | undefined {
    const { basis } = this;
    if (basis?.kept.source.file !== file) return undefined;
    this.basis = undefined;
    return this.isUpToDate(basis) ? basis : undefined;
  }

  private replace(file: string, before: SourceFile | undefined, after: SourceFile | undefined): void {
    this.basis = before && after && !after.isLong ? this.basisOf(file) : undefined;
    this.results.drop(file);
    if (before) this.parsed.remove(before);
    const changed = this.files.replace(file, before, after);
    if (changed.isOtherName) this.basis = undefined;
    for (const fact of changed.facts) this.fire(fact);
    this.fire(fileFact('text', file));
  }

  /** Compares what changed, once for however many changes. */
  private settle(): void {
    if (this.pending.size === 0) return;
    for (const [file, before] of this.pending) {
      const after = this.files.own(file);
      if (!after) continue;
      this.compare(before, after);
      this.parsed.remove(before);
    }
    this.pending.clear();
  }

  private compare(before: SourceFile, after: SourceFile): void {
    const { file } = after;
    const [interfaceFact, insideFact] = [fileFact('interface', file), fileFact('inside', file)];
    // A copy cannot tell who, of those that it will take over, has looked.
    const concerns = (fact: string) => this.origin !== undefined || this.results.restOn(fact);
    const [isPromised, isOpened] = [concerns(interfaceFact), concerns(insideFact)];
    if (!isPromised && !isOpened) return;
    // All of it before the tree is taken over.
    const said = this.origin ? undefined : saidBy(before);
    const [promised, inside] = [isPromised && before.interfaceKey, isOpened && before.insideKey];
    const isOther = isPromised && promised !== after.interfaceKey;
    const isOtherInside = isOpened && inside !== after.insideKey;
    if (!isOther && !isOtherInside) return;
    const now = said && saidBy(after);
    const edit = now && paramEdit(said, now, after.declaration);
    const around = {
      source: (other: string) => this.source(other),
      kept: (other: string) => this.results.get(other),
    };
    const holds = edit && ((kept: Kept) => isBlindTo(kept, file, edit, around));
    // Bricks first: whether a composition can tell depends on what is in between.
    if (isOther) this.fire(interfaceFact, holds);
    if (isOtherInside) this.fire(insideFact, holds);
  }

  /** With `holds`, what was found is kept where that says so. */
  private fire(fact: string, holds?: (kept: Kept) => boolean): void {
    this.changes += 1;
    if (this.origin) this.fired.add(fact);
    if (this.basis?.facts.all.has(fact) && !isAbout(fact, this.basis.kept.source.file))
      this.basis = undefined;
    this.results.dropAll(fact, holds);
  }

  private trim(): void {
    this.results.trim();
    this.parsed.trim(() => this.results.inUse());
  }
}
