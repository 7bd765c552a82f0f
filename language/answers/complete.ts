import type { Analysis } from '../rules/rule';
import { type Cursor, nodeAt } from '../syntax/cursor';
import { entriesOf } from '../syntax/path';
import { columnOf } from '../syntax/scan';
import type { Candidate } from './answers';
import { suppressions } from './complete/comments';
import type { Context } from './complete/context';
import { keys } from './complete/keys';
import { snippets } from './complete/snippets';
import { values } from './complete/values';

/** What can be written at the offset, in a text that need not be complete. */
export function complete(analysis: Analysis, offset: number): Candidate[] {
  const { text, tree } = analysis.source;
  const found = nodeAt(tree, offset);
  if (!found) return suppressions(text, offset) ?? [];
  const cursor = found.slot === 'value' ? onValue(found, offset, text) : found;
  if (!cursor) return [];
  const { kind } = analysis.declaration ?? {};
  const [section, name] = cursor.path;
  const steps = kind === 'module' ? 'graph' : kind === 'model' ? 'parts' : undefined;
  const isStep = section === steps && typeof name === 'string';
  const step = isStep ? analysis.inference?.graph.steps.get(name) : undefined;
  const context: Context = { analysis, cursor, offset, step };
  return cursor.slot === 'key'
    ? [...keys(context), ...snippets(context)].map((each) =>
        indented(betweenEntries(each, cursor, text), cursor, text),
      )
    : [...values(context), ...snippets(context)].map((each) => reaching(apart(each, text), offset, text));
}

/** Before a word on the same line that word is meant; before or behind a whole collection nothing can be written. */
function onValue(cursor: Cursor, offset: number, text: string): Cursor | undefined {
  const { node } = cursor;
  if (!node || node.kind === 'scalar') {
    const isBefore = node && offset < node.range.start;
    return isBefore && /^[ \t]*$/.test(text.slice(offset, node.range.start))
      ? { ...cursor, replace: node.range }
      : cursor;
  }
  return offset <= node.range.start || (node.flow && offset >= node.range.end) ? undefined : cursor;
}

/** What is replaced holds the cursor, or editors do not offer it. */
function reaching(candidate: Candidate, offset: number, text: string): Candidate {
  const { replace, insert, plain } = candidate;
  if (replace.start <= offset) return candidate;
  const blanks = insert.startsWith(' ') ? '' : text.slice(offset, replace.start);
  return {
    ...candidate,
    insert: blanks + insert,
    ...(plain === undefined ? {} : { plain: blanks + plain }),
    replace: { start: offset, end: replace.end },
  };
}

/** Right behind a colon a blank comes first. */
function apart(candidate: Candidate, text: string): Candidate {
  const { replace, insert, plain } = candidate;
  if (!/[:,-]/.test(text.charAt(replace.start - 1))) return candidate;
  return { ...candidate, insert: ` ${insert}`, ...(plain === undefined ? {} : { plain: ` ${plain}` }) };
}

/** On a line that does not reach the indentation of its map yet. */
function indented(candidate: Candidate, { node, flow, startsLine }: Cursor, text: string): Candidate {
  const first = node?.kind === 'map' && !node.flow && !flow && startsLine ? node.entries[0] : undefined;
  const missing = first ? columnOf(text, first.range.start) - columnOf(text, candidate.replace.start) : 0;
  if (missing <= 0) return candidate;
  const { insert, plain } = candidate;
  const blanks = ' '.repeat(missing);
  return { ...candidate, insert: blanks + insert, ...(plain === undefined ? {} : { plain: blanks + plain }) };
}

/** In brackets, a comma before and behind where the neighbours stand without. */
function betweenEntries(candidate: Candidate, { flow, node, entry }: Cursor, text: string): Candidate {
  const { replace, insert, plain } = candidate;
  if (!flow || (entry && entriesOf(node).includes(entry))) return candidate;
  const before = /[^{,\s]\s*$/.test(text.slice(0, replace.start)) ? ', ' : '';
  const after = /^[ \t]*[^},\s]/.test(text.slice(replace.end)) ? ', ' : '';
  if (before + after === '') return candidate;
  const put = (each: string) => before + each + after;
  return { ...candidate, insert: put(insert), ...(plain === undefined ? {} : { plain: put(plain) }) };
}
