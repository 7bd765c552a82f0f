import { strict as assert } from 'node:assert';
import { Builder } from '../../../engine/step/builder';
import { losses } from '../../../engine/step/loss/losses';
import { streamingMetrics } from '../../../engine/step/metrics';
import { type Learning, optimizerState, optimizerUpdates } from '../../../engine/step/optimizer';
import type { HostTensor, Step } from '../../../engine/step/program';
import type { PlanOptimizer, PlanTask } from '../../../language/plan/format';
import { forEachExecutor, runOnce } from '../executors';
import { tensor } from '../graph/tensors';
import { adam, sgd } from './plans';

const task = (loss: string): PlanTask => ({
  name: 'task',
  data: 'data',
  output: 'net/out.out',
  target: 'data.y',
  loss,
  weight: 1,
  metrics: [],
  at: { file: 'test.brique.yaml', line: 1 },
});

const values = (shape: number[], ...data: number[]): HostTensor => tensor(shape, (i) => data[i]!);
const labels = (...data: number[]): HostTensor => tensor([data.length], (i) => data[i]!, 'int32');
const close = (actual: number, expected: number, tolerance = 1e-6): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual}, expected ${expected}`);

forEachExecutor('losses and metrics', (executor) => {
  async function measure(loss: string, metric: string, predictions: HostTensor, targets: HostTensor) {
    const b = new Builder();
    const p = b.input('p', { dtype: 'float32', shape: ['batch', ...predictions.shape.slice(1)] });
    const t = b.input('t', { dtype: targets.dtype, shape: ['batch', ...targets.shape.slice(1)] });
    const found = losses[loss]!(b, p, t);
    const { mean, count } = found;
    const judged = { b, task: task(loss), predictions: p, targets: t, loss: found };
    const sum = streamingMetrics[metric]!.sum(judged);
    const outputs = await runOnce(executor(), b.finish({ mean, count, sum }), { p: predictions, t: targets });
    const [value, total, amount] = ['mean', 'count', 'sum'].map((name) => outputs[name]!.data[0]!);
    return { loss: value!, count: total!, metric: streamingMetrics[metric]!.finish(amount!, total!) };
  }

  it('cross_entropy is -log of the share of the right class', async () => {
    // Shares 1/2, 1/4, 1/4 and 1/5, 4/5, 0 (very small).
    const logits = values([2, 3], Math.log(2), 0, 0, 0, Math.log(4), -50);
    const found = await measure('cross_entropy', 'accuracy', logits, labels(1, 1));
    close(found.loss, (Math.log(4) - Math.log(0.8)) / 2);
    assert.equal(found.count, 2);
    assert.equal(found.metric, 0.5);
  });
  it('cross_entropy leaves out what has no label, and stays finite for huge logits', async () => {
    const logits = values([3, 2], 1000, -1000, 0, 0, 0, Math.log(3));
    const found = await measure('cross_entropy', 'accuracy', logits, labels(1, -1, 1));
    close(found.loss, (2000 - Math.log(0.75)) / 2, 1e-3);
    assert.equal(found.count, 2);
    assert.equal(found.metric, 0.5);
  });
  it('binary_cross_entropy from logits, [batch, 1] against [batch]', async () => {
    const found = await measure(
      'binary_cross_entropy',
      'accuracy',
      values([3, 1], 0, Math.log(3), 200),
      labels(1, 0, 1),
    );
    close(found.loss, (Math.log(2) + Math.log(4) + 0) / 3);
    close(found.metric, 1 / 3);
  });
  it('mse, mae, huber and their metrics', async () => {
    // Errors 0.5, -2, 3.
    const [p, t] = [values([3], 1.5, 0, 5), values([3], 1, 2, 2)];
    close((await measure('mse', 'rmse', p, t)).loss, (0.25 + 4 + 9) / 3);
    close((await measure('mse', 'rmse', p, t)).metric, Math.sqrt((0.25 + 4 + 9) / 3));
    close((await measure('mae', 'mae', p, t)).loss, 5.5 / 3);
    close((await measure('mae', 'mae', p, t)).metric, 5.5 / 3);
    close((await measure('huber', 'mse', p, t)).loss, (0.125 + 1.5 + 2.5) / 3);
  });
});

forEachExecutor('optimizers', (executor) => {
  /** Two steps on one weight matrix with the gradient given. */
  async function twoSteps(
    optimizer: PlanOptimizer,
    start: number,
    gradients: [number, number],
  ): Promise<number> {
    const b = new Builder();
    const gradient = b.input('g', { dtype: 'float32', shape: [1, 1] });
    const value = b.state('w', 'float32', [1, 1]);
    const weight: Learning = {
      state: 'w',
      shape: [1, 1],
      value,
      gradient,
      learningRate: b.scalar(optimizer.learning_rate),
    };
    const program = b.finish({}, optimizerUpdates(b, optimizer, [weight]));
    const state = [
      { name: 'w', dtype: 'float32' as const, shape: [1, 1] },
      ...optimizerState(optimizer, [weight]),
    ];
    const step: Step = { state, programs: { train: program, evaluate: program, serve: program } };
    const initial = state.map(({ name, dtype, shape }): [string, HostTensor] => [
      name,
      tensor(shape, () => (name === 'w' ? start : 0), dtype),
    ]);
    const session = await executor().open(step, new Map(initial));
    try {
      for (const g of gradients) await session.run('train', { g: values([1, 1], g) });
      return (await session.read(['w'])).get('w')!.data[0]!;
    } finally {
      session.close();
    }
  }

  // By hand: the first step of Adam is lr * sign(g); the second lr * m̂ / √v̂.
  const second = (g1: number, g2: number): number => {
    const m = (0.9 * 0.1 * g1 + 0.1 * g2) / (1 - 0.81);
    const v = (0.999 * 0.001 * g1 ** 2 + 0.001 * g2 ** 2) / (1 - 0.999 ** 2);
    return m / Math.sqrt(v);
  };
  it('adam', async () => close(await twoSteps(adam(0.1), 1, [2, -1]), 1 - 0.1 - 0.1 * second(2, -1), 1e-6));
  it('adamw decays the weight beside the step', async () => {
    const optimizer: PlanOptimizer = { ...adam(0.1), kind: 'adamw', weight_decay: 0.5 } as PlanOptimizer;
    const first = 1 * (1 - 0.05) - 0.1;
    close(await twoSteps(optimizer, 1, [2, -1]), first * (1 - 0.05) - 0.1 * second(2, -1), 1e-6);
  });
  it('adam takes decay as a part of the gradient', async () => {
    const optimizer: PlanOptimizer = { ...adam(0.1), weight_decay: 0.5 } as PlanOptimizer;
    close(await twoSteps(optimizer, 1, [2, -1]), 0.9 - 0.1 * second(2.5, -1 + 0.45), 1e-6);
  });
  it('sgd', async () => close(await twoSteps(sgd(0.1), 1, [2, -1]), 0.9));
  it('sgd with momentum', async () =>
    close(await twoSteps(sgd(0.1, 0.5), 1, [2, -1]), 1 - 0.2 - 0.1 * (1 - 1)));
  it('sgd with Nesterov momentum', async () => {
    // v = 2, then 0; steps g + 0.5 v = 3, then -1.
    const optimizer: PlanOptimizer = { ...sgd(0.1, 0.5), nesterov: true } as PlanOptimizer;
    close(await twoSteps(optimizer, 1, [2, -1]), 1 - 0.3 + 0.1);
  });
});
