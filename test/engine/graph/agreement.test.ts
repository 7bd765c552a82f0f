import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { compileStep } from '../../../engine/step/compile';
import { initialState } from '../../../engine/step/initial';
import type { Executor, HostTensor } from '../../../engine/step/program';
import { openEagerExecutor } from '../../../engine/tensorflow/eager';
import { openGraphExecutor } from '../../../engine/tensorflow/graph';
import type { Plan } from '../../../language/plan/format';
import { perceptronPlan, textCnnPlan, transformerPlan } from './models';
import { needsNativeTensorflow } from './native';
import { layerRecipe, optimizerRecipe, randomPlan } from './random-plans';
import { numbers, tensor } from './tensors';

const rows = 6;

/** A batch for the columns of a plan: whole numbers below `limit` where they are tokens, labels below `classes`. */
function batchFor(plan: Plan, limit: number, classes: number, seed: number): Record<string, HostTensor> {
  const next = numbers(seed);
  return Object.fromEntries(
    plan.data[0]!.columns.map(({ name, value }): [string, HostTensor] => {
      const shape = value.shape.map((size) => (typeof size === 'number' ? size : rows));
      const below = name === 'y' ? classes : limit;
      return value.dtype === 'int32'
        ? [`data.${name}`, tensor(shape, () => Math.floor(next() * below), 'int32')]
        : [`data.${name}`, tensor(shape, () => next() * 2 - 1)];
    }),
  );
}

describe('graph and eager agree', function () {
  needsNativeTensorflow(this);
  this.timeout(120_000);
  let executors: Executor[];
  before(async () => {
    executors = [await openGraphExecutor(), await openEagerExecutor()];
  });

  /** Everything that a short training gives: outputs of every step, of an evaluation, and the state at the end. */
  async function training(executor: Executor, plan: Plan, batches: Record<string, HostTensor>[]) {
    const { step } = compileStep(plan, { phase: 0 });
    const session = await executor.open(step, initialState(plan, step));
    try {
      const values: [string, HostTensor][] = [];
      for (const [i, batch] of batches.entries()) {
        for (const [name, value] of Object.entries(await session.run('train', batch))) {
          values.push([`${name} at step ${i}`, value]);
        }
      }
      for (const [name, value] of Object.entries(await session.run('evaluate', batches[0]!))) {
        values.push([`${name} of evaluation`, value]);
      }
      values.push(...(await session.read()));
      return values;
    } finally {
      session.close();
    }
  }

  async function agree(plan: Plan, batches: Record<string, HostTensor>[], tolerance: number): Promise<void> {
    const [graph, eager] = [
      await training(executors[0]!, plan, batches),
      await training(executors[1]!, plan, batches),
    ];
    assert.deepEqual(
      graph.map(([name]) => name),
      eager.map(([name]) => name),
    );
    for (const [i, [name, value]] of graph.entries()) {
      const other = eager[i]![1];
      assert.deepEqual([value.dtype, value.shape], [other.dtype, other.shape], name);
      for (const [at, x] of value.data.entries()) {
        const y = other.data[at]!;
        const off = Math.abs(x - y) / Math.max(1, Math.abs(y));
        assert.ok(off <= tolerance, `${name}[${at}]: graph ${x}, eager ${y}`);
      }
    }
  }

  const models: [string, Plan][] = [
    ['a perceptron', perceptronPlan(20, 16, 3)],
    ['a text CNN', textCnnPlan(30, 12, 8, 8, 3)],
    ['a transformer', transformerPlan(30, 10, 16, 4, 24, 2)],
  ];
  for (const [title, plan] of models) {
    it(`on ${title}, step for step`, () =>
      agree(
        plan,
        [1, 2, 3, 1, 2, 3].map((seed) => batchFor(plan, 30, 2, seed)),
        2e-4,
      ));
  }

  it('on random plans', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(layerRecipe, { minLength: 1, maxLength: 5 }),
        optimizerRecipe,
        async (layers, optimizer) => {
          const plan = randomPlan(layers, optimizer);
          await agree(
            plan,
            [1, 2].map((seed) => batchFor(plan, 20, 3, seed)),
            2e-3,
          );
        },
      ),
      { numRuns: Number(process.env.BRIQUE_TEST_RUNS ?? 20), seed: 11 },
    ));
});
