import { strict as assert } from 'node:assert';
import { Builder } from '../../../engine/step/builder';
import { compileStep } from '../../../engine/step/compile';
import { ExecutionError } from '../../../engine/step/errors';
import { initialState } from '../../../engine/step/initial';
import type { Executor, HostTensor, Session } from '../../../engine/step/program';
import { openEagerExecutor } from '../../../engine/tensorflow/eager';
import { runOnce } from '../executors';
import { allClose, tensor } from '../graph/tensors';
import { runReference } from '../reference';
import { random } from '../step/cases';
import { classifierPlan, ints, PlanBuilder } from '../step/plans';

describe('eager session', () => {
  let executor: Executor;
  before(async () => {
    executor = await openEagerExecutor();
  });

  async function fails(run: Promise<unknown>, text: RegExp, node?: string): Promise<void> {
    await assert.rejects(run, (error: unknown) => {
      assert.ok(error instanceof ExecutionError);
      assert.match(error.message, text);
      assert.equal(error.node, node);
      return true;
    });
  }

  function openPlan(plan = classifierPlan(2, 3, 2)): Promise<Session> {
    const { step } = compileStep(plan, { phase: 0 });
    return executor.open(step, initialState(plan, step));
  }

  it('says what really runs', () => {
    const { description } = executor;
    assert.equal(description.executor, 'eager');
    assert.match(description.library, /^@tensorflow\/tfjs-backend-wasm \d+\.\d+/);
    assert.equal(description.threads, 1);
    assert.ok(description.device.length > 0);
  });

  it('leaves the error handling of the process alone', () => {
    const names = ['uncaughtException', 'unhandledRejection'] as const;
    const listeners = names.flatMap((name) => process.listeners(name as 'uncaughtException'));
    assert.ok(!listeners.some((listener) => /ExitStatus/.test(listener.toString())));
  });

  it('refuses inputs that do not fit, in plain words', async () => {
    const session = await openPlan();
    const x = tensor([4, 2], () => 0);
    const y = tensor([4], () => 0, 'int32');
    await fails(session.run('train', { 'data.x': x }), /the input 'data.y' is missing/);
    await fails(
      session.run('train', { 'data.x': tensor([4, 3], () => 0), 'data.y': y }),
      /input 'data.x' must be float32\[4, 2\], not float32\[4, 3\]/,
    );
    await fails(
      session.run('train', { 'data.x': x, 'data.y': tensor([5], () => 0, 'int32') }),
      /input 'data.y' must be int32\[4\], not int32\[5\]/,
    );
    await fails(session.run('frozen', {}), /no program 'frozen'/);
    await fails(session.read(['nobody']), /no state 'nobody'/);
    session.close();
    await fails(session.run('train', {}), /closed/);
  });

  it('says which instruction of which node failed, and goes on afterwards', async () => {
    const p = new PlanBuilder({ x: ints(3), y: ints() }).part('net');
    const rows = p.node('lookup', {
      op: 'embedding',
      inputs: { in: 'data.x' },
      attributes: { size: 5, dim: 2 },
      shape: ['batch', 3, 2],
      weights: { table: [5, 2] },
    });
    const flat = p.node('flat', { op: 'flatten', inputs: { in: rows }, shape: ['batch', 6] });
    p.task(p.dense('out', flat, 6, 2), 'data.y', 'cross_entropy');
    const session = await openPlan(p.plan);
    const y = tensor([2], (i) => i, 'int32');
    const bad = tensor([2, 3], (i) => i, 'int32');
    const good = tensor([2, 3], (i) => i % 5, 'int32');
    await session.run('train', { 'data.x': good, 'data.y': y });
    const before = session.memory().tensors;
    const message = /gather: index 5 lies outside a table of 5 rows/;
    await fails(session.run('train', { 'data.x': bad, 'data.y': y }), message, 'net/lookup');
    assert.equal(session.memory().tensors, before);
    await session.run('train', { 'data.x': good, 'data.y': y });
    session.close();
  });

  it('gives back all memory when closed', async () => {
    const first = await openPlan();
    first.close();
    const before = first.memory().tensors;
    const session = await openPlan();
    await session.run('serve', { 'data.x': tensor([2, 2], () => 1) });
    assert.ok(session.memory().tensors > before);
    session.close();
    assert.equal(session.memory().tensors, before);
  });

  const kernels: [string, HostTensor[], (b: Builder, ...ids: number[]) => number][] = [
    ['a sum of many rows', [random([9000, 3])], (b, x) => b.sum(x, [0])],
    ['a sum of everything', [random([100, 100])], (b, x) => b.sum(x, [0, 1])],
    ['a mean in the middle', [random([3, 50, 70])], (b, x) => b.mean(x, [1])],
    [
      'a broadcast of outer and inner axes',
      [random([3, 1, 2, 1]), random([2, 3, 5, 2, 4])],
      (b, x, y) => b.broadcastLike(x, y),
    ],
    [
      'rows too long to copy one by one',
      [random([7, 100]), tensor([5], (i) => (i * 3) % 7, 'int32')],
      (b, x, i) => b.gather(x, i),
    ],
    [
      'comparisons of equal numbers',
      [tensor([4], (i) => i % 2), tensor([4], () => 1)],
      (b, x, y) =>
        b.add(b.cast(b.binary('greater', x, y), 'int32'), b.cast(b.binary('greater_equal', x, y), 'int32')),
    ],
    [
      'comparisons with NaN',
      [tensor([3], (i) => [Number.NaN, 1, -1][i]!), tensor([], () => 0)],
      (b, x, y) =>
        b.add(
          b.cast(b.binary('greater_equal', x, y), 'int32'),
          b.mul(b.scalar(10, 'int32'), b.cast(b.binary('less', x, y), 'int32')),
        ),
    ],
    [
      'whole numbers',
      [tensor([3], (i) => i + 16_777_216, 'int32')],
      (b, x) => b.reduce('reduce_max', x, [0]),
    ],
  ];
  for (const [name, inputs, build] of kernels) {
    it(`computes ${name}`, async () => {
      const b = new Builder();
      const ids = inputs.map(({ dtype, shape }, i) => b.input(`in${i}`, { dtype, shape }));
      const program = b.finish({ out: build(b, ...ids) });
      const given = Object.fromEntries(inputs.map((input, i) => [`in${i}`, input]));
      allClose((await runOnce(executor, program, given)).out!, runReference(program, given).out!, 1e-4);
    });
  }
});
