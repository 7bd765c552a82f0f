import { strict as assert } from 'node:assert';
import { compileStep } from '../../../engine/step/compile';
import { initialState } from '../../../engine/step/initial';
import type { HostTensor, Session } from '../../../engine/step/program';
import type { Plan, PlanOptimizer } from '../../../language/plan/format';
import { forEachExecutor } from '../executors';
import { allClose, numbers, tensor } from '../graph/tensors';
import { runReference } from '../reference';
import { adam, floats, ints, PlanBuilder } from './plans';

/** A bit of everything: embedding, dropout, convolution, recurrence, attention, normalisation, two tasks. */
function mixedPlan(): Plan {
  const [seq, dim, units] = [5, 4, 3];
  const p = new PlanBuilder(
    { tokens: ints(seq), class: ints(), price: floats() },
    { optimizer: { ...adam(0.01), kind: 'adamw', weight_decay: 0.02 } as PlanOptimizer, clip_norm: 1 },
  ).part('net');
  const shape = ['batch', seq, dim];
  const mask = p.node('known', { op: 'mask_of', inputs: { in: 'data.tokens' }, shape: ['batch', seq] });
  const embedded = p.node('embedded', {
    op: 'embedding',
    inputs: { in: 'data.tokens' },
    shape,
    weights: { table: [9, dim] },
  });
  const thinned = p.node('thin', {
    op: 'dropout',
    inputs: { in: embedded },
    attributes: { rate: 0.3 },
    shape,
  });
  const windows = p.node('windows', {
    op: 'conv1d',
    inputs: { in: thinned },
    attributes: { padding: 'same', activation: 'gelu' },
    shape,
    weights: { kernel: [3, dim, dim], bias: [dim] },
  });
  const sides = ['query', 'key', 'value', 'output'].flatMap((side): [string, number[]][] => [
    [`${side}_kernel`, [dim, dim]],
    [`${side}_bias`, [dim]],
  ]);
  const mixed = p.node('mixed', {
    op: 'attention',
    inputs: { in: windows, mask },
    attributes: { heads: 2 },
    shape,
    weights: Object.fromEntries(sides),
  });
  const closed = p.node('closed', { op: 'add', inputs: { in: [windows, mixed] }, shape });
  const normed = p.node('normed', {
    op: 'layer_norm',
    inputs: { in: closed },
    shape,
    weights: { gamma: [dim], beta: [dim] },
    init: { gamma: { kind: 'ones' } },
  });
  const state = p.node('state', {
    op: 'gru',
    inputs: { in: normed, mask },
    attributes: { units },
    shape: ['batch', units],
    weights: {
      kernel: [dim, 3 * units],
      recurrent: [units, 3 * units],
      bias: [3 * units],
      recurrent_bias: [3 * units],
    },
  });
  const highest = p.node('highest', {
    op: 'global_max_pool',
    inputs: { in: normed, mask },
    shape: ['batch', dim],
  });
  const both = p.node('both', {
    op: 'concat',
    inputs: { in: [state, highest] },
    shape: ['batch', units + dim],
  });
  p.task(p.dense('class', both, units + dim, 3), 'data.class', 'cross_entropy', {
    name: 'class',
    metrics: ['accuracy'],
  });
  p.task(p.dense('price', both, units + dim, 1), 'data.price', 'huber', {
    name: 'price',
    weight: 0.5,
    metrics: ['mae'],
  });
  return p.plan;
}

function batch(rows: number): Record<string, HostTensor> {
  const next = numbers(rows);
  return {
    'data.tokens': tensor(
      [rows, 5],
      (i) => (i % 5 > 1 && next() < 0.3 ? 0 : 1 + Math.floor(next() * 8)),
      'int32',
    ),
    'data.class': tensor([rows], () => Math.floor(next() * 3), 'int32'),
    'data.price': tensor([rows], () => next() * 4 - 2),
  };
}

forEachExecutor('training, step by step,', (executor) => {
  it('is what plain loops compute, dropout and optimizer included', async () => {
    const plan = mixedPlan();
    const { step } = compileStep(plan, { phase: 0 });
    const state = initialState(plan, step);
    const session: Session = await executor().open(step, new Map(state));
    for (const rows of [6, 4, 6]) {
      const inputs = batch(rows);
      const actual = await session.run('train', inputs);
      const expected = runReference(step.programs.train!, inputs, state);
      for (const [name, value] of Object.entries(expected)) allClose(actual[name]!, value, 2e-4);
    }
    const reached = await session.read();
    assert.equal(reached.size, state.size);
    for (const [name, value] of state) {
      // Adam divides by the root of v, which blows up rounding where a gradient is almost nothing.
      if (!name.startsWith('optimizer/')) allClose(reached.get(name)!, value, 2e-3);
    }
    session.close();
  });
});
