import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { compileStep } from '../../../engine/step/compile';
import { stepMemory } from '../../../engine/step/cost/memory';
import { initialState } from '../../../engine/step/initial';
import { openEagerExecutor } from '../../../engine/tensorflow/eager';
import { openWasmBackend } from '../../../engine/tensorflow/eager/backend';
import { expectedMemory } from '../../../engine/train/memory';
import { typescript } from '../../../scripts/shell';
import { temporaryFolder } from '../data/fixture';
import { executorNames, forEachExecutor } from '../executors';
import { needsNativeTensorflow } from '../graph/native';
import { classifierPlan } from '../step/plans';
import { batchFor, type Kind, kinds, planOf } from './models';

const within = (estimate: number, measured: number, share: number, what: string) =>
  assert.ok(
    Math.abs(estimate / measured - 1) <= share,
    `${what}: ${estimate} estimated, ${measured} measured (${(estimate / measured).toFixed(2)})`,
  );

/** Counts the bytes of every tensor that the backend makes, kernels' own included, while `run` runs. */
async function peakBytes(backend: BackendWasm, run: () => Promise<void>): Promise<number> {
  const { makeOutput, disposeData } = backend;
  const sizeOf = ({ shape, dtype }: { shape: number[]; dtype: string }) =>
    shape.reduce((all, size) => all * size, dtype === 'bool' ? 1 : 4);
  let [live, peak] = [0, 0];
  backend.makeOutput = (...args) => {
    const tensor = makeOutput.apply(backend, args);
    // A window on another tensor has no memory of its own.
    if (args[2] === undefined) live += sizeOf(tensor);
    peak = Math.max(peak, live);
    return tensor;
  };
  backend.disposeData = (id, ...rest) => {
    const known = backend.dataIdMap.get(id);
    const freed = disposeData.call(backend, id, ...rest);
    if (freed && known) live -= sizeOf(known);
    return freed;
  };
  try {
    await run();
  } finally {
    Object.assign(backend, { makeOutput, disposeData });
  }
  return peak;
}

describe('the memory of training', () => {
  const root = temporaryFolder();

  for (const kind of Object.keys(kinds) as Kind[]) {
    it(`is estimated for the kind ${kind}, by the engine and by the editor`, async () => {
      const { plan, estimate } = planOf(root(), kind);
      const { batch } = plan.train;
      const { step } = compileStep(plan, { phase: 0 });
      const executor = await openEagerExecutor();
      const measured = await peakBytes((await openWasmBackend()).backend, async () => {
        const session = await executor.open(step, initialState(plan, step));
        for (let i = 0; i < 2; i++) await session.run('train', batchFor(step.programs.train!, batch));
        session.close();
      });
      within(stepMemory(step, { batch }).total, measured, 0.1, 'by the engine');
      within(estimate.total, measured, 0.25, 'by the editor');
    });
  }

  it('grows with the rows of a batch, and not its weights', () => {
    const { plan } = planOf(root(), 'mlp');
    const { step } = compileStep(plan, { phase: 0 });
    const [small, large] = [10, 1000].map((rows) => stepMemory(step, { batch: rows }));
    assert.deepEqual([small!.weights, small!.optimizer], [large!.weights, large!.optimizer]);
    assert.ok(large!.working > 3 * small!.working);
  });

  it('is that of evaluation, where that takes more rows at a time and needs more', () => {
    const { plan } = planOf(root(), 'text-cnn');
    const { step } = compileStep(plan, { phase: 0 });
    for (const executor of ['eager', 'graph'] as const) {
      const total = (batch: number, evaluation?: number) =>
        expectedMemory(step, { executor }, { batch, evaluation }).total;
      assert.equal(total(32, 32), total(32));
      assert.ok(total(2, 256) > total(2));
      assert.ok(total(2, 256) < total(256));
    }
  });
});

/** Those whose memory is more than what Node itself takes now and then. */
const largeEnough: readonly [Kind, number][] = [
  ['mlp', 2048],
  ['text-cnn', 256],
  ['transformer', 128],
  ['resnet', 256],
  ['lstm', 256],
  ['gru', 256],
  ['embedding', 128],
  ['lora', 128],
];

for (const executor of executorNames) {
  describe(`how far training makes a process grow (${executor})`, function () {
    if (process.platform !== 'linux') return;
    if (executor === 'graph') needsNativeTensorflow(this);
    const root = temporaryFolder();

    for (const [kind, rows] of largeEnough) {
      it(`is estimated for the kind ${kind}`, () => {
        const script = [...typescript, join(__dirname, 'process.ts'), executor, root(), kind, String(rows)];
        const out = execFileSync(process.execPath, script, { encoding: 'utf8', stdio: 'pipe' });
        const { grown, estimate } = JSON.parse(out) as { grown: number; estimate: number };
        within(estimate, grown, 0.25, kind);
      });
    }
  });
}

forEachExecutor('the tensors of a session', (executor) => {
  it('are as many after thousands of steps, with shorter batches between', async () => {
    const plan = classifierPlan(8, 16, 3, { clip_norm: 1, accumulate: 2 });
    const { step } = compileStep(plan, { phase: 0 });
    const session = await executor().open(step, initialState(plan, step));
    const batches = [16, 5, 11].map((rows) => batchFor(step.programs.train!, rows));
    const turn = async (steps: number) => {
      for (let i = 0; i < steps; i++) await session.run(i % 2 ? 'train' : 'add', batches[i % 3]!);
      await session.run('evaluate', batchFor(step.programs.evaluate, 7));
      return session.memory();
    };
    const before = await turn(12);
    assert.deepEqual(await turn(4000), before);
    session.close();
  });
});
