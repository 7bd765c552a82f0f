import semver from 'semver';
import { brickIn } from '../names/reference';
import { type Rule, replace } from './rule';

export const rangeAdmitsBreakage: Rule = {
  id: 'range-admits-breakage',
  group: 'versions',
  severity: 'warning',
  summary: 'A range that allows a version whose types do not fit here.',
  why: 'That version is passed over, and an older one taken, each time that versions are chosen. A range that leaves it out says so to whoever reads it, and to tools that know nothing of types.',
  check(analysis, report) {
    const { resolution, source, declaration } = analysis;
    if (!resolution || resolution.conflict || source.origin !== 'workspace') return;
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
        const tight = `${request!.range} <${newer[0]}`;
        report({
          range: at,
          message: `\`${brickIn(slot)}\` in \`${request!.range}\` may be ${newer.join(' or ')}, which does not fit here: ${reason}; ${taken} is taken`,
          propose: () =>
            semver.validRange(tight) === null
              ? []
              : [replace(analysis, at, tight, `Ask for \`${tight}\``, true)],
        });
        break;
      }
    }
  },
};
