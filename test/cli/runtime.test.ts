import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findNativeTensorflow } from '../../engine/tensorflow/runtime';
import { temporaryFolder } from '../engine/data/fixture';
import { needsBundle } from './brique';

const command = join(__dirname, '../../dist/brique.cjs');

interface Listed {
  executor: string;
  used: boolean;
  installed: boolean;
  folder?: string;
  problem?: string;
  description?: { library: string; device: string };
}

describe('brique runtime', () => {
  needsBundle();
  const root = temporaryFolder();
  const home = () => join(root(), 'home');

  function start(args: string[], env: NodeJS.ProcessEnv = {}) {
    const child = spawn(process.execPath, [command, 'runtime', ...args], {
      cwd: root(),
      env: { ...process.env, BRIQUE_TENSORFLOW: '', BRIQUE_RUNTIME: home(), NO_COLOR: '1', ...env },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk;
    });
    const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));
    return { child, ended };
  }
  const runtime = (args: string[], env?: NodeJS.ProcessEnv) => start(args, env).ended;
  const list = async (env?: NodeJS.ProcessEnv): Promise<Listed[]> =>
    JSON.parse((await runtime(['list', '--json'], env)).stdout);

  /** What install would have made, with an addon that is none. */
  function broken(): void {
    const addon = join(home(), 'tensorflow/node_modules/@tensorflow/tfjs-node/lib/napi-v8');
    mkdirSync(addon, { recursive: true });
    writeFileSync(join(addon, 'tfjs_binding.node'), 'not a library');
  }

  /** A folder of programs that goes before all others on PATH. */
  function programs(scripts: Record<string, string>): NodeJS.ProcessEnv {
    const folder = join(root(), 'bin');
    mkdirSync(folder, { recursive: true });
    for (const [name, script] of Object.entries(scripts)) {
      writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(folder, name), 0o755);
    }
    return { PATH: `${folder}${delimiter}${process.env.PATH}` };
  }

  it('lists WebAssembly, which is always there and is tried out', async () => {
    const found = await list();
    const eager = found.at(-1)!;
    assert.deepEqual([eager.executor, eager.installed, eager.problem], ['eager', false, undefined]);
    assert.match(eager.description!.library, /tfjs-backend-wasm/);
    assert.equal(found.filter(({ used }) => used).length, 1);
    const { stdout } = await runtime([]);
    assert.match(stdout, /eager +@tensorflow\/tfjs-backend-wasm .*part of brique/);
  });

  it('keeps what TensorFlow chats while it loads to itself', async function () {
    const native = findNativeTensorflow();
    if (!native) this.skip();
    const env = { BRIQUE_TENSORFLOW: join(native, '../../..') };
    const { stdout, stderr } = await runtime(['list'], env);
    assert.match(stdout, /used +graph +TensorFlow/);
    assert.doesNotMatch(stderr, /oneDNN|absl/);
  });

  it('says so where a variable names a folder that has none', async () => {
    const BRIQUE_TENSORFLOW = join(root(), 'gone');
    const { code, stderr } = await runtime(['list'], { BRIQUE_TENSORFLOW });
    assert.equal(code, 0);
    assert.match(stderr, /^BRIQUE_TENSORFLOW names .*gone, which is not there, so it counts for nothing\.$/m);
    assert.doesNotMatch((await runtime(['list'])).stderr, /BRIQUE_TENSORFLOW/);
  });

  it('says why one cannot be used, and takes it away', async () => {
    broken();
    const [graph] = await list();
    assert.deepEqual([graph!.executor, graph!.used, graph!.installed], ['graph', false, true]);
    assert.match(graph!.problem!, /does not load/);
    assert.match((await runtime(['remove'])).stdout, /^Removed /);
    assert.deepEqual(readdirSync(home()), []);
    assert.match((await runtime(['remove'])).stdout, /has installed nothing/);
  });

  it('leaves what was there when an installation fails, and says what failed', async function () {
    if (process.platform === 'win32') return this.skip();
    broken();
    const env = programs({ npm: 'echo "no such package" >&2\nexit 1' });
    const ended = await runtime(['install', '--from', 'npm'], env);
    assert.equal(ended.code, 1);
    assert.match(
      ended.stderr,
      /Native TensorFlow could not be installed\nnpm: npm install ended with code 1:\nno such package/,
    );
    assert.deepEqual(readdirSync(home()), ['tensorflow']);
  });

  it('says on other systems at once what is only known for Linux, and what is known there', async () => {
    const preload = join(root(), 'darwin.cjs');
    writeFileSync(preload, "Object.defineProperty(process, 'platform', { value: 'darwin' });");
    const env = { ...programs({}), NODE_OPTIONS: `--require ${JSON.stringify(preload)}` };
    for (const source of ['python', 'wheel']) {
      const { code, stderr } = await runtime(['install', '--from', source], env);
      assert.equal(code, 1);
      assert.match(stderr, /only known for Linux; here it comes by --from npm/);
      assert.match(stderr, /Training goes on with WebAssembly/);
    }
    assert.equal(existsSync(join(home(), 'tensorflow')), false);
  });

  it('leaves nothing half-made when it is cancelled or killed', async function () {
    if (process.platform === 'win32') return this.skip();
    const env = programs({ npm: 'echo begun > begun\nexec sleep 10' });
    const begun = async () => {
      const looked = () =>
        existsSync(home()) && readdirSync(home()).some((name) => existsSync(join(home(), name, 'begun')));
      await new Promise<void>((resolve) => {
        const timer = setInterval(() => {
          if (!looked()) return;
          clearInterval(timer);
          resolve();
        }, 20);
      });
    };
    const cancelled = start(['install', '--from', 'npm'], env);
    await begun();
    cancelled.child.kill('SIGINT');
    const { code, stderr } = await cancelled.ended;
    assert.deepEqual([code, /Cancelled: nothing was installed/.test(stderr)], [130, true]);
    assert.deepEqual(readdirSync(home()), []);

    const killed = start(['install', '--from', 'npm'], env);
    await begun();
    killed.child.kill('SIGKILL');
    await once(killed.child, 'exit');
    assert.equal((await list()).filter(({ installed }) => installed).length, 0);
    await runtime(['remove']);
    assert.deepEqual(readdirSync(home()), []);
  });

  it('finds what is installed, without a variable that names it', async function () {
    const native = process.env.BRIQUE_TENSORFLOW;
    if (!native || process.platform === 'win32') return this.skip();
    mkdirSync(home(), { recursive: true });
    symlinkSync(native, join(home(), 'tensorflow'));
    const [graph] = await list();
    assert.deepEqual([graph!.executor, graph!.used, graph!.installed], ['graph', true, true]);
    assert.match(graph!.description!.library, /^TensorFlow 2\./);
    await runtime(['remove']);
    assert.ok(existsSync(native));
    assert.equal((await list()).find(({ used }) => used)!.executor, 'eager');
  });
});
