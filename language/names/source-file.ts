import { allAtOnce, type Gradual } from '../gradual';
import { checkingStructure, checkStructure, type StructureProblem } from '../schema/check';
import { isLong, parsing } from '../syntax/parse';
import { patched } from '../syntax/patch';
import { get } from '../syntax/path';
import type { Tree } from '../syntax/tree';
import { type Declaration, declarationOf } from './declarations';
import { type Header, headerOf, readHeader, readHeadOfMore, readLongHeader } from './header';
import { insideKeyOf, interfaceKeyOf } from './interface';
import { collecting } from './located';
import { partOf } from './read-model';
import { nodeOf } from './read-step';
import { isReadable } from './readable';

export type Origin = 'workspace' | 'library' | 'registry';

/** A text that is read when somebody asks for it. */
export interface UnreadText {
  /** Whole lines that it begins with, and more follow. */
  head: string;
  read(): string;
}

/**
 * One file's text and what can be said of it alone. Immutable; everything is computed when first asked for, and can be
 * let go, to be computed again when it is next asked for.
 */
export class SourceFile {
  private whole: string | undefined;
  private parsed: Tree | undefined;
  private declared: { value: Declaration | undefined } | undefined;
  private structural: StructureProblem[] | undefined;
  private headed: Header | undefined;
  private signed: string | undefined;
  private readable: boolean | undefined;
  /** Of the text before, where that is long: most of it is still the same. */
  private basis: Tree | undefined;
  /** The text before, whose tree this one takes over: nobody is going to ask it again. */
  private predecessor: SourceFile | undefined;

  /** `onParse` is told whenever a tree comes into memory. `succeeds`: nobody else has `before`. */
  constructor(
    readonly file: string,
    private readonly given: string | UnreadText,
    readonly origin: Origin,
    private readonly onParse?: (source: SourceFile) => void,
    before?: SourceFile,
    succeeds = false,
  ) {
    if (typeof given !== 'string') return;
    if (this.isLong) this.basis = before?.parsed ?? before?.basis;
    else if (succeeds) this.predecessor = before?.parsed ? before : before?.predecessor;
  }

  get text(): string {
    this.whole ??= typeof this.given === 'string' ? this.given : this.given.read();
    return this.whole;
  }

  /** Whether it takes so long to read and to check that others should not wait for it. */
  get isLong(): boolean {
    return isLong(this.text);
  }

  get tree(): Tree {
    if (!this.parsed) this.keep(this.takenOver() ?? allAtOnce(parsing(this.text, this.basis)));
    return this.parsed!;
  }

  private takenOver(): Tree | undefined {
    const from = this.predecessor;
    this.predecessor = undefined;
    const tree = from?.parsed && patched(from.parsed, this.text);
    if (!tree) return undefined;
    if (tree.root === from.parsed?.root) this.takeMeaning(from);
    from.release();
    return tree;
  }

  /** Of a text that says the same, with other comments. */
  private takeMeaning({ structural, signed, readable }: SourceFile): void {
    if (structural?.length === 0) this.structural = structural;
    this.signed = signed;
    this.readable = readable;
  }

  private keep(tree: Tree): void {
    this.parsed = tree;
    this.basis = undefined;
    this.onParse?.(this);
  }

  /** Reads it in steps, so that everything is there when it is asked for. */
  *preparing(): Gradual<void> {
    if (!this.parsed) this.keep(yield* parsing(this.text, this.basis));
    const { root } = this.tree;
    if (!this.declared) {
      yield* collecting(get(root, 'graph'), nodeOf);
      yield* collecting(get(root, 'parts'), partOf);
    }
    // Read off the steps.
    void this.declaration;
    yield;
    this.structural ??= yield* checkingStructure(this.tree);
  }

  /** Kind, name and version; of most files without parsing them. */
  get header(): Header {
    this.headed ??=
      (typeof this.given === 'string' ? undefined : readHeadOfMore(this.given.head)) ??
      readHeader(this.text) ??
      (this.isLong ? readLongHeader(this.text) : undefined) ??
      headerOf(this.declaration, this.tree.root);
    return this.headed;
  }

  get kind(): string | undefined {
    return this.header.kind;
  }

  get declaration(): Declaration | undefined {
    this.declared ??= { value: declarationOf(this.file, this.tree) };
    return this.declared.value;
  }

  get structure(): StructureProblem[] {
    this.structural ??= checkStructure(this.tree);
    return this.structural;
  }

  /** Equal for two texts that no other file can tell apart by looking at the interface. */
  get interfaceKey(): string {
    this.signed ??= this.isReadable ? interfaceKeyOf(this.declaration) : 'unreadable';
    return this.signed;
  }

  /** Whether others can tell what it offers. */
  get isReadable(): boolean {
    this.readable ??= isReadable(this.tree, this.kind);
    return this.readable;
  }

  /** Equal for two texts that no composition can tell apart by opening the brick, except by where things stand. */
  get insideKey(): string {
    return insideKeyOf(this.tree);
  }

  /** Lets go of what can be computed again. */
  release(): void {
    this.parsed = undefined;
    this.declared = undefined;
    this.structural = undefined;
  }
}
