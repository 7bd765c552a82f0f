import { strict as assert } from 'node:assert';
import { compileStep } from '../../../engine/step/compile';
import { initialState } from '../../../engine/step/initial';
import { layersBehind, rateShare } from '../../../engine/step/rates';
import { rateShareAt } from '../../../engine/train/schedule';
import type { Plan, PlanTrain } from '../../../language/plan/format';
import { forEachExecutor } from '../executors';
import { tensor } from '../graph/tensors';
import { adam, classifierPlan, sgd } from './plans';

const data = {
  'data.x': tensor([4, 2], (i) => Math.sin(i)),
  'data.y': tensor([4], (i) => i % 2, 'int32'),
};
const weights = ['net/hidden.kernel', 'net/hidden.bias', 'net/out.kernel', 'net/out.bias'];

forEachExecutor('the learning rate', (executor) => {
  /** How far each weight moves in one step. */
  async function moves(plan: Plan, share?: number): Promise<number[][]> {
    const { step } = compileStep(plan, { phase: 0 });
    const session = await executor().open(step, initialState(plan, step));
    const before = await session.read(weights);
    const fed = share === undefined ? data : { ...data, [rateShare]: tensor([], () => share) };
    await session.run('train', fed);
    const after = await session.read(weights);
    session.close();
    return weights.map((name) =>
      Array.from(after.get(name)!.data, (value, i) => value - before.get(name)!.data[i]!),
    );
  }

  function assertScaled(moved: number[][], full: number[][], factors: number[]): void {
    for (const [i, factor] of factors.entries()) {
      for (const [at, move] of moved[i]!.entries()) {
        const expected = full[i]![at]! * factor;
        assert.ok(Math.abs(move - expected) < 1e-6, `${weights[i]}[${at}]: ${move}, not ${expected}`);
      }
    }
  }

  for (const optimizer of [sgd(0.5), sgd(0.5, 0.9), adam(0.1)]) {
    const plan = (train: Partial<PlanTrain> = {}) => classifierPlan(2, 3, 2, { optimizer, ...train });

    it(`is less in layers further from the output, with ${JSON.stringify(optimizer)}`, async () => {
      assertScaled(await moves(plan({ layer_decay: 0.25 })), await moves(plan()), [0.25, 0.25, 1, 1]);
    });

    it(`follows the schedule, with ${JSON.stringify(optimizer)}`, async () => {
      const schedule = { warmup: 1, decay: 'linear', end: 0 } as const;
      assertScaled(await moves(plan({ schedule }), 0.125), await moves(plan()), [0.125, 0.125, 0.125, 0.125]);
    });
  }

  it("is a part's own where it has one", async () => {
    const own = classifierPlan(2, 3, 2, { optimizer: sgd(0.5) });
    own.parts[0]!.learning_rate = 0.125;
    const full = await moves(classifierPlan(2, 3, 2, { optimizer: sgd(0.5) }));
    assertScaled(await moves(own), full, [0.25, 0.25, 0.25, 0.25]);
  });
});

describe('layers behind a weight', () => {
  it('are counted along the longest way, and from the nearest user of a shared one', () => {
    const plan = classifierPlan(2, 3, 2);
    const [hidden, out] = plan.graph as [Plan['graph'][number], Plan['graph'][number]];
    assert.deepEqual(Object.fromEntries(layersBehind(plan)), {
      'net/hidden.kernel': 1,
      'net/hidden.bias': 1,
      'net/out.kernel': 0,
      'net/out.bias': 0,
    });
    // Between the two a layer with the first one's weights, and a way around it.
    const again = { ...hidden, id: 'net/again', inputs: { in: 'net/hidden.out' } };
    const sum = {
      ...hidden,
      id: 'net/sum',
      op: 'add',
      inputs: { in: ['net/again.out', 'net/hidden.out'] },
      weights: [],
    };
    plan.graph = [hidden, again, sum, { ...out, inputs: { in: 'net/sum.out' } }];
    assert.equal(layersBehind(plan).get('net/hidden.kernel'), 1);
    again.weights = [];
    assert.equal(layersBehind(plan).get('net/hidden.kernel'), 1);
    again.weights = [{ ...hidden.weights[0]!, name: 'again.kernel' }];
    assert.deepEqual(
      ['net/again.kernel', 'net/hidden.kernel'].map((name) => layersBehind(plan).get(name)),
      [1, 2],
    );
  });
});

describe('a schedule', () => {
  const length = { perEpoch: 10, epochs: 4 };
  const shares = (schedule: NonNullable<PlanTrain['schedule']>) =>
    Array.from({ length: 40 }, (_, i) => rateShareAt(schedule, i + 1, length));

  it('rises to the full rate with the last step of the warm-up', () => {
    const all = shares({ warmup: 1.5, decay: 'constant', end: 0 });
    assert.deepEqual(all.slice(0, 3), [1 / 15, 2 / 15, 3 / 15]);
    assert.ok(all.slice(14).every((share) => share === 1));
  });

  it('reaches the end with the last step, along a line or half a cosine', () => {
    const line = shares({ warmup: 2, decay: 'linear', end: 0.2 });
    assert.equal(line[19], 1);
    assert.ok(Math.abs(line[29]! - 0.6) < 1e-12 && Math.abs(line[39]! - 0.2) < 1e-12);
    const cosine = shares({ warmup: 0, decay: 'cosine', end: 0 });
    assert.ok(Math.abs(cosine[9]! - (1 + Math.SQRT1_2) / 2) < 1e-12);
    assert.ok(Math.abs(cosine[19]! - 0.5) < 1e-12 && Math.abs(cosine[39]!) < 1e-12);
    for (let i = 1; i < 40; i++) assert.ok(cosine[i]! < cosine[i - 1]!);
  });

  it('only rises where the warm-up takes all epochs', () => {
    const all = shares({ warmup: 9, decay: 'cosine', end: 0 });
    assert.deepEqual([all[0], all[39]], [1 / 40, 1]);
  });
});
