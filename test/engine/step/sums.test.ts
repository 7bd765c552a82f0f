import { strict as assert } from 'node:assert';
import { compileStep } from '../../../engine/step/compile';
import { initialState } from '../../../engine/step/initial';
import type { HostTensor } from '../../../engine/step/program';
import type { PlanTrain } from '../../../language/plan/format';
import { forEachExecutor } from '../executors';
import { tensor } from '../graph/tensors';
import { adam, classifierPlan } from './plans';

const rows = (from: number, count: number): Record<string, HostTensor> => ({
  'data.x': tensor([count, 2], (i) => Math.sin(3 * (2 * from + i))),
  'data.y': tensor([count], (i) => ((from + i) % 3) % 2, 'int32'),
});

forEachExecutor('gradients of several batches', (executor) => {
  async function trained(train: Partial<PlanTrain>, steps: ['add' | 'train', Record<string, HostTensor>][]) {
    const plan = classifierPlan(2, 3, 2, { optimizer: adam(0.1), clip_norm: 0.05, ...train });
    const { step } = compileStep(plan, { phase: 0 });
    const session = await executor().open(step, initialState(plan, step));
    for (const [program, batch] of steps) await session.run(program, batch);
    const state = await session.read();
    session.close();
    return state;
  }

  it('move the weights as one batch of all their rows does', async () => {
    const whole = await trained({}, [
      ['train', rows(0, 12)],
      ['train', rows(12, 8)],
    ]);
    const parts = await trained({ accumulate: 3 }, [
      ['add', rows(0, 4)],
      ['add', rows(4, 4)],
      ['train', rows(8, 4)],
      ['add', rows(12, 4)],
      ['train', rows(16, 4)],
    ]);
    for (const [name, { data }] of whole) {
      for (const [i, value] of data.entries()) {
        const other = parts.get(name)!.data[i]!;
        assert.ok(Math.abs(value - other) < 2e-6, `${name}[${i}]: ${value} and ${other}`);
      }
    }
    assert.equal(parts.get('optimizer/step')!.data[0], 2);
    for (const [name, { data }] of parts)
      if (/^optimizer\/(sum|batches)\//.test(name))
        assert.ok(
          data.every((value) => value === 0),
          name,
        );
  });

  it('leave the weights as they are until the last of them', async () => {
    const none = await trained({ accumulate: 3 }, []);
    const some = await trained({ accumulate: 3 }, [['add', rows(0, 4)]]);
    assert.deepEqual(some.get('net/out.kernel'), none.get('net/out.kernel'));
    assert.equal(some.get('optimizer/batches/data')!.data[0], 1);
  });
});
