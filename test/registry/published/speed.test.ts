import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Registries } from '../../../registry/published/registries';
import { temporaryFolder } from './made';

const BRICKS = 1000;
const VERSIONS = 20;

describe('a registry of a thousand bricks', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();

  const hash = (text: string) => Buffer.from(text.padEnd(32, '.')).toString('hex').slice(0, 64);

  /** As an index lies on disk once it has been made; the folders say which versions there are. */
  function write(): void {
    for (let brick = 0; brick < BRICKS; brick++) {
      const name = `brick-${brick}`;
      const versions = Array.from({ length: VERSIONS }, (_, index) => `1.${VERSIONS - 1 - index}.0`);
      for (const version of versions) mkdirSync(join(folder.path(), name, version), { recursive: true });
      const releases = versions.map((version) => ({
        version,
        kind: 'module',
        requires: [1, 2, 3].map((step) => ({ name: `brick-${(brick + step) % BRICKS}`, range: '^1.2' })),
        hash: hash(`${name} ${version}`),
        interface: hash(`${name} interface`),
        published: '2026-01-01T00:00:00.000Z',
      }));
      const parameters = Object.fromEntries(
        Array.from({ length: 100 }, (_, index) => [`layer/${index}`, { dtype: 'float32', shape: [64, 64] }]),
      );
      const details = {
        interfaces: { [hash(`${name} interface`)]: { kind: 'module', parameters } },
        integrity: Object.fromEntries(versions.map((version) => [version, { name, version }])),
      };
      for (const [part, content] of Object.entries({
        bricks: { format: 1, name, releases, broken: [] },
        details,
      })) {
        mkdirSync(join(folder.path(), '.index', part), { recursive: true });
        writeFileSync(join(folder.path(), '.index', part, `${name}.json`), JSON.stringify(content));
      }
    }
  }

  it('costs the resolver little more than to read its files', () => {
    write();
    const cost = (work: () => void) => {
      const began = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(began);
      return (user + system) / 1000;
    };
    const all = Array.from({ length: BRICKS }, (_, brick) => `brick-${brick}`);
    const [loading, reading]: [number[], number[]] = [[], []];
    for (let round = 0; round < 6; round++) {
      loading.push(
        cost(() => {
          const universe = new Registries('/', [folder.path()]).universe();
          const count = all.reduce((sum, name) => sum + universe.releases(name)!.length, 0);
          assert.equal(count, BRICKS * VERSIONS);
        }),
      );
      reading.push(
        cost(() => {
          for (const name of all)
            JSON.parse(readFileSync(join(folder.path(), `.index/bricks/${name}.json`), 'utf8'));
        }),
      );
    }
    // Both on the same machine under the same load; alone it takes less than 100 ms.
    const [mine, least] = [Math.min(...loading), Math.min(...reading)];
    assert.ok(mine < 5 * least, `${mine} ms, and ${least} ms for reading and parsing alone`);
  });
});
