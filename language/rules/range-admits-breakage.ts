import semver from 'semver';
import { brickIn } from '../names/reference';
import type { Range } from '../syntax/tree';
import type { PassedOver } from '../versions/resolution/bases';
import { type Analysis, type Report, type Rule, replace } from './rule';

export const rangeAdmitsBreakage: Rule = {
  id: 'range-admits-breakage',
  group: 'versions',
  severity: 'warning',
  summary: 'A range that allows a version whose types do not fit here.',
  why: 'That version is passed over, and an older one taken, each time that versions are chosen. A range that leaves it out says so to whoever reads it, and to tools that know nothing of types.',
  check(analysis, report) {
    const { resolution, source, declaration } = analysis;
    if (!resolution || resolution.conflict || source.origin !== 'workspace') return;
    for (const { published, request, through, passedOver = [] } of resolution.bases) {
      const at = request.reference.versionRangeAt;
      if (through === undefined && at && passedOver.length > 0)
        report(
          admitting(
            analysis,
            { name: published.name, range: request.range, at },
            published.version,
            passedOver,
          ),
        );
    }
    const { refutations, requests, versions } = resolution;
    const said = new Set<string>();
    for (const { versions: refuted, reason } of refutations) {
      for (const [slot, others] of refuted) {
        const taken = versions.get(slot);
        const request = requests.find(({ name }) => name === slot);
        const at = request?.reference.versionRangeAt;
        if (taken === undefined || !at || others.includes(taken) || said.has(slot)) continue;
        // What the composition inherits is said where it is written.
        if (declaration?.kind === 'model' && at.start > source.text.length) continue;
        const newer = others.filter((version) => semver.gt(version, taken)).sort(semver.compare);
        if (newer.length === 0) continue;
        said.add(slot);
        const over = newer.map((version) => ({ version, reason }));
        report(admitting(analysis, { name: brickIn(slot), range: request!.range, at }, taken, over));
        break;
      }
    }
  },
};

/** Versions that the range allows and that are not taken, and the one that is. */
function admitting(
  analysis: Analysis,
  { name, range, at }: { name: string; range: string; at: Range },
  taken: string,
  over: readonly PassedOver[],
): Report {
  const versions = over.map(({ version }) => version).sort(semver.compare);
  const tight = `${range} <${versions[0]}`;
  return {
    range: at,
    message: `\`${name}\` in \`${range}\` may be ${versions.join(' or ')}, which does not fit here: ${over[0]!.reason}; ${taken} is taken`,
    propose: () =>
      semver.validRange(tight) === null ? [] : [replace(analysis, at, tight, `Ask for \`${tight}\``, true)],
  };
}
