import assert from 'node:assert/strict';
import semver from 'semver';
import { explain } from '../../../language/versions/resolver/explain';
import { relaxations } from '../../../language/versions/resolver/relax';
import { solve } from '../../../language/versions/resolver/solve';
import type { Preferences, Release, Request, Universe } from '../../../language/versions/resolver/universe';

type Written = Record<string, Record<string, Record<string, string>>>;

/** A universe from `{ name: { version: { needed: range } } }`. */
function universe(
  written: Written,
  change: (name: string, release: Release) => Release = (_, r) => r,
): Universe {
  const releases = new Map(
    Object.entries(written).map(([name, versions]) => [
      name,
      Object.entries(versions).map(([version, requires]) =>
        change(name, {
          version,
          requires: Object.entries(requires).map(([needed, range]) => ({ name: needed, range })),
        }),
      ),
    ]),
  );
  return { releases: (name) => releases.get(name) };
}

function asking(...requests: [name: string, range: string][]): Request[] {
  return requests.map(([name, range], index) => ({ name, range, asker: `line ${index + 8}` }));
}

function chosen(from: Universe, requests: Request[], preferences?: Preferences): Record<string, string> {
  const solution = solve(from, requests, preferences);
  assert.equal(solution.status, 'solved');
  return solution.status === 'solved' ? Object.fromEntries(solution.versions) : {};
}

function reason(from: Universe, requests: Request[]) {
  const solution = solve(from, requests);
  if (solution.status === 'solved') throw new Error('Expected no solution');
  return explain(solution.conflict, solution.table);
}

describe('the resolver', () => {
  it('takes the highest stable version in the range', () => {
    const from = universe({ a: { '1.0.0': {}, '1.2.0': {}, '1.3.0-rc.1': {}, '2.0.0': {} } });
    assert.deepEqual(chosen(from, asking(['a', '^1'])), { a: '1.2.0' });
    assert.deepEqual(chosen(from, asking(['a', '^1.3.0-rc.0'])), { a: '1.3.0-rc.1' });
  });

  it('keeps what is locked, takes a source of the workspace before both', () => {
    const versions: Written = { a: { '1.0.0': {}, '1.1.0': {}, '1.2.0': {} } };
    const locked = new Map([['a', '1.1.0']]);
    assert.deepEqual(chosen(universe(versions), asking(['a', '^1']), { locked }), { a: '1.1.0' });
    const local = universe(versions, (_, release) => ({ ...release, local: release.version === '1.0.0' }));
    assert.deepEqual(chosen(local, asking(['a', '^1']), { locked }), { a: '1.0.0' });
  });

  it('takes a withdrawn version only where it is locked', () => {
    const from = universe({ a: { '1.0.0': {}, '1.1.0': {} } }, (_, release) => ({
      ...release,
      yanked: release.version === '1.1.0',
    }));
    assert.deepEqual(chosen(from, asking(['a', '^1'])), { a: '1.0.0' });
    assert.deepEqual(chosen(from, asking(['a', '^1']), { locked: new Map([['a', '1.1.0']]) }), {
      a: '1.1.0',
    });
    assert.match(reason(from, asking(['a', '1.1.0'])).lines.join(' '), /a 1\.1\.0 was withdrawn/);
  });

  it('falls back to an older version where the newest does not fit the wires', () => {
    const from = universe({ encoder: { '2.1.0': {}, '3.0.0': {} }, head: { '1.5.0': {} } });
    const refute: Preferences['refute'] = (versions) =>
      versions.get('encoder') === '3.0.0' && versions.has('head')
        ? {
            versions: new Map([
              ['encoder', ['3.0.0']],
              ['head', [versions.get('head')!]],
            ]),
            reason: 'encoder 3.0.0 gives 1024 where head 1.5.0 takes 768',
          }
        : undefined;
    const requests = asking(['encoder', '>=2'], ['head', '*']);
    assert.deepEqual(chosen(from, requests, { refute }), { encoder: '2.1.0', head: '1.5.0' });
    const only = solve(from, asking(['encoder', '^3'], ['head', '*']), { refute });
    assert.equal(only.status, 'unsolvable');
    if (only.status === 'unsolvable')
      assert.match(
        explain(only.conflict, only.table).lines.join('\n'),
        /gives 1024 where head 1\.5\.0 takes 768/,
      );
  });

  it('tells a conflict with both ranges and who asks, and offers what was solved', () => {
    const from = universe({
      'ner-head': {
        '1.4.0': { wordpiece: '^1.2.0' },
        '1.5.0': { wordpiece: '^1.2.0' },
        '2.0.0': { wordpiece: '^2' },
      },
      'sentiment-head': {
        '2.3.0': { wordpiece: '^1' },
        '3.1.0': { wordpiece: '>=2.0.0' },
        '3.2.0': { wordpiece: '>=2.0.0' },
      },
      wordpiece: { '1.2.0': {}, '2.0.0': {} },
    });
    const requests = asking(['ner-head', '^1.4.0'], ['sentiment-head', '^3.1.0']);
    const told = reason(from, requests);
    assert.equal(told.kind, 'conflict');
    assert.equal(told.about, 'wordpiece');
    assert.deepEqual(told.lines, [
      'Because every version of ner-head in ^1.4.0 requires wordpiece ^1.2.0',
      'and every version of sentiment-head in ^3.1.0 requires wordpiece >=2.0.0,',
      'ner-head ^1.4.0 (line 8) and sentiment-head ^3.1.0 (line 9) cannot all be had.',
    ]);
    assert.deepEqual(
      relaxations(from, requests, told).map(({ request, range }) => `${request.name} ${range}`),
      ['ner-head ^2.0.0', 'sentiment-head ^2.3.0'],
    );
  });

  it('tells what does not exist from what does not go together', () => {
    const from = universe({ a: { '1.0.0': {}, '1.1.0': { b: '^9' } }, b: { '1.0.0': {} } });
    assert.equal(reason(from, asking(['c', '^1'])).kind, 'unknown');
    const missing = reason(from, asking(['a', '^5']));
    assert.equal(missing.kind, 'no-version');
    assert.deepEqual(missing.lines, ['No version of a is in ^5; there are 1.0.0, 1.1.0']);
    assert.deepEqual(chosen(from, asking(['a', '^1'])), { a: '1.0.0' });
    assert.match(
      reason(from, asking(['a', '1.1.0'])).lines[0]!,
      /requires b \^9, and no version of b is in \^9/,
    );
  });

  it('never says more than four lines, and never an empty set', () => {
    for (let seed = 1; seed <= 3000; seed++) {
      const { from, requests } = randomCase(seed);
      const solution = solve(from, requests);
      if (solution.status === 'solved') continue;
      const { lines, proof, requests: asked } = explain(solution.conflict, solution.table);
      assert.ok(lines.length > 0 && lines.length <= 4, lines.join('\n'));
      assert.ok(!/∅|undefined|<0\.0\.0-0/.test(lines.join('\n') + proof.join('\n')), proof.join('\n'));
      assert.ok(asked.length > 0, 'somebody asked for it');
    }
  });

  it('agrees with trying every combination, on 20,000 small registries with wires', () => {
    let solved = 0;
    for (let seed = 1; seed <= 20_000; seed++) {
      const { from, names, requests, refute, holds } = randomCase(seed);
      const solution = solve(from, requests, { refute });
      assert.equal(solution.status === 'solved', possible(from, names, holds), `seed ${seed}`);
      if (solution.status !== 'solved') continue;
      solved += 1;
      assert.ok(holds(solution.versions), `seed ${seed}`);
    }
    assert.ok(solved > 5000 && solved < 15_000, `${solved} of them have a solution`);
  });

  it('gives the same answer whatever the order of the releases', () => {
    for (let seed = 1; seed <= 500; seed++) {
      const { from, requests } = randomCase(seed);
      const reversed: Universe = { releases: (name) => [...(from.releases(name) ?? [])].reverse() };
      const [a, b] = [solve(from, requests), solve(reversed, requests)];
      assert.equal(a.status, b.status);
      if (a.status === 'solved' && b.status === 'solved') assert.deepEqual([...a.versions], [...b.versions]);
    }
  });
});

const someVersions = ['1.0.0', '1.1.0', '1.2.0', '2.0.0', '2.1.0', '3.0.0'];
const someRanges = [
  '^1.0.0',
  '^1.1.0',
  '^2.0.0',
  '>=1.1.0',
  '>=2.0.0',
  '<2.0.0',
  '*',
  '^3.0.0',
  '1.0.0 || 3.0.0',
];

function randomCase(seed: number) {
  let state = seed * 2654435761;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const below = (count: number) => Math.floor(random() * count);
  const range = () => someRanges[below(someRanges.length)]!;
  const names = Array.from({ length: 2 + below(3) }, (_, index) => `p${index}`);
  const written: Written = {};
  for (const name of names) {
    written[name] = {};
    for (const version of someVersions.filter(() => random() < 0.5))
      written[name][version] = Object.fromEntries(
        names.filter((other) => other !== name && random() < 0.35).map((other) => [other, range()]),
      );
  }
  const requests = names.filter(() => random() < 0.5).map((name) => ({ name, range: range(), asker: name }));
  const misfits = new Set<string>();
  for (let count = below(5); count > 0; count--) {
    const [a, b] = [below(names.length), below(names.length)].sort();
    if (a !== b) misfits.add(`${a} ${someVersions[below(6)]} ${b} ${someVersions[below(6)]}`);
  }
  const misfit = (versions: ReadonlyMap<string, string>, only?: string) => {
    for (const each of misfits) {
      const [a, va, b, vb] = each.split(' ');
      const pair: [string, string] = [`p${a}`, `p${b}`];
      if (only !== undefined && !pair.includes(only)) continue;
      if (versions.get(pair[0]) === va && versions.get(pair[1]) === vb)
        return new Map([
          [pair[0], [va!]],
          [pair[1], [vb!]],
        ]);
    }
    return undefined;
  };
  const refute: Preferences['refute'] = (versions, newest) => {
    const found = misfit(versions, newest);
    return found && { versions: found, reason: 'the wire does not fit' };
  };
  const holds = (versions: ReadonlyMap<string, string>) => {
    const met = ({ name, range: asked }: { name: string; range: string }) => {
      const version = versions.get(name);
      return version !== undefined && semver.satisfies(version, asked);
    };
    return (
      requests.every(met) &&
      [...versions].every(([name, version]) =>
        Object.entries(written[name]![version]!).every(([needed, asked]) =>
          met({ name: needed, range: asked }),
        ),
      ) &&
      !misfit(versions)
    );
  };
  return { from: universe(written), names, requests, refute, holds };
}

/** Tries every choice, and leaving packages out. */
function possible(
  from: Universe,
  names: string[],
  holds: (versions: Map<string, string>) => boolean,
): boolean {
  const versions = new Map<string, string>();
  const attempt = (index: number): boolean => {
    const name = names[index];
    if (name === undefined) return holds(versions);
    for (const { version } of from.releases(name) ?? []) {
      versions.set(name, version);
      if (attempt(index + 1)) return true;
    }
    versions.delete(name);
    return attempt(index + 1);
  };
  return attempt(0);
}
