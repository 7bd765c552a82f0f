/** `# brique-ignore rule-id, other-rule: reason`, at the end of a line or on lines of its own above it. */
import type { SourceFile } from '../names/source-file';
import { lineMap } from '../syntax/lines';
import { lineStart, nextLine, trimEnd } from '../syntax/scan';
import type { Range } from '../syntax/tree';
import type { FixProposal } from './rule';

export interface Suppression {
  rule: string;
  /** Of the rule's name in the comment. */
  range: Range;
  /** The line, from 0, whose findings are silenced. */
  line: number;
  reason: string;
  /** How many more rules the comment names. */
  others: number;
  /** From the `#` to the end of the line. */
  comment: Range;
}

/** In a line without blanks at its end. */
const comment = /(?:^|\s)#\s*brique-ignore\s+([\w-]+(?:\s*,\s*[\w-]+)*)\s*(?::\s*(.*))?$/;

export function suppressionsIn(text: string): Suppression[] {
  if (!text.includes('brique-ignore')) return [];
  const lines = text.replace(/^\ufeff/, '').split('\n');
  const starts = lineMap(text);
  const targets = targetsOf(lines);
  return lines.flatMap((content, index) => {
    const match = content.includes('brique-ignore') ? comment.exec(content.trimEnd()) : undefined;
    if (!match) return [];
    const from = starts.offset({ line: index, character: content.indexOf(match[1]!, match.index) });
    const names = [...match[1]!.matchAll(/[\w-]+/g)];
    const start = starts.offset({ line: index, character: content.indexOf('#', match.index) });
    const end = starts.offset({ line: index, character: content.trimEnd().length });
    return names.map((name) => ({
      rule: name[0],
      range: { start: from + name.index, end: from + name.index + name[0].length },
      line: targets[index]!,
      reason: match[2] ?? '',
      others: names.length - 1,
      comment: { start, end },
    }));
  });
}

/** The name goes from its comment; the comment with its last name, and the line with a comment that is alone on it. */
export function removal({ range, others, comment }: Suppression, { file, text }: SourceFile): FixProposal {
  const title = 'Remove the comment that silences nothing';
  if (others > 0) {
    const after = /^\s*,\s*/.exec(text.slice(range.end, comment.end));
    const before = /\s*,\s*$/.exec(text.slice(comment.start, range.start));
    const start = after ? range.start : range.start - (before?.[0].length ?? 0);
    const edit = { file, range: { start, end: range.end + (after?.[0].length ?? 0) }, text: '' };
    return { title, safe: true, edits: [edit] };
  }
  const isAlone = text.slice(lineStart(text, comment.start), comment.start).trim() === '';
  const start = isAlone ? lineStart(text, comment.start) : trimEnd(text, 0, comment.start);
  const end = isAlone ? nextLine(text, comment.end) : comment.end;
  return { title, safe: true, edits: [{ file, range: { start, end }, text: '' }] };
}

/**
 * For each line, the line that a comment in it speaks of: behind something its own line, alone the next line that says
 * something.
 */
function targetsOf(lines: string[]): number[] {
  const targets: number[] = [];
  let next: number | undefined;
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index]!;
    const isComment = /^\s*#/.test(line);
    targets[index] = isComment ? (next ?? index) : index;
    if (!isComment && line.trim() !== '') next = index;
  }
  return targets;
}
