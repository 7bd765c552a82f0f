import { commentsInFlow } from '../syntax/flow-comments';
import type { Range } from '../syntax/tree';
import { type Analysis, type FixProposal, type Rule, replace } from './rule';
import { bareTypes } from './type-needs-quotes';

/** What other tools leave in a file. */
const MARK = /^(<{7}(?= )|`{3}).*$/m;
const CONFLICT = 'A merge is not finished here: keep one side, and remove the lines of `<`, `=` and `>`';
const FENCE = 'This line is Markdown around the text: remove it';

/** By the name with the first number behind it that is nowhere a key. */
function renamed(analysis: Analysis, range: Range): FixProposal {
  const { text } = analysis.source;
  const name = text.slice(range.start, range.end);
  const isTaken = (other: string) => new RegExp(`\\b${other.replaceAll(/\W/g, '\\$&')}\\s*:`).test(text);
  let number = 2;
  while (isTaken(`${name}_${number}`)) number++;
  const free = `${name}_${number}`;
  return replace(analysis, range, free, `Rename it to \`${free}\``);
}

const isBlank = (text: string) => text.trim() === '';

export const yamlSyntax: Rule = {
  id: 'yaml-syntax',
  group: 'syntax',
  severity: 'error',
  aboutText: true,
  summary: 'The text is not valid YAML.',
  why: 'What cannot be read cannot be checked; everything that can still be understood stays available.',
  check(analysis, report) {
    const { text, tree } = analysis.source;
    if (tree.problems.length === 0) return;
    // A bare type in a flow map breaks the text behind it.
    if (bareTypes(text).length > 0) return;
    const isBroken = tree.problems.some(({ kind }) => kind === 'syntax');
    const cuts = isBroken ? commentsInFlow(text) : [];
    for (const range of cuts) {
      const first = { start: range.start, end: range.start + 1 };
      report({
        range,
        message: '` #` starts a comment here, so what is open in front of it is never closed',
        propose: () => [replace(analysis, first, '', 'Remove the `#`')],
      });
    }
    // What follows from such a comment is not said too.
    if (cuts.length > 0) return;
    const mark = MARK.exec(text);
    if (mark) {
      const range = { start: mark.index, end: mark.index + mark[0].length };
      report({ range, message: mark[0].startsWith('`') ? FENCE : CONFLICT });
      return;
    }
    const limits = new Set<string>();
    for (const { range, message, kind, mends = [] } of tree.problems) {
      // Where lines are not where they belong, keys come together that do not.
      if (kind === 'duplicate-key' && isBroken) continue;
      // A bound is hit once, however often.
      if (kind === 'limit' && limits.has(message)) continue;
      if (kind === 'limit') limits.add(message);
      report({
        range,
        message,
        propose: () => [
          ...(kind === 'duplicate-key' ? [renamed(analysis, range)] : []),
          ...mends.map(({ title, edit }) => ({
            ...replace(analysis, edit.range, edit.text, title, isBlank(edit.text)),
            uncovers: true,
          })),
        ],
      });
    }
  },
};
