/** `# brique-ignore rule-id, other-rule: reason`, at the end of a line or on lines of its own above it. */
import { lineMap } from '../syntax/lines';
import type { Range } from '../syntax/tree';

export interface Suppression {
  rule: string;
  /** Of the rule's name in the comment. */
  range: Range;
  /** The line, from 0, whose findings are silenced. */
  line: number;
  reason: string;
}

const comment = /(?:^|\s)#\s*brique-ignore\s+([\w-]+(?:\s*,\s*[\w-]+)*)\s*(?::\s*(.*?))?\s*$/;

export function suppressionsIn(text: string): Suppression[] {
  if (!text.includes('brique-ignore')) return [];
  const lines = text.split('\n');
  const starts = lineMap(text);
  return lines.flatMap((content, index) => {
    const match = comment.exec(content);
    if (!match) return [];
    const from = starts.offset({ line: index, character: content.indexOf(match[1]!, match.index) });
    return [...match[1]!.matchAll(/[\w-]+/g)].map((name) => ({
      rule: name[0],
      range: { start: from + name.index, end: from + name.index + name[0].length },
      line: target(lines, index),
      reason: match[2] ?? '',
    }));
  });
}

/** A comment behind something speaks of its own line, one alone of the next line that says something. */
function target(lines: string[], index: number): number {
  if (!/^\s*#/.test(lines[index]!)) return index;
  const next = lines.findIndex((line, i) => i > index && line.trim() !== '' && !/^\s*#/.test(line));
  return next < 0 ? index : next;
}
