import { strict as assert } from 'node:assert';
import { compileStep } from '../../../engine/step/compile';
import { initialState } from '../../../engine/step/initial';
import type { Executor, HostTensor, Session } from '../../../engine/step/program';
import type { Plan } from '../../../language/plan/format';
import { forEachExecutor } from '../executors';
import { numbers, tensor } from '../graph/tensors';
import { adam, classifierPlan, floats, ints, PlanBuilder, sgd } from './plans';

async function open(executor: Executor, plan: Plan, phase = 0): Promise<Session> {
  const { step } = compileStep(plan, { phase });
  return executor.open(step, initialState(plan, step));
}

async function train(session: Session, inputs: Record<string, HostTensor>, steps: number): Promise<number[]> {
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) losses.push((await session.run('train', inputs)).loss!.data[0]!);
  return losses;
}

/** Two interleaving half circles with noise, and which of them a point is on. */
function twoMoons(count: number): Record<string, HostTensor> {
  const next = numbers(5);
  const points = Array.from({ length: count }, (_, i) => {
    const angle = Math.PI * next();
    const [x, y] = i % 2 ? [1 - Math.cos(angle), 0.5 - Math.sin(angle)] : [Math.cos(angle), Math.sin(angle)];
    return [x + (next() - 0.5) * 0.2, y + (next() - 0.5) * 0.2];
  });
  return {
    'data.x': tensor([count, 2], (i) => points[i >> 1]![i & 1]!),
    'data.y': tensor([count], (i) => i % 2, 'int32'),
  };
}

forEachExecutor('training', (executor) => {
  it('solves two moons', async () => {
    const plan = classifierPlan(2, 16, 2, { optimizer: adam(0.03) });
    const session = await open(executor(), plan);
    const data = twoMoons(200);
    await train(session, data, 300);
    const outputs = await session.run('evaluate', data);
    assert.equal(outputs['task/sum/accuracy']!.data[0], 200);
    assert.equal(outputs['task/count']!.data[0], 200);
    assert.ok(outputs['task/loss']!.data[0]! < 0.02);
    session.close();
  });

  it('solves exclusive or, with momentum', async () => {
    const plan = classifierPlan(2, 8, 2, { optimizer: sgd(0.3, 0.9) });
    const session = await open(executor(), plan);
    const data = {
      'data.x': tensor([4, 2], (i) => (i % 2 === 0 ? i >> 2 : (i >> 1) & 1)),
      'data.y': tensor([4], (i) => [0, 1, 1, 0][i]!, 'int32'),
    };
    await train(session, data, 200);
    const { 'task/predictions': logits } = await session.run('serve', { 'data.x': data['data.x'] });
    const chosen = [0, 1, 2, 3].map((row) => Number(logits!.data[2 * row + 1]! > logits!.data[2 * row]!));
    assert.deepEqual(chosen, [0, 1, 1, 0]);
    session.close();
  });

  it('finds the least-squares line', async () => {
    const plan = new PlanBuilder({ x: floats(2), y: floats() }, { optimizer: sgd(0.5) }).part('line');
    plan.task(plan.dense('fit', 'data.x', 2, 1), 'data.y', 'mse', { metrics: ['mae', 'rmse'] });
    const session = await open(executor(), plan.plan);
    const next = numbers(3);
    const x = tensor([64, 2], () => next() * 2 - 1);
    const y = tensor([64], (i) => 3 * x.data[2 * i]! - 2 * x.data[2 * i + 1]! + 0.5);
    const losses = await train(session, { 'data.x': x, 'data.y': y }, 200);
    assert.ok(losses.at(-1)! < 1e-9);
    const state = await session.read(['line/fit.kernel', 'line/fit.bias']);
    const found = [...state.get('line/fit.kernel')!.data, ...state.get('line/fit.bias')!.data];
    for (const [i, expected] of [3, -2, 0.5].entries()) assert.ok(Math.abs(found[i]! - expected) < 1e-4);
    session.close();
  });

  it('gives the same numbers bit for bit, dropout included', async () => {
    const p = new PlanBuilder({ x: floats(6), y: ints() }).part('net');
    const hidden = p.dense('hidden', 'data.x', 6, 12, 'relu');
    const thinned = p.node('thin', {
      op: 'dropout',
      inputs: { in: hidden },
      attributes: { rate: 0.4 },
      shape: ['batch', 12],
    });
    p.task(p.dense('out', thinned, 12, 3), 'data.y', 'cross_entropy');
    const next = numbers(9);
    const data = {
      'data.x': tensor([32, 6], () => next()),
      'data.y': tensor([32], () => Math.floor(next() * 3), 'int32'),
    };
    const results = [];
    for (let run = 0; run < 2; run++) {
      const session = await open(executor(), p.plan);
      results.push({ losses: await train(session, data, 20), state: await session.read() });
      session.close();
    }
    assert.deepEqual(results[0], results[1]);
    const counter = results[0]!.state.get('random/counter')!;
    assert.equal(counter.data[0], 20);
  });

  it('goes on exactly where it was, from the state alone', async () => {
    const plan = classifierPlan(2, 8, 2);
    const data = twoMoons(40);
    const whole = await open(executor(), plan);
    const expected = await train(whole, data, 10);
    const first = await open(executor(), plan);
    await train(first, data, 5);
    const saved = await first.read();
    const second = await open(executor(), plan);
    await second.write(saved);
    assert.deepEqual(await train(second, data, 5), expected.slice(5));
    for (const session of [whole, first, second]) session.close();
  });

  it('keeps memory flat over 300 steps of two batch sizes', async () => {
    const session = await open(executor(), classifierPlan(2, 16, 2));
    const [large, small] = [twoMoons(64), twoMoons(24)];
    await train(session, large, 5);
    await train(session, small, 5);
    await session.run('evaluate', large);
    const before = session.memory();
    for (let round = 0; round < 30; round++) {
      await train(session, large, 8);
      await train(session, small, 2);
      await session.run('evaluate', large);
    }
    const after = session.memory();
    assert.equal(after.tensors, before.tensors);
    assert.ok(after.bytes <= before.bytes * 1.1, `${before.bytes} -> ${after.bytes} bytes`);
    session.close();
  });

  it('leaves frozen weights alone, and trains the same from the cached border', async () => {
    const build = (mode: 'frozen' | 'full') => {
      const p = new PlanBuilder({ x: floats(4), y: ints() }, { optimizer: adam(0.05) });
      p.part('encoder', { mode });
      const code = p.dense('code', 'data.x', 4, 6, 'tanh');
      p.part('head');
      return p.task(p.dense('out', code, 6, 2), 'data.y', 'cross_entropy', { metrics: ['accuracy'] }).plan;
    };
    const next = numbers(2);
    const data = {
      'data.x': tensor([16, 4], () => next() - 0.5),
      'data.y': tensor([16], (i) => i % 2, 'int32'),
    };
    const plan = build('frozen');
    const { step, description } = compileStep(plan, { phase: 0 });
    assert.deepEqual(description.cached.values, ['encoder/code.out']);
    assert.deepEqual(description.parameters, {
      encoder: { total: 30, trainable: 0 },
      head: { total: 14, trainable: 14 },
    });
    const session = await executor().open(step, initialState(plan, step));
    const before = await session.read(['encoder/code.kernel', 'encoder/code.bias', 'head/out.kernel']);
    const border = await session.run('frozen', { 'data.x': data['data.x'] });
    const inputs = { ...border, 'data.y': data['data.y'] };
    const losses = await train(session, inputs, 30);
    assert.ok(losses.at(-1)! < losses[0]!);
    const after = await session.read([...before.keys()]);
    assert.deepEqual(after.get('encoder/code.kernel'), before.get('encoder/code.kernel'));
    assert.deepEqual(after.get('encoder/code.bias'), before.get('encoder/code.bias'));
    assert.notDeepEqual(after.get('head/out.kernel'), before.get('head/out.kernel'));
    const evaluated = await session.run('evaluate', inputs);
    const served = await session.run('serve', { 'data.x': data['data.x'] });
    assert.deepEqual(evaluated['task/predictions'], served['task/predictions']);
    session.close();
  });

  it('moves running statistics in training and uses them in evaluation', async () => {
    const p = new PlanBuilder({ x: floats(2), y: floats() }, { optimizer: sgd(0.01) }).part('net');
    const steady = p.node('norm', {
      op: 'batch_norm',
      inputs: { in: 'data.x' },
      attributes: { momentum: 0.5, epsilon: 0 },
      shape: ['batch', 2],
      weights: { gamma: [2], beta: [2], moving_mean: [2], moving_variance: [2] },
      init: { gamma: { kind: 'ones' }, moving_mean: { kind: 'zeros' }, moving_variance: { kind: 'ones' } },
      statistics: ['moving_mean', 'moving_variance'],
    });
    p.task(p.dense('out', steady, 2, 1), 'data.y', 'mse');
    const session = await open(executor(), p.plan);
    // Columns 1, 3 and 10, 20: means 2 and 15, variances 1 and 25.
    const data = { 'data.x': tensor([2, 2], (i) => [1, 10, 3, 20][i]!), 'data.y': tensor([2], (i) => i) };
    await train(session, data, 1);
    const state = await session.read(['net/norm.moving_mean', 'net/norm.moving_variance']);
    assert.deepEqual([...state.get('net/norm.moving_mean')!.data], [1, 7.5]);
    assert.deepEqual([...state.get('net/norm.moving_variance')!.data], [1, 13]);
    await session.run('evaluate', data);
    assert.deepEqual(await session.read([...state.keys()]), state);
    session.close();
  });

  it('clips by the global norm and reports it', async () => {
    const p = new PlanBuilder({ x: floats(1), y: floats() }, { optimizer: sgd(1), clip_norm: 1 }).part(
      'line',
    );
    p.task(p.dense('fit', 'data.x', 1, 1), 'data.y', 'mse');
    const { step } = compileStep(p.plan, { phase: 0 });
    const state = initialState(p.plan, step);
    state.set(
      'line/fit.kernel',
      tensor([1, 1], () => 0),
    );
    const session = await executor().open(step, state);
    // (w x + b - y)² at w = b = 0, x = 3, y = -2: dw = 2 * 2 * 3 = 12, db = 4, norm √160.
    const outputs = await session.run('train', {
      'data.x': tensor([1, 1], () => 3),
      'data.y': tensor([1], () => -2),
    });
    assert.ok(Math.abs(outputs.gradient_norm!.data[0]! - Math.sqrt(160)) < 1e-4);
    const after = await session.read(['line/fit.kernel', 'line/fit.bias']);
    assert.ok(Math.abs(after.get('line/fit.kernel')!.data[0]! + 12 / Math.sqrt(160)) < 1e-6);
    assert.ok(Math.abs(after.get('line/fit.bias')!.data[0]! + 4 / Math.sqrt(160)) < 1e-6);
    session.close();
  });
});
