import type { Gradual } from '../gradual';
import { lineMap } from '../syntax/lines';
import { contains } from '../syntax/ranges';
import { wholeCharacters } from '../syntax/scan';
import type { Range } from '../syntax/tree';
import { brokenPlaces } from './broken-places';
import { Heard } from './heard';
import { heir, isInherited, placed } from './inherited';
import { Comparison, Looked, Seen } from './looked';
import { Noting } from './noting';
import type { Analysis, Checked } from './rule';
import { rules } from './rules';
import { removal, type Suppression, suppressionsIn } from './suppressions';
import { unusedSuppression } from './unused-suppression';

const always = new Set(rules.filter((rule) => rule.aboutText).map((rule) => rule.id));

/** So often in a row a rule may have had something else to look at; then it is given another chance now and then. */
const FEW_MISSES = 2;
const MANY_MISSES = 8;

type Findings = Checked['findings'];

/**
 * Runs every rule. One mistake gives one finding: where two rules speak of the same place, the one listed first
 * is heard, and while the text itself cannot be read, nothing is said about what it means.
 *
 * Rule by rule; not those that found nothing `before` and have the same to look at. What a base says wrongly is said there: a composition that extends it has that finding among its `inherited`.
 */
export function* checking(
  analysis: Analysis,
  before?: Looked,
): Gradual<{ findings: Findings; inherited: Findings; looked: Looked | undefined }> {
  const { file } = analysis.source;
  const findings: Findings = [];
  const heard = new Heard();
  const broken = brokenPlaces(analysis);
  const looked = before && new Looked(analysis);
  const noting = looked && new Noting(analysis, looked);
  const comparison = looked && new Comparison(before, looked, analysis);
  let unreadable = false;
  for (const rule of rules) {
    if (unreadable && !rule.aboutText) continue;
    if (rule.optIn && !analysis.severities[rule.id]) continue;
    if ((broken.isWhole && !rule.structural && !rule.aboutText) || heard.isBefore(rule)) continue;
    const last = before?.rules.get(rule.id);
    if (last && comparison?.holds(last)) {
      looked?.rules.set(rule.id, last);
      continue;
    }
    const misses = (before?.misses.get(rule.id) ?? 0) + 1;
    looked?.misses.set(rule.id, misses);
    // Who types at one place changes what the same rules look at; to note it costs more than to look again.
    const notes = misses <= FEW_MISSES || misses % MANY_MISSES === 0 ? noting : undefined;
    const found: Findings = [];
    const seen = new Seen();
    const ownLooks = analysis.ownLooks();
    let isSilent = true;
    yield;
    rule.check(
      notes?.forRule(seen) ?? analysis,
      ({ range: place, severity = rule.severity, related = [], ...report }) => {
        isSilent = false;
        const range = place.end > analysis.source.text.length ? place : visible(place, analysis.source.text);
        if (severity === 'error' && !rule.structural && heard.isKnown(report.names ?? [], { file, range }))
          return;
        if (heard.covers(range)) return;
        if (!rule.structural && !rule.aboutText && broken.items.some((item) => contains(item, range))) return;
        const finding = { rule: rule.id, severity, file, range, related: [...related], ...report };
        heard.addNames(finding);
        found.push(finding);
      },
    );
    if (notes && isSilent && analysis.ownLooks() === ownLooks) looked?.rules.set(rule.id, seen);
    if (notes) notes.seen = new Seen();
    for (const finding of found) heard.add(finding);
    unreadable ||= rule.aboutText === true && found.length > 0;
    findings.push(...found);
  }
  const { own, inherited } = byOrigin(findings, analysis);
  const left = weighed(unreadable ? own : withoutSuppressed(own, analysis), analysis);
  return {
    findings: left.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end),
    inherited: weighed(inherited, analysis),
    looked,
  };
}

function byOrigin(findings: Findings, analysis: Analysis): { own: Findings; inherited: Findings } {
  const model = heir(analysis.declaration);
  if (!model) return { own: findings, inherited: [] };
  const said = new Set(
    model.layers.flatMap(({ file }) => analysis.found(file)).map(({ rule, message }) => `${rule} ${message}`),
  );
  const isSaid = (finding: Findings[number]) =>
    isInherited(finding, model) && said.has(`${finding.rule} ${finding.message}`);
  return {
    own: findings.filter((finding) => !isSaid(finding)).map((finding) => placed(finding, model)),
    inherited: findings.filter(isSaid).map((finding) => placed(finding, model)),
  };
}

/** Leaves out what comments silence, and reports comments that silence nothing. */
function withoutSuppressed(findings: Findings, { source, ruleIds }: Analysis): Findings {
  const suppressions = suppressionsIn(source.text).filter(({ reason }) => reason !== '');
  if (suppressions.length === 0) return findings;
  const lines = lineMap(source.text);
  const used = new Set<object>();
  const byPlace = new Map<string, Suppression>();
  for (const suppression of suppressions.toReversed())
    byPlace.set(`${suppression.line} ${suppression.rule}`, suppression);
  const kept = findings.filter((finding) => {
    const by = byPlace.get(`${lines.place(finding.range.start).line} ${finding.rule}`);
    if (by) used.add(by);
    return !by;
  });
  for (const suppression of suppressions) {
    if (used.has(suppression) || !ruleIds.includes(suppression.rule)) continue;
    const { rule, range } = suppression;
    const message = `Nothing here is found by \`${rule}\`, so the comment can go`;
    const { id, severity } = unusedSuppression;
    const propose = () => [removal(suppression, source)];
    kept.push({
      rule: id,
      severity,
      file: source.file,
      range,
      related: [],
      message,
      tags: ['unnecessary'],
      propose,
    });
  }
  return kept;
}

/** With the weight that the workspace gives each rule. What makes a file unreadable always counts. */
function weighed(findings: Findings, { severities }: Analysis): Findings {
  return findings.flatMap((finding) => {
    const severity = always.has(finding.rule) ? undefined : severities[finding.rule];
    return severity === 'off' ? [] : [severity ? { ...finding, severity } : finding];
  });
}

/** A place between two characters cannot be underlined: it takes the character before it on its line, or the next. */
function visible({ start, end }: Range, text: string): Range {
  if (start < end) return { start, end };
  const before = text[start - 1];
  const shown =
    before === undefined || before === '\n'
      ? { start, end: Math.min(start + 1, text.length) }
      : { start: start - 1, end };
  return wholeCharacters(text, shown);
}
