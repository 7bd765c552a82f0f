import semver from 'semver';
import { choicesOf } from '../versions/resolution/choices';
import { type Rule, replace } from './rule';

export const versionYanked: Rule = {
  id: 'version-yanked',
  group: 'versions',
  severity: 'warning',
  summary: 'A locked version that was withdrawn since.',
  why: 'Its publisher advises against it. It stays for those who have it locked, and nobody else gets it.',
  check(analysis, report) {
    const { resolution, catalogue, source } = analysis;
    if (!resolution || source.origin !== 'workspace') return;
    for (const { slot, published, request } of choicesOf(resolution, catalogue)) {
      const { name, version, yanked } = published;
      if (!request || !yanked) continue;
      const { nameRange, versionRangeAt } = request.reference;
      const newer = catalogue
        .published(name)
        .versions.find((each) => !each.yanked && !semver.prerelease(each.version));
      report({
        range: nameRange,
        message: `\`${name} ${version}\` was withdrawn${yanked.reason === '' ? '' : `: ${yanked.reason}`}`,
        help: `run \`brique lock --update ${name}\``,
        tags: ['deprecated'],
        propose: () =>
          newer && versionRangeAt && request.name === slot
            ? [replace(analysis, versionRangeAt, `^${newer.version}`, `Ask for \`^${newer.version}\``)]
            : [],
      });
    }
  },
};
