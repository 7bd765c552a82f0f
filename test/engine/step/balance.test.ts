import { strict as assert } from 'node:assert';
import { compileStep } from '../../../engine/step/compile';
import { initialState } from '../../../engine/step/initial';
import { taskOutput } from '../../../engine/step/metrics';
import type { HostTensor, Session } from '../../../engine/step/program';
import type { Plan, PlanTrain } from '../../../language/plan/format';
import { forEachExecutor } from '../executors';
import { tensor } from '../graph/tensors';
import { floats, ints, PlanBuilder, sgd } from './plans';

/** One hidden layer for two heads: a class, and numbers in units that make its loss far larger. */
function twoTasks(train: Partial<PlanTrain>, rate?: number): Plan {
  const p = new PlanBuilder({ x: floats(3), y: ints(), z: floats(1) }, { optimizer: sgd(0.1), ...train });
  const hidden = p.part('trunk').dense('hidden', 'data.x', 3, 4, 'tanh');
  const logits = p.part('classes').dense('out', hidden, 4, 2);
  const numbers = p.part('numbers').dense('out', hidden, 4, 1);
  p.task(logits, 'data.y', 'cross_entropy', { name: 'class' });
  p.task(numbers, 'data.z', 'mse', { name: 'number', weight: 2 });
  for (const part of p.plan.parts) if (rate !== undefined) part.learning_rate = rate;
  return p.plan;
}

const data: Record<string, HostTensor> = {
  'data.x': tensor([6, 3], (i) => Math.sin(i + 1)),
  'data.y': tensor([6], (i) => i % 2, 'int32'),
  'data.z': tensor([6, 1], (i) => 12 * Math.cos(i) + 5),
};

const of = (outputs: Record<string, HostTensor>, name: string) => outputs[name]!.data[0]!;
const near = (actual: number, expected: number, share: number) =>
  assert.ok(Math.abs(actual - expected) <= share * Math.abs(expected), `${actual}, not ${expected}`);

forEachExecutor('the weights of tasks', (executor) => {
  async function open(plan: Plan): Promise<Session> {
    const { step } = compileStep(plan, { phase: 0 });
    return executor().open(step, initialState(plan, step));
  }

  it('stay as they are written, and are no news, without a balance', async () => {
    const session = await open(twoTasks({}));
    const outputs = await session.run('train', data);
    session.close();
    assert.ok(!(taskOutput.weight('class') in outputs));
    near(of(outputs, 'loss'), of(outputs, 'class/loss') + 2 * of(outputs, 'number/loss'), 1e-6);
  });

  it('follow the learnt variances, one step of which is as by hand', async () => {
    const session = await open(twoTasks({ balance: 'uncertainty' }));
    const first = await session.run('train', data);
    const second = await session.run('train', data);
    session.close();
    // L e^-s + s/2 for the class; twice ½ L e^-s + s/2 for the number, as its weight says.
    for (const [task, weight, share] of [
      ['class', 1, 1],
      ['number', 2, 0.5],
    ] as const) {
      near(of(first, taskOutput.weight(task)), weight * share, 1e-6);
      const slope = weight * (0.5 - share * of(first, taskOutput.loss(task)));
      near(of(second, taskOutput.weight(task)), weight * share * Math.exp(0.1 * slope), 1e-4);
    }
    near(of(first, 'loss'), of(first, 'class/loss') + 2 * of(first, 'number/loss'), 1e-6);
  });

  it('come to be what the loss asks of the variances, where nothing else learns', async () => {
    const session = await open(twoTasks({ balance: 'uncertainty', optimizer: sgd(0.02) }, 0));
    let outputs = await session.run('train', data);
    for (let step = 0; step < 1500; step++) outputs = await session.run('train', data);
    session.close();
    near(of(outputs, taskOutput.weight('class')), 1 / (2 * of(outputs, 'class/loss')), 0.01);
    near(of(outputs, taskOutput.weight('number')), 2 / (2 * of(outputs, 'number/loss')), 0.01);
  });

  it('make the gradients at the shared layer equally long, and keep their sum', async () => {
    const plan = twoTasks({ balance: 'gradnorm' }, 0);
    const session = await open(plan);
    let outputs = await session.run('train', data);
    for (let step = 0; step < 400; step++) outputs = await session.run('train', data);
    session.close();
    const [a, b] = [of(outputs, taskOutput.weight('class')), of(outputs, taskOutput.weight('number'))];
    near(a + b, 3, 1e-4);
    const [lengthA, lengthB] = await Promise.all([slope(plan, 'class'), slope(plan, 'number')]);
    assert.ok(lengthB > 5 * lengthA, 'the tasks differ, so that there is something to balance');
    near((a * lengthA) / (b * lengthB), 1, 0.06);
  });

  /** How long the gradient of a task's loss is at the shared layer, by how far plain descent moves it. */
  async function slope(plan: Plan, task: string): Promise<number> {
    const alone = { ...plan, tasks: plan.tasks.filter(({ name }) => name === task) };
    const train = { ...plan.train, balance: undefined, optimizer: sgd(1) };
    const parts = plan.parts.map(({ learning_rate: _, ...part }) => part);
    const session = await open({
      ...alone,
      train,
      parts,
      tasks: alone.tasks.map((each) => ({ ...each, weight: 1 })),
    });
    const names = ['trunk/hidden.kernel', 'trunk/hidden.bias'];
    const before = await session.read(names);
    await session.run('train', data);
    const after = await session.read(names);
    session.close();
    const moves = names.flatMap((name) =>
      Array.from(after.get(name)!.data, (value, i) => value - before.get(name)!.data[i]!),
    );
    return Math.hypot(...moves);
  }

  it('help the task that has more of its first loss left', async () => {
    const session = await open(twoTasks({ balance: 'gradnorm', optimizer: sgd(0.05) }));
    let outputs = await session.run('train', data);
    const before = of(outputs, taskOutput.weight('class'));
    for (let step = 0; step < 60; step++) outputs = await session.run('train', data);
    session.close();
    assert.ok(of(outputs, taskOutput.weight('class')) > before);
    assert.ok(Number.isFinite(of(outputs, 'loss')));
  });

  it('help it the more, the greater alpha is', async () => {
    const weightWith = async (alpha?: number) => {
      const plan = twoTasks({ balance: 'gradnorm', balance_alpha: alpha, optimizer: sgd(0.05) });
      const session = await open(plan);
      const first = await session.run('train', data);
      let outputs = first;
      for (let step = 0; step < 60; step++) outputs = await session.run('train', data);
      session.close();
      const left = (task: string) => of(outputs, `${task}/loss`) / of(first, `${task}/loss`);
      assert.ok(left('number') > left('class'));
      return of(outputs, taskOutput.weight('number'));
    };
    const [none, usual, written, strong] = [
      await weightWith(0),
      await weightWith(),
      await weightWith(1.5),
      await weightWith(6),
    ];
    assert.equal(usual, written);
    assert.ok(none < usual && usual < strong, `${none}, ${usual}, ${strong}`);
  });

  it('stay where no layer that learns is shared', async () => {
    const plan = twoTasks({ balance: 'gradnorm' });
    plan.parts[0]!.train = [{ mode: 'frozen' }];
    const { step, description } = compileStep(plan, { phase: 0 });
    assert.deepEqual(Object.keys(description.parameters).sort(), ['classes', 'numbers', 'trunk']);
    const session = await executor().open(step, initialState(plan, step));
    const cached = await session.run('frozen', { 'data.x': data['data.x']! });
    const fed = { ...data, ...cached };
    const inputs = Object.fromEntries(
      Object.keys(step.programs.train!.inputs).map((name) => [name, fed[name]!]),
    );
    await session.run('train', inputs);
    const outputs = await session.run('train', inputs);
    session.close();
    assert.deepEqual(
      [of(outputs, taskOutput.weight('class')), of(outputs, taskOutput.weight('number'))],
      [1, 2],
    );
  });
});
