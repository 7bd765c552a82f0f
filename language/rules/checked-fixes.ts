import type { Finding, Fix, TextEdit } from '../answers/answers';
import type { Range } from '../syntax/tree';
import type { Checked } from './rule';

/** What is found before and after edits, in all files that they concern. */
export interface Rechecked {
  before: Finding[];
  after: Finding[];
}

/**
 * Keeps only fixes that help: tried on a copy, the finding is gone and no new error has come in its place. What calls
 * itself safe, and brings any new finding, is not.
 */
export function checkedFixes(
  checked: Checked,
  range: Range,
  recheck: (edits: TextEdit[]) => Rechecked,
): Fix[] {
  const fixes: Fix[] = [];
  for (const finding of checked.findings) {
    if (!finding.propose || finding.range.end < range.start || finding.range.start > range.end) continue;
    for (const { title, safe = false, uncovers = false, edits } of finding.propose()) {
      const { before, after } = recheck(edits);
      if (countOf(after, finding) >= countOf(before, finding)) continue;
      const left = uncovers ? after.filter((other) => !isUncovered(other, before, edits)) : after;
      const [errorsBefore, errorsAfter] = [errorsIn(before), errorsIn(left)];
      if (finding.severity === 'error' ? errorsAfter >= errorsBefore : errorsAfter > errorsBefore) continue;
      const bringsNone = after.every((other) => countOf(after, other) <= countOf(before, other));
      fixes.push({ title, rule: finding.rule, range: finding.range, safe: safe && bringsNone, edits });
    }
  }
  return fixes;
}

/** What was there before, and could not be seen: it does not touch what is written anew. */
function isUncovered(error: Finding, before: Finding[], [edit]: TextEdit[]): boolean {
  if (!edit || error.file !== edit.file || countOf(before, error) > 0) return false;
  const { start } = edit.range;
  return error.range.end < start || error.range.start > start + edit.text.length;
}

function countOf(findings: Finding[], { rule, message }: Finding): number {
  return findings.filter((other) => other.rule === rule && other.message === message).length;
}

function errorsIn(findings: Finding[]): number {
  return findings.filter(({ severity }) => severity === 'error').length;
}
