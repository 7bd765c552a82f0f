import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(__dirname, '../..');

describe('bytecode of an earlier start', () => {
  let folder: string;
  let cache: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'brique-bytecode-'));
    cache = join(folder, 'cache');
    bundle(
      'loud',
      "process.stdout.write(process.argv[2] ?? 'loud'); process.exitCode = Number(process.argv[3] ?? 0);",
    );
    await starter('first');
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const bundle = (word: string, text: string) =>
    writeFileSync(join(folder, 'demo-bundle.cjs'), `${text} // ${word}`);

  const starter = (content: string) =>
    build({
      absWorkingDir: root,
      entryPoints: ['registry/start.ts'],
      outfile: join(folder, 'demo.cjs'),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      define: { PROGRAM: '"demo"', CONTENT: JSON.stringify(content) },
    });

  function start(words: string[] = [], env: NodeJS.ProcessEnv = {}): string {
    const { stdout, stderr } = spawnSync(process.execPath, [join(folder, 'demo.cjs'), ...words], {
      encoding: 'utf8',
      env: { ...process.env, XDG_CACHE_HOME: cache, LOCALAPPDATA: cache, HOME: folder, ...env },
    });
    assert.equal(stderr, '');
    return stdout;
  }

  const kept = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('-v8-'));

  it('is kept at the end, taken at the next start, and not written again', () => {
    assert.equal(start(), 'loud');
    const [file, ...others] = kept();
    assert.equal(others.length, 0);
    const written = statSync(join(folder, file!)).mtimeMs;
    assert.equal(start(['quiet']), 'quiet');
    assert.equal(statSync(join(folder, file!)).mtimeMs, written);
  });

  it('is not taken for another content', async () => {
    start();
    bundle('loud', "process.stdout.write('new') ");
    await starter('second');
    assert.equal(start(), 'new');
    assert.equal(kept().length, 2);
  });

  it('is made anew where it was damaged', () => {
    start();
    const file = join(folder, kept()[0]!);
    writeFileSync(file, 'no bytecode');
    assert.equal(start(), 'loud');
    assert.ok(statSync(file).size > 'no bytecode'.length);
  });

  it('is not kept of a program that failed, nor where that is switched off', () => {
    assert.equal(start(['failing', '2']), 'failing');
    assert.equal(start([], { NODE_DISABLE_COMPILE_CACHE: '1' }), 'loud');
    assert.deepEqual(kept(), []);
  });
});
