import type { Range } from '../syntax/tree';
import type { Analysis, Checked } from './rule';
import { rules } from './rules';

/**
 * Runs every rule. One mistake gives one finding: where two rules speak of the same place, the one listed first
 * is heard, and while the text itself cannot be read, nothing is said about what it means.
 */
export function check(analysis: Analysis): Checked['findings'] {
  const findings: Checked['findings'] = [];
  const errors: Range[] = [];
  let unreadable = false;
  for (const rule of rules) {
    if (unreadable && !rule.aboutText) continue;
    const found: Checked['findings'] = [];
    rule.check(analysis, ({ range: place, severity = rule.severity, related = [], ...report }) => {
      const range = visible(place, analysis.source.text);
      if (errors.some((error) => error.start <= range.start && range.end <= error.end)) return;
      found.push({ rule: rule.id, severity, file: analysis.source.file, range, related, ...report });
    });
    errors.push(...found.filter((finding) => finding.severity === 'error').map((finding) => finding.range));
    unreadable ||= rule.aboutText === true && found.length > 0;
    findings.push(...found);
  }
  return findings.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

/** A place between two characters cannot be underlined: it takes the character before it on its line, or the next. */
function visible({ start, end }: Range, text: string): Range {
  if (start < end) return { start, end };
  const before = text[start - 1];
  return before === undefined || before === '\n'
    ? { start, end: Math.min(start + 1, text.length) }
    : { start: start - 1, end };
}
