import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { publish } from '../../../registry/published/publish';
import { Registry } from '../../../registry/published/registry';
import { verify } from '../../../registry/published/verify';
import { encoder, temporaryFolder } from './made';

/** Multiples of it lie evenly between whole numbers, however many there are. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

describe('publishing that is killed or raced', function () {
  this.timeout(300_000);
  const folder = temporaryFolder();
  const registry = () => join(folder.path(), 'registry');
  const program = () => join(folder.path(), 'publisher.cjs');

  beforeEach(() => {
    buildSync({
      entryPoints: [join(__dirname, 'publisher.ts')],
      outfile: program(),
      bundle: true,
      platform: 'node',
      mainFields: ['module', 'main'],
      external: ['mocha'],
    });
  });

  interface Ended {
    said: string[];
    code: number | null;
    /** From ready to the end. */
    milliseconds: number;
  }

  /** Killed `after` so many milliseconds from when it begins to publish. */
  function publishing(version: string, mark: string, after?: number): Promise<Ended> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [program(), registry(), version, mark]);
      let out = '';
      let errors = '';
      let began = 0;
      let timer: NodeJS.Timeout | undefined;
      child.stderr.on('data', (data) => {
        errors += data;
      });
      child.stdout.on('data', (data) => {
        out += data;
        if (began > 0) return;
        began = performance.now();
        if (after !== undefined) timer = setTimeout(() => child.kill('SIGKILL'), after);
      });
      child.on('error', reject);
      child.on('close', (code) => {
        clearTimeout(timer);
        assert.equal(errors, '');
        resolve({ said: out.trimEnd().split('\n'), code, milliseconds: performance.now() - began });
      });
    });
  }

  it('leaves everything or nothing, whenever it is killed', async () => {
    const whole = await publishing('0.0.1', 'first');
    assert.deepEqual(whole.said, ['ready', 'published']);
    let [killed, complete, round] = [0, 0, 0];
    for (; killed < 50 && round < 150; round++) {
      const version = `1.0.${round}`;
      // Spread evenly, and every other time over the end, where it becomes visible.
      const place = (round * GOLDEN) % 1;
      const after = whole.milliseconds * (round % 2 ? place : 0.6 + 0.4 * place);
      const { code } = await publishing(version, `m${round}`, after);
      if (code === null) killed++;
      const isThere = new Registry(registry()).release('encoder', version) !== undefined;
      if (isThere) complete++;
      assert.deepEqual(await verify(registry(), 'encoder', version), []);
      assert.equal(new Registry(registry()).versions('encoder').includes(version), isThere);
      if (code === 0) assert.ok(isThere);
    }
    assert.equal(killed, 50, `of ${round}`);
    assert.deepEqual(await verify(registry()), []);
    await publish(registry(), encoder('other', '1.0.0'));
    assert.deepEqual(readdirSync(join(registry(), '.staging')), []);
    assert.equal(new Registry(registry()).releases('encoder').length, complete + 1);
  });

  it('has exactly one winner of many, whose version is whole', async () => {
    for (let round = 0; round < 6; round++) {
      const version = `2.0.${round}`;
      const marks = ['a', 'b', 'c', 'd', 'e'].map((mark) => `${mark}${round}`);
      const all = await Promise.all(marks.map((mark) => publishing(version, mark)));
      const winners = marks.filter((_, index) => all[index]!.code === 0);
      assert.equal(winners.length, 1, JSON.stringify(all));
      for (const { code, said } of all)
        if (code !== 0) assert.deepEqual(said, ['ready', 'already-published']);
      const text = readFileSync(join(registry(), 'encoder', version, 'module.brique.yaml'), 'utf8');
      assert.ok(text.includes(`summary: ${winners[0]}\n`));
    }
    assert.deepEqual(await verify(registry()), []);
    assert.equal(new Registry(registry()).releases('encoder').length, 6);
    assert.deepEqual(readdirSync(join(registry(), '.staging')), []);
  });

  it('keeps all of different versions that are published at once', async () => {
    const versions = ['3.0.0', '3.0.1', '3.0.2', '3.0.3'];
    const all = await Promise.all(versions.map((version) => publishing(version, version)));
    for (const { code } of all) assert.equal(code, 0);
    const step = new Registry(registry());
    assert.deepEqual(
      step
        .releases('encoder')
        .map(({ version }) => version)
        .sort(),
      versions,
    );
    const file = join(registry(), '.index/bricks/encoder.json');
    const kept = readFileSync(file, 'utf8');
    step.rebuild();
    assert.equal(readFileSync(file, 'utf8'), kept);
  });
});
