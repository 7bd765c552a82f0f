/**
 * Where a long text can be cut so that each piece can be read by itself: before keys at the margin, and in long
 * sections before keys of the section. Which keys depends on the text of their lines alone, so that an edit moves only
 * the cuts around it.
 */
import type { Range } from './tree';

/** One entry at the margin, or a section: a bare `key:` with entries below, in groups. */
export interface Piece extends Range {
  /** Where the groups of a section begin; the line of its key ends at the first. */
  groups: number[];
}

/** Sections of fewer characters are read at once. */
const LONG = 2 ** 12;

/** About one key in as many begins a group. */
const GROUP = 16;

/** Undefined for a text that cannot be cut: with several documents or directives, or when it starts with no key. */
export function piecesOf(text: string, long = LONG): Piece[] | undefined {
  const pieces: Piece[] = [];
  let open: Piece | undefined;
  for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length; at = lineAfter(text, at)) {
    const c = text.charCodeAt(at);
    if (isBreak(c)) continue;
    if (c === SPACE) {
      if (!open && saysSomething(text, at)) return undefined;
      continue;
    }
    // A second mark is a letter of its key, but would be none at the start of a piece.
    if (c === PERCENT || c === MARK || text.startsWith('---', at) || text.startsWith('...', at))
      return undefined;
    if (c === HASH) continue;
    if (goesOn(c)) {
      // Nothing that it could go on from.
      if (!open) return undefined;
      continue;
    }
    if (open) open.end = at;
    open = { start: at, end: text.length, groups: [] };
    pieces.push(open);
  }
  if (pieces.length === 0) return undefined;
  for (const piece of pieces) if (piece.end - piece.start > long) piece.groups = groupsOf(text, piece);
  return pieces;
}

/** Empty where the piece is no section, or one whose lines are not all keys of one indentation and what is below them. */
function groupsOf(text: string, { start, end }: Piece): number[] {
  const first = lineAfter(text, start);
  if (!/^[\w-]+:[ \t]*(#.*)?\r?\n?$/.test(text.slice(start, first))) return [];
  const groups: number[] = [];
  let indent = 0;
  for (let at = first; at < end; at = lineAfter(text, at)) {
    const key = skipSpaces(text, at);
    const c = text.charCodeAt(key);
    if (c === HASH || isBreak(c) || key >= end) continue;
    if (groups.length === 0) {
      if (goesOn(c) || c === TAB || key === at) return [];
      indent = key - at;
      groups.push(at);
    } else if (key - at < indent || c === TAB) return [];
    else if (key - at === indent && !goesOn(c) && beginsGroup(text, key)) groups.push(at);
  }
  return groups;
}

/** Every key of a group by itself. */
export function keysOf(text: string, { start, end }: Range): Range[] {
  const keys: Range[] = [];
  let indent: number | undefined;
  for (let at = start; at < end; at = lineAfter(text, at)) {
    const key = skipSpaces(text, at);
    const c = text.charCodeAt(key);
    if (c === HASH || isBreak(c) || key >= end) continue;
    indent ??= key - at;
    if (key - at !== indent || goesOn(c)) continue;
    const last = keys.at(-1);
    if (last) last.end = at;
    keys.push({ start: last ? at : start, end });
  }
  return keys;
}

const [TAB, SPACE, HASH, PERCENT, MARK] = [9, 32, 35, 37, 0xfeff];

const isBreak = (c: number) => c === 10 || c === 13;

/** Lists may stand at the indentation of their key, and so may the brackets that close; `?` and `:` are rare, and what stands
 * behind a tab or another blank was meant to be indented. */
const goesOn = (c: number) => '-?:]}\t\u00a0'.includes(String.fromCharCode(c));

/** Whether a line is more than blanks and a comment. */
function saysSomething(text: string, start: number): boolean {
  const at = skipSpaces(text, start);
  return at < text.length && !isBreak(text.charCodeAt(at)) && text.charCodeAt(at) !== HASH;
}

function beginsGroup(text: string, key: number): boolean {
  let sum = 0;
  for (let at = key; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === 58 || isBreak(c)) break;
    sum = (sum * 31 + c) | 0;
  }
  return (sum >>> 3) % GROUP === 0;
}

function skipSpaces(text: string, offset: number): number {
  let at = offset;
  while (text.charCodeAt(at) === SPACE) at++;
  return at;
}

/** Lines end with a line feed here: a text with lone carriage returns has fewer cuts. */
function lineAfter(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}
