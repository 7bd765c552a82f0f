import type { Finding } from '../answers/answers';
import { lineMap } from '../syntax/lines';
import type { Range } from '../syntax/tree';
import type { Analysis, Checked } from './rule';
import { rules } from './rules';

/**
 * Runs every rule. One mistake gives one finding: where two rules speak of the same place, the one listed first
 * is heard, and where the text cannot be read, nothing that touches the same line is said about its meaning.
 */
export function check(analysis: Analysis): Checked['findings'] {
  const findings: Checked['findings'] = [];
  const taken = new Set<string>();
  const broken = new Set<number>();
  const lines = lineMap(analysis.source.text);
  const lineOf = (range: Range) => lines.place(range.start).line;
  for (const rule of rules) {
    const found: Checked['findings'] = [];
    rule.check(analysis, ({ range, severity, related, ...report }) => {
      const place = `${range.start}-${range.end}`;
      if (taken.has(place) || (rule.severity === 'error' && broken.has(lineOf(range)))) return;
      const finding: Finding = {
        rule: rule.id,
        severity: severity ?? rule.severity,
        file: analysis.source.file,
        range,
        related: related ?? [],
        ...report,
      };
      found.push(finding);
    });
    for (const finding of found) {
      if (finding.severity === 'error') taken.add(`${finding.range.start}-${finding.range.end}`);
      if (rule.aboutText && finding.severity === 'error') broken.add(lineOf(finding.range));
    }
    findings.push(...found);
  }
  return findings.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}
