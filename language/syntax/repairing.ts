import { YAMLException } from 'js-yaml';
import { readBroken } from './broken';
import { MAX_DEPTH, TreeBuilder } from './builder';
import { explained } from './explained';
import { type Repair, repair, restoreQuotes } from './repair';
import type { SyntaxProblem, Tree, TreeNode } from './tree';
import { readValid } from './valid';

const MOST_REPAIRS = 3;

type Read = Pick<Tree, 'root' | 'problems'>;

/**
 * Reads; where that fails, makes the commonest slips good and reads again, so that one slip is one problem; without
 * `isGuessing` takes what can be read as it is.
 */
export function readRepairing(text: string, isGuessing = true): Tree {
  const failure = tryValid(text);
  if (!('reason' in failure)) return { text, ...failure };
  if (failure.reason.includes('maxDepth')) return tooDeep(text, placeOf(failure));
  if (isTooLong(text)) return { text, root: undefined, problems: [saidOf(failure, text)] };
  if (!isGuessing) return { text, ...readDespite(text, failure) };
  const repairs = repairsOf(text, failure);
  const current = repairs.at(-1)?.text ?? text;
  const read = repairs.length > 0 ? tryValid(current) : failure;
  const isWhole = !('reason' in read);
  const slip = repairs.length === 1 && isWhole ? undefined : explained(text, failure);
  const { root, problems } = isWhole ? read : readDespite(current, read);
  const own = repairs.map(problemOf);
  return {
    text,
    root: restored(root, text, repairs),
    problems: slip
      ? [slip, ...problems.filter(({ kind }) => kind === 'limit')]
      : [...own, ...(isWhole ? problems : firstOf(problems, own.length))],
  };
}

/** Characters put in place of others until the text can be read, or no further. */
function repairsOf(text: string, reason: YAMLException): Repair[] {
  const repairs: Repair[] = [];
  let current = text;
  let failure: Read | YAMLException = reason;
  while ('reason' in failure && repairs.length < MOST_REPAIRS) {
    const next = repair(current, placeOf(failure));
    if (!next) break;
    const then = tryValid(next.text);
    // A repair that does not get a parser further was none.
    if ('reason' in then && placeOf(then) <= placeOf(failure)) break;
    repairs.push(next);
    current = next.text;
    failure = then;
  }
  return repairs;
}

/** What one slip makes a parser say a second time is left out. */
function firstOf(problems: SyntaxProblem[], before: number): SyntaxProblem[] {
  let slips = before;
  return problems.filter(({ kind }) => kind !== 'syntax' || ++slips <= 1);
}

/** Undefined for a text that is not YAML. */
export function readWhole(text: string): Tree | undefined {
  const read = tryValid(text);
  return 'reason' in read ? undefined : { text, ...read };
}

export function tryValid(text: string): Read | YAMLException {
  const builder = new TreeBuilder(text);
  try {
    return { root: readValid(builder), problems: builder.problems };
  } catch (error) {
    if (error instanceof YAMLException) return error;
    throw error;
  }
}

function readDespite(text: string, reason: YAMLException): Read {
  const builder = new TreeBuilder(text);
  const root = readBroken(builder);
  if (builder.problems.length === 0) builder.problems.push(saidOf(reason, text));
  return { root, problems: builder.problems };
}

/** What is broken takes long to read where it is as long as this, or one such line, which nobody wrote by hand. */
const LONGEST = 2 ** 17;
const LONGEST_LINE = 2 ** 14;

function isTooLong(text: string): boolean {
  if (text.length <= LONGEST_LINE) return false;
  return text.length > LONGEST || text.split('\n').some((line) => line.length > LONGEST_LINE);
}

function saidOf(reason: YAMLException, text: string): SyntaxProblem {
  const start = Math.min(placeOf(reason), text.length);
  return { range: { start, end: start }, message: sentence(reason.reason), kind: 'syntax' };
}

function restored(root: TreeNode | undefined, text: string, repairs: Repair[]): TreeNode | undefined {
  const quotes = new Set(repairs.flatMap(({ quote }) => quote ?? []));
  if (quotes.size > 0) restoreQuotes(root, text, quotes);
  return root;
}

function problemOf({ range, message }: Repair): SyntaxProblem {
  return { range, message, kind: 'syntax' };
}

export function tooDeep(text: string, start: number): Tree {
  const message = `Maps and lists are nested more than ${MAX_DEPTH} deep`;
  return { text, root: undefined, problems: [{ range: { start, end: start }, message, kind: 'limit' }] };
}

export function placeOf(error: YAMLException): number {
  return error.mark?.position ?? 0;
}

function sentence(reason: string): string {
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}
