/** Ways not to hear a finding: here, with a reason, or a rule in the whole workspace. */
import type { Finding, TextEdit } from '../answers/answers';
import type { SourceFile } from '../names/source-file';
import { applyEdits, insertAt, replaceValue } from '../syntax/edits';
import { entryAt } from '../syntax/path';
import { lineBreak, lineEnd, lineStart, skipBlanks, trimEnd } from '../syntax/scan';

/** A comment that still lacks its reason. */
export interface Ignoring {
  edit: TextEdit;
  /** The text after the edit, and the place in it where the reason goes. */
  text: string;
  reasonAt: number;
}

/**
 * A comment behind the line of a finding, or above it, that silences it once a reason is written: both are tried with
 * one. Undefined where neither does, as within a text of several lines.
 */
export function ignoring(
  source: SourceFile,
  finding: Pick<Finding, 'rule' | 'range'>,
  isSilent: (edit: TextEdit) => boolean,
): Ignoring | undefined {
  const { text, file } = source;
  const comment = `# brique-ignore ${finding.rule}: `;
  const start = lineStart(text, finding.range.start);
  const end = trimEnd(text, start, lineEnd(text, start));
  const indent = text.slice(start, skipBlanks(text, start));
  const behind = {
    range: { start: end, end: lineEnd(text, start) },
    text: ` ${comment}`,
    reason: 1 + comment.length,
  };
  const above = {
    range: { start, end: start },
    text: `${indent}${comment}${lineBreak(text)}`,
    reason: indent.length + comment.length,
  };
  for (const { reason, ...edit } of [behind, above]) {
    const reasoned = edit.text.replace(comment, `${comment}tried`);
    if (!isSilent({ file, ...edit, text: reasoned })) continue;
    return {
      edit: { file, ...edit },
      text: applyEdits(text, [edit]),
      reasonAt: edit.range.start + reason,
    };
  }
  return undefined;
}

/** The edit of a workspace file that turns a rule off. */
export function turningOff({ file, tree }: SourceFile, rule: string): TextEdit | undefined {
  const written = entryAt(tree, ['rules', rule]);
  const edit = written?.value
    ? replaceValue(written.value, 'off')
    : entryAt(tree, ['rules'])
      ? insertAt(tree, ['rules'], rule, 'off')
      : insertAt(tree, [], 'rules', `{ ${rule}: off }`);
  return edit && { file, ...edit };
}
