import { strict as assert } from 'node:assert';
import { mergedWeight } from '../../../engine/step/adapters';
import { compileStep } from '../../../engine/step/compile';
import { initialState } from '../../../engine/step/initial';
import type { HostTensor } from '../../../engine/step/program';
import type { Plan, TrainMode } from '../../../language/plan/format';
import { forEachExecutor } from '../executors';
import { numbers, tensor } from '../graph/tensors';
import { floats, ints, PlanBuilder, sgd } from './plans';

const next = numbers(4);
const data = {
  'data.x': tensor([16, 5], () => next() * 2 - 1),
  'data.y': tensor([16], (i) => i % 3, 'int32'),
};

/** An encoder with batch norm and dropout, trained with adapters, below a head that learns as always. */
function adaptedPlan(lora: Partial<Extract<TrainMode, { mode: 'lora' }>> = {}): Plan {
  const p = new PlanBuilder({ x: floats(5), y: ints() }, { optimizer: sgd(0.25) });
  p.part('encoder', { mode: 'lora', rank: 2, ...lora });
  const normed = p.node('norm', {
    op: 'batch_norm',
    inputs: { in: p.dense('first', 'data.x', 5, 6, 'tanh') },
    attributes: { axis: -1, momentum: 0.9, epsilon: 1e-3 },
    shape: ['batch', 6],
    weights: { gamma: [6], beta: [6], moving_mean: [6], moving_variance: [6] },
    init: { gamma: { kind: 'ones' }, moving_mean: { kind: 'zeros' }, moving_variance: { kind: 'ones' } },
    statistics: ['moving_mean', 'moving_variance'],
  });
  const thin = p.node('thin', {
    op: 'dropout',
    inputs: { in: p.dense('second', normed, 6, 4) },
    attributes: { rate: 0.5 },
    shape: ['batch', 4],
  });
  p.part('head').task(p.dense('out', thin, 4, 3), 'data.y', 'cross_entropy');
  for (const { weights } of p.plan.graph)
    for (const weight of weights) if (weight.role === 'kernel') weight.adaptable = true;
  return p.plan;
}

const read = (state: Map<string, HostTensor>, prefix: string) =>
  [...state].filter(([name]) => name.startsWith(prefix)).map(([name, { data }]) => [name, [...data]]);

forEachExecutor('low-rank adapters', (executor) => {
  async function open(plan: Plan) {
    const compiled = compileStep(plan, { phase: 0 });
    const session = await executor().open(compiled.step, initialState(plan, compiled.step));
    return { ...compiled, session };
  }

  it('begin as nothing, and leave what lies under them as it was, to the bit', async () => {
    const plan = adaptedPlan();
    const { session, adapters, description } = await open(plan);
    const without = await open({
      ...plan,
      parts: plan.parts.map((part) => ({ ...part, train: [{ mode: 'frozen' }] })),
    });
    const before = await session.read();
    const logits = async () =>
      (await session.run('serve', { 'data.x': data['data.x'] }))['task/predictions']!;
    const first = await logits();
    const frozen = (await without.session.run('serve', { 'data.x': data['data.x'] }))['task/predictions']!;
    assert.deepEqual(first.data, frozen.data);
    const losses: number[] = [];
    for (let step = 0; step < 60; step++) losses.push((await session.run('train', data)).loss!.data[0]!);
    assert.ok(losses.at(-1)! < losses[0]! - 0.05, String(losses));
    const after = await session.read();
    const halves = new Set(adapters.flatMap(({ a, b }) => [a.name, b.name]));
    const base = (state: Map<string, HostTensor>) =>
      read(state, 'encoder/').filter(([name]) => !halves.has(String(name)));
    assert.deepEqual(base(after), base(before));
    assert.deepEqual([...halves].sort(), [
      'encoder/first.kernel.lora_a',
      'encoder/first.kernel.lora_b',
      'encoder/second.kernel.lora_a',
      'encoder/second.kernel.lora_b',
    ]);
    for (const name of halves) assert.notDeepEqual(after.get(name)!.data, before.get(name)!.data, name);
    assert.equal(description.parameters.encoder!.trainable, 2 * (5 + 6) + 2 * (6 + 4));
    session.close();
    without.session.close();
  });

  it('give the same as the weights that they are merged into', async () => {
    const plan = adaptedPlan({ alpha: 6 });
    const { session, adapters } = await open(plan);
    for (let step = 0; step < 10; step++) await session.run('train', data);
    const learned = (await session.run('serve', { 'data.x': data['data.x'] }))['task/predictions']!;
    const state = await session.read();
    for (const each of adapters) {
      const [base, a, b] = [each.base, each.a.name, each.b.name].map((name) => state.get(name)!);
      state.set(each.base, mergedWeight(each, base!, a!, b!));
      state.set(each.b.name, { ...b!, data: new Float32Array(b!.data.length) });
    }
    await session.write(state);
    const merged = (await session.run('serve', { 'data.x': data['data.x'] }))['task/predictions']!;
    for (const [i, value] of learned.data.entries())
      assert.ok(Math.abs(value - merged.data[i]!) < 1e-5, `${value} and ${merged.data[i]}`);
    session.close();
  });

  it('are laid over targets by the names that these had before, too', async () => {
    const plan = adaptedPlan({ targets: ['hind*'] });
    plan.parts.find(({ name }) => name === 'encoder')!.formerly = { second: 'hinder' };
    const { session, adapters } = await open(plan);
    assert.deepEqual(
      adapters.map(({ base }) => base),
      ['encoder/second.kernel'],
    );
    session.close();
  });

  it('are laid over the targets only', async () => {
    const { session, adapters } = await open(adaptedPlan({ targets: ['sec*'] }));
    assert.deepEqual(
      adapters.map(({ base }) => base),
      ['encoder/second.kernel'],
    );
    session.close();
  });

  it('drop inputs of theirs while they learn, and only then', async () => {
    const losses = async (dropout: number) => {
      const { session } = await open(adaptedPlan({ dropout }));
      const all: number[] = [];
      for (let step = 0; step < 4; step++) all.push((await session.run('train', data)).loss!.data[0]!);
      const counter = (await session.read()).get('random/counter')?.data[0];
      const twice = [await session.run('evaluate', data), await session.run('evaluate', data)];
      assert.deepEqual(twice[0], twice[1]);
      session.close();
      return { all, counter };
    };
    const [none, some] = [await losses(0), await losses(0.5)];
    assert.deepEqual([none.counter, some.counter], [undefined, 4]);
    assert.equal(none.all[0], some.all[0]);
    assert.notEqual(none.all[3], some.all[3]);
  });
});

describe('a merged weight', () => {
  it('is W + alpha/rank · A·B, with all axes but the last as rows', () => {
    const spec = (name: string, shape: number[]) => ({ name, dtype: 'float32' as const, shape });
    const adapter = {
      part: 'p',
      base: 'p/w',
      weight: {
        name: 'w',
        role: 'kernel',
        shape: [2, 1, 2],
        init: { kind: 'zeros' as const },
        trainable: true,
      },
      a: spec('p/w.lora_a', [2, 2]),
      b: spec('p/w.lora_b', [2, 2]),
      rank: 2,
      alpha: 6,
      dropout: 0,
    };
    const values = (shape: number[], ...numbers: number[]) => tensor(shape, (i) => numbers[i]!);
    const merged = mergedWeight(
      adapter,
      values([2, 1, 2], 1, 1, 1, 1),
      values([2, 2], 1, 2, 3, 4),
      values([2, 2], 5, 6, 7, 8),
    );
    assert.deepEqual(merged.shape, [2, 1, 2]);
    // A·B is [[19, 22], [43, 50]].
    assert.deepEqual([...merged.data], [1 + 3 * 19, 1 + 3 * 22, 1 + 3 * 43, 1 + 3 * 50]);
  });
});
