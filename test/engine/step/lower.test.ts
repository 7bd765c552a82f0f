import { compileStep } from '../../../engine/step/compile';
import type { HostTensor } from '../../../engine/step/program';
import type { PlanType } from '../../../language/plan/format';
import { forEachExecutor } from '../executors';
import { allClose } from '../graph/tensors';
import { layers } from './examples';
import { reader } from './nested';
import { PlanBuilder } from './plans';
import { sequences } from './sequences';

const examples = [...layers, ...sequences];

forEachExecutor('ops', (executor) => {
  for (const example of examples) {
    it(`${example.name}`, async () => {
      const { op, attributes = {}, inputs, weights = {} } = example;
      const everything = { ...inputs, ...weights };
      const expected = example.expected(
        Object.fromEntries(Object.entries(everything).map(([name, value]) => [name, reader(value)])),
      );
      // A matrix that the op takes as an input but that has no batch is fed as a constant column here.
      const fed = op === 'matmul' ? everything : inputs;
      const columns = Object.entries(fed).map(([name, { dtype, shape }]): [string, PlanType] => [
        name,
        { dtype, shape },
      ]);
      const p = new PlanBuilder(Object.fromEntries(columns)).part('net');
      const id = p.node('node', {
        op,
        inputs: Object.fromEntries(Object.keys(fed).map((name) => [name, `data.${name}`])),
        attributes,
        shape: expected.shape,
        weights:
          fed === everything
            ? {}
            : Object.fromEntries(Object.entries(weights).map(([role, { shape }]) => [role, shape])),
      });
      const { step } = compileStep(p.plan, { phase: 0, outputs: [id] });
      const state = new Map(
        Object.entries(fed === everything ? {} : weights).map(([role, value]) => [`net/node.${role}`, value]),
      );
      const session = await executor().open(step, state);
      try {
        const feeds = Object.entries(fed).map(([name, value]): [string, HostTensor] => [
          `data.${name}`,
          value,
        ]);
        allClose((await session.run('serve', Object.fromEntries(feeds)))[id]!, expected, 1e-5);
      } finally {
        session.close();
      }
    });
  }
});
