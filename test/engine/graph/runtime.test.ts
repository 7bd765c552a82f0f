import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNativeTensorflow, strayTensorflow } from '../../../engine/tensorflow/runtime';
import { typescript } from '../../../scripts/shell';
import { needsNativeTensorflow } from './native';

const runtime = join(__dirname, '../../../engine/tensorflow/runtime.ts');
const index = join(__dirname, '../../../engine/tensorflow/graph/index.ts');

describe('native TensorFlow', () => {
  const before = process.env.BRIQUE_TENSORFLOW;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'brique-runtime-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
    if (before === undefined) delete process.env.BRIQUE_TENSORFLOW;
    else process.env.BRIQUE_TENSORFLOW = before;
  });

  /** Runs a script in a process of its own; returns what it wrote. */
  const inProcess = (script: string, BRIQUE_TENSORFLOW: string | undefined) =>
    execFileSync(process.execPath, [...typescript, '-e', script], {
      env: { ...process.env, BRIQUE_TENSORFLOW, TF_CPP_MIN_LOG_LEVEL: undefined },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  it('is looked for in BRIQUE_TENSORFLOW first, and only where there is an addon', () => {
    process.env.BRIQUE_TENSORFLOW = folder;
    const modules = join(folder, 'node_modules/@tensorflow/tfjs-node');
    mkdirSync(join(modules, 'lib/napi-v8'), { recursive: true });
    assert.notEqual(findNativeTensorflow(), modules);
    assert.match(
      strayTensorflow() ?? '',
      /^BRIQUE_TENSORFLOW names .*, which holds no native TensorFlow, so/,
    );
    writeFileSync(join(modules, 'lib/napi-v8/tfjs_binding.node'), 'not a library');
    assert.equal(findNativeTensorflow(), modules);
    assert.equal(strayTensorflow(), undefined);
    process.env.BRIQUE_TENSORFLOW = join(folder, 'gone');
    assert.match(strayTensorflow() ?? '', /gone, which is not there, so it counts for nothing$/);
    process.env.BRIQUE_TENSORFLOW = '';
    assert.equal(strayTensorflow(), undefined);
  });

  it('says which installation does not load, and why', () => {
    const addon = join(folder, 'node_modules/@tensorflow/tfjs-node/lib/napi-v8');
    mkdirSync(addon, { recursive: true });
    writeFileSync(join(addon, 'tfjs_binding.node'), 'not a library');
    const script = `require(${JSON.stringify(runtime)}).loadNativeTensorflow()`;
    assert.throws(
      () => inProcess(script, folder),
      (error: { stderr: string }) => {
        assert.match(error.stderr, /Native TensorFlow in .*tfjs-node does not load: .*tfjs_binding\.node/);
        return true;
      },
    );
  });

  describe('loading', function () {
    needsNativeTensorflow(this);
    it('leaves stdout to the caller', () => {
      const script = `require(${JSON.stringify(index)}).openGraphExecutor().then((e) => console.log(JSON.stringify(e.description)))`;
      const description = JSON.parse(inProcess(script, before));
      assert.equal(description.executor, 'graph');
    });
  });
});
