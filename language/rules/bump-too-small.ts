import semver from 'semver';
import type { Range } from '../syntax/tree';
import { leastVersion } from '../versions/judge/bump';
import { bumps, type Change, countsAs } from '../versions/judge/change';
import type { Verdict } from '../versions/judge/judge';
import { asPublished } from '../versions/manifest';
import { type FixProposal, type Report, type Rule, replace } from './rule';

/** Places that are shown at most. */
const MOST_PLACES = 12;
/** Changes for which it is tried to take them back, at most. */
const MOST_RESTORED = 4;

export const bumpTooSmall: Rule = {
  id: 'bump-too-small',
  group: 'versions',
  severity: 'error',
  after: 'any',
  onlyPublishing: true,
  summary: 'A version number that promises more than is kept since the released version before it.',
  why: 'Whoever asks for `^1.2.0` takes every 1.x that follows. What breaks them has to be 2.0.0; what is new, 1.3.0. It can be run as it is, and not be published.',
  check(analysis, report) {
    const { declaration, source, catalogue } = analysis;
    if (declaration?.kind !== 'module' || source.origin !== 'workspace') return;
    const { name, version } = declaration;
    if (!name || !version || !semver.valid(version.value)) return;
    const published = catalogue.published(name.value).versions.filter(({ kind }) => kind === 'module');
    const before = published.find((release) => semver.lte(release.version, version.value));
    const old = before && catalogue.release('module', name.value, before.version);
    if (!old) return;
    const next = { source: asPublished(source, old.declaration) };
    const verdict = analysis.versions.judge({ source: old.source }, next);
    if (verdict?.enough !== false || verdict.least === undefined) return;
    const least = published.some((release) => release.version === verdict.least)
      ? leastVersion(published[0]!.version, verdict.required)
      : verdict.least;
    if (least === undefined) return;
    const causes = causesOf(verdict);
    // What nobody's check sees is advice.
    const isDemanded = verdict.tolerable === false;
    // What publishing adds stands behind all that is written here.
    const isHere = ({ range }: { range: Range }) => range.end <= source.text.length;
    report({
      range: version.range,
      severity: isDemanded ? 'error' : 'warning',
      message: messageOf(version.value, verdict, least, causes),
      related: verdict.changes.flatMap(placeOf).filter(isHere).slice(0, MOST_PLACES),
      propose: (): FixProposal[] => [
        replace(analysis, version.range, least, `Set the version to ${least}`, isDemanded),
        ...causes
          .slice(0, MOST_RESTORED)
          .flatMap((change) => change.fixes())
          .filter(({ edits }) => edits.every(isHere)),
      ],
    });
  },
};

/** What asks for so much, beside that the content of a released version is another. */
function causesOf({ changes, required }: Verdict): Change[] {
  const most = bumps.indexOf(required);
  return changes.filter(
    (change) => change.rule !== 'released-content-changed' && bumps.indexOf(countsAs(change)) >= most,
  );
}

function messageOf(
  version: string,
  { old, required, tolerable }: Verdict,
  least: string,
  [first, ...others]: readonly Change[],
): string {
  const claim =
    version === old ? `${old} is released, and this is not it` : `${version} is too small a step from ${old}`;
  const more = others.length > 0 ? `, and ${others.length} more` : '';
  const cause = first ? `, since ${lowered(first.message)}${more}` : '';
  return `${claim}: it ${tolerable === false ? 'must' : 'should'} be at least ${least} (${required})${cause}`;
}

function placeOf({ next, message, rule }: Change): NonNullable<Report['related']> {
  return next && rule !== 'released-content-changed' ? [{ ...next, message }] : [];
}

function lowered(message: string): string {
  return /^[A-Z][a-z]*\b/.test(message) ? message[0]!.toLowerCase() + message.slice(1) : message;
}
