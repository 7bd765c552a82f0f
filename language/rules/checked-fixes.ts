import type { Finding, Fix, TextEdit } from '../answers/answers';
import type { Range } from '../syntax/tree';
import type { Checked } from './rule';

/** Keeps only fixes that help: tried on a copy, the finding is gone and no new error has come in its place. */
export function checkedFixes(
  checked: Checked,
  range: Range,
  recheck: (edits: TextEdit[]) => Finding[],
): Fix[] {
  const fixes: Fix[] = [];
  for (const finding of checked.findings) {
    if (!finding.propose || finding.range.end < range.start || finding.range.start > range.end) continue;
    const same = (other: { rule: string; message: string }) =>
      other.rule === finding.rule && other.message === finding.message;
    const before = checked.findings.filter(same).length;
    const errorsBefore = checked.findings.filter((other) => other.severity === 'error').length;
    for (const { title, safe = false, edits } of finding.propose()) {
      const after = recheck(edits);
      const errorsAfter = after.filter((other) => other.severity === 'error').length;
      const helps = after.filter(same).length < before;
      const harms =
        errorsAfter > errorsBefore || (finding.severity === 'error' && errorsAfter >= errorsBefore);
      if (helps && !harms) fixes.push({ title, rule: finding.rule, range: finding.range, safe, edits });
    }
  }
  return fixes;
}
