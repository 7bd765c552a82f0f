import { YAMLException } from 'js-yaml';
import type { Gradual } from '../gradual';
import { MAX_DEPTH, TreeBuilder } from './builder';
import { keysOf, type Piece, piecesOf } from './pieces';
import { readRepairing, tooDeep } from './repairing';
import { shiftedEntry, shiftedProblem } from './shift';
import type { Entry, MapNode, Range, SyntaxProblem, Tree } from './tree';
import { readValid } from './valid';

/** Some entries of one map, with the offset at which their text was read. */
interface Part {
  start: number;
  entries: Entry[];
  problems: SyntaxProblem[];
}

/** What has been read of a tree, by the text of its parts. */
const partsOf = new WeakMap<Tree, Map<string, Part>>();

/**
 * Reads a long text piece by piece; what stands in the tree of the text before is not read again. The tree is that of
 * the whole text read at once, and where a piece is broken, the others are what they are. Undefined for a text that
 * only makes sense as a whole: with anchors, or when it is no map of keys at the margin.
 */
export function* readInPieces(text: string, before?: Tree, long?: number): Gradual<Tree | undefined> {
  const pieces = piecesOf(text, long);
  if (!pieces) return undefined;
  const reader = new PieceReader(text, before && partsOf.get(before));
  try {
    const root = yield* reader.root(pieces);
    const tree = { text, root, problems: withoutMany(reader.problems) };
    partsOf.set(tree, reader.parts);
    return tree;
  } catch (error) {
    if (error === WHOLE) return undefined;
    if (error instanceof TooDeep) return tooDeep(text, error.offset);
    throw error;
  }
}

/** Of many slips, the first ones: what comes later mostly follows from them. */
const MOST_SLIPS = 8;

/** Broken pieces of which it is guessed what was meant: nobody is told of more, and each takes many tries. */
const MOST_GUESSED = 64;

/** Broken pieces that are read; where there are more, what follows is left out. */
const MOST_BROKEN = 512;

function withoutMany(problems: SyntaxProblem[]): SyntaxProblem[] {
  let slips = 0;
  return problems.filter(({ kind }) => kind !== 'syntax' || ++slips <= MOST_SLIPS);
}

/** Thrown where a piece says nothing by itself. */
const WHOLE = new Error('Has to be read as a whole');

class TooDeep extends Error {
  constructor(readonly offset: number) {
    super('too deep');
  }
}

class PieceReader {
  readonly parts = new Map<string, Part>();
  readonly problems: SyntaxProblem[] = [];
  /** How many were broken. */
  #count = 0;

  constructor(
    readonly text: string,
    readonly known: ReadonlyMap<string, Part> = new Map(),
  ) {}

  *root(pieces: readonly Piece[]): Gradual<MapNode> {
    const entries: Entry[] = [];
    for (const piece of pieces) {
      const section = piece.groups.length > 0 ? yield* this.#section(piece) : undefined;
      // A file begins with a key; what comes later may be half typed.
      entries.push(...(section ?? this.#read(piece, 0, entries.length > 0)));
      yield;
    }
    return this.#map(entries);
  }

  /** Undefined for what only looks like a section, such as a long text below its key. */
  *#section({ start, end, groups }: Piece): Gradual<Entry[] | undefined> {
    const first = groups[0]!;
    const [owner, more] = this.#read({ start, end: first }, 0, false);
    if (!owner || owner.value || more) return undefined;
    if (!groups.some((from, index) => this.#isMap({ start: from, end: groups[index + 1] ?? end })))
      return undefined;
    const entries: Entry[] = [];
    for (const [index, from] of groups.entries()) {
      entries.push(...this.#read({ start: from, end: groups[index + 1] ?? end }, 1, true));
      yield;
    }
    const value = this.#map(entries);
    return [{ ...owner, value, range: { start: owner.range.start, end: value.range.end } }];
  }

  #map(entries: Entry[]): MapNode {
    if (entries.length === 0) throw WHOLE;
    const builder = new TreeBuilder(this.text);
    const range = { start: entries[0]!.range.start, end: entries.at(-1)!.range.end };
    const map = builder.map(range, false, entries);
    this.problems.push(...builder.problems);
    return map;
  }

  /** Whether the piece is, by itself, a map of keys on lines of their own. */
  #isMap(range: Range): boolean {
    return this.#valid(range, 1) !== undefined;
  }

  #read(range: Range, depth: number, afterOthers: boolean): Entry[] {
    const part = this.#valid(range, depth) ?? this.#broken(range, depth, afterOthers);
    this.problems.push(...part.problems);
    return part.entries;
  }

  /** Undefined for what is no map by itself. */
  #valid(range: Range, depth: number): Part | undefined {
    if (this.#count > MOST_BROKEN) return undefined;
    const text = this.text.slice(range.start, range.end);
    const known = this.parts.get(text) ?? this.known.get(text);
    if (known) {
      const part = moved(known, range.start);
      this.parts.set(text, part);
      return part;
    }
    const builder = new TreeBuilder(text);
    try {
      const root = readValid(builder, MAX_DEPTH - depth);
      if (builder.refers) throw WHOLE;
      if (root?.kind !== 'map' || root.flow) return undefined;
      const { entries } = root;
      const part = { start: range.start, entries, problems: withoutOwn(builder.problems, entries) };
      const there = moved({ ...part, start: 0 }, range.start);
      this.parts.set(text, there);
      return there;
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      if (error.reason.includes('maxDepth')) throw new TooDeep(range.start + (error.mark?.position ?? 0));
      return undefined;
    }
  }

  /** Key by key, so that what is whole stays what it is. */
  #broken(range: Range, depth: number, afterOthers: boolean): Part {
    const keys = keysOf(this.text, range);
    const parts =
      keys.length > 1
        ? keys.map((key) => this.#valid(key, depth) ?? this.#repaired(key, afterOthers))
        : [this.#repaired(range, afterOthers)];
    return {
      start: range.start,
      entries: parts.flatMap(({ entries }) => entries),
      problems: parts.flatMap(({ problems }) => problems),
    };
  }

  /** Behind another key, so that it is read as one. */
  #repaired({ start, end }: Range, afterOthers: boolean): Part {
    if (++this.#count > MOST_BROKEN) return this.#leftOut(start);
    const text = this.text.slice(start, end);
    if (/(^|[\s[{,])([&*]\w|<<)/.test(text)) throw WHOLE;
    const before = afterOthers ? `${/^ */.exec(text)![0]}_: 0\n` : '';
    const { root, problems } = readRepairing(before + text, this.#count <= MOST_GUESSED);
    if (problems.some(({ kind }) => kind === 'limit')) throw new TooDeep(start);
    if (root?.kind !== 'map' || root.flow) throw WHOLE;
    const entries = afterOthers ? root.entries.slice(1) : root.entries;
    return moved({ start: before.length, entries, problems: withoutOwn(problems, entries) }, start);
  }

  #leftOut(start: number): Part {
    const message = `More than ${MOST_BROKEN} places cannot be read: what comes behind is left out`;
    const isFirst = this.#count === MOST_BROKEN + 1;
    const problem: SyntaxProblem = { range: { start, end: start }, message, kind: 'limit' };
    return { start, entries: [], problems: isFirst ? [problem] : [] };
  }
}

/** Keys that are given twice are told by the map that all parts make together. */
function withoutOwn(problems: SyntaxProblem[], entries: Entry[]): SyntaxProblem[] {
  const keys = new Set(entries.map(({ key }) => key.range.start));
  return problems.filter(({ kind, range }) => kind !== 'duplicate-key' || !keys.has(range.start));
}

function moved(part: Part, start: number): Part {
  const by = start - part.start;
  if (by === 0) return part;
  return {
    start,
    entries: part.entries.map((entry) => shiftedEntry(entry, by)),
    problems: part.problems.map((problem) => shiftedProblem(problem, by)),
  };
}
