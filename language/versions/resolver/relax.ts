import semver from 'semver';
import type { Explanation } from './explain';
import { solve } from './solve';
import type { Preferences, Request, Universe } from './universe';

/** Another range for one request, with which everything was solved. */
export interface Relaxation {
  request: Request;
  range: string;
}

/** Ranges tried for one request. Each costs a solution. */
const attempts = 6;

/**
 * What helps: for each request of the conflict, the caret range nearest to the newest version with which the whole
 * composition resolves. Only what was solved is offered.
 */
export function relaxations(
  universe: Universe,
  requests: readonly Request[],
  failed: Explanation,
  preferences: Preferences = {},
): Relaxation[] {
  const involved = requests.filter((request) =>
    failed.requests.some((each) => each.name === request.name && each.asker === request.asker),
  );
  return involved.flatMap((request) => {
    const others = requests.filter((each) => each !== request);
    for (const range of alternatives(universe, request).slice(0, attempts)) {
      const solution = solve(universe, [...others, { ...request, range }], preferences);
      if (solution.status === 'solved') return [{ request, range }];
    }
    return [];
  });
}

/** Caret ranges, one for each line of compatible versions, newest first. */
function alternatives(universe: Universe, request: Request): string[] {
  const versions = (universe.releases(request.name) ?? [])
    .filter((release) => !release.yanked)
    .map(({ version }) => version)
    .filter((version) => semver.valid(version) !== null);
  const lines = new Map<string, string>();
  for (const version of semver.rsort(versions)) {
    const { major, minor, patch } = semver.parse(version)!;
    const line = major > 0 ? `${major}` : minor > 0 ? `0.${minor}` : `0.0.${patch}`;
    lines.set(line, version);
  }
  // The lowest version of each line: the widest promise that the line makes.
  const ranges = [...lines.values()].map((lowest) => `^${lowest}`);
  return ranges.filter((range) => range !== request.range && !same(range, request.range));
}

function same(a: string, b: string): boolean {
  return semver.validRange(b) !== null && new semver.Range(a).range === new semver.Range(b).range;
}
