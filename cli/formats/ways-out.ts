import type { Finding } from '../../language/answers/answers';
import { rules } from '../../language/rules/rules';
import type { Workspace } from '../../language/workspace';

const ABOUT_VERSIONS = new Set(rules.filter(({ group }) => group === 'versions').map(({ id }) => id));
/** Each is tried on a copy of the workspace. */
const MOST_TRIED = 20;

/** Titles of fixes that were tried, of errors about versions: nobody finds those by looking at the line. */
export function waysOut(findings: readonly Finding[], workspace: Workspace): Map<Finding, string[]> {
  const errors = findings.filter(({ rule, severity }) => severity === 'error' && ABOUT_VERSIONS.has(rule));
  const ways = errors.slice(0, MOST_TRIED).map((finding): [Finding, string[]] => {
    const { file, rule, range } = finding;
    const fixes = workspace
      .fixes(file, range)
      .filter((fix) => fix.rule === rule && fix.range.start === range.start);
    return [finding, [...new Set(fixes.map(({ title }) => title))]];
  });
  return new Map(ways.filter(([, titles]) => titles.length > 0));
}
