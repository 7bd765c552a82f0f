import semver from 'semver';
import { namedBricks } from './references';
import { type Rule, replace } from './rule';

export const rangeUnbounded: Rule = {
  id: 'range-unbounded',
  group: 'versions',
  severity: 'warning',
  summary: 'A brick is taken in whichever version there will be.',
  why: 'A next major version may change ports or meaning, and would be taken without anyone having looked.',
  check(analysis, report) {
    for (const { reference, lookup } of namedBricks(analysis)) {
      if (lookup.status !== 'found' || !isUnbounded(reference.versionRange)) continue;
      const version = lookup.declaration.version?.value;
      const caret = semver.valid(version) ? `^${version}` : undefined;
      const { nameRange, versionRangeAt } = reference;
      const range = { start: nameRange.start, end: versionRangeAt?.end ?? nameRange.end };
      report({
        range,
        message: `\`${reference.name}\` is taken in any version${caret ? `; \`@${caret}\` keeps to this one's major` : ''}`,
        propose: () =>
          caret ? [replace(analysis, range, `${reference.name}@${caret}`, `Keep to \`${caret}\``, true)] : [],
      });
    }
  },
};

/** Whether some part of the range has no upper end. */
function isUnbounded(written: string | undefined): boolean {
  if (written === undefined) return true;
  // Parsing a range costs more than all else here.
  if (/^[~^]?\d+(\.\d+){0,2}$/.test(written)) return false;
  const range = semver.validRange(written) === null ? undefined : new semver.Range(written);
  return (
    range?.set.some((set) => !set.some(({ operator }) => operator !== '>' && operator !== '>=')) ?? false
  );
}
