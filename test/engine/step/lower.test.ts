import { strict as assert } from 'node:assert';
import { compileStep } from '../../../engine/step/compile';
import { gradients } from '../../../engine/step/gradient/gradient';
import { lowerGraph } from '../../../engine/step/graph';
import type { HostTensor } from '../../../engine/step/program';
import type { Plan, PlanType } from '../../../language/plan/format';
import { forEachExecutor } from '../executors';
import { allClose, tensor } from '../graph/tensors';
import { runReference } from '../reference';
import { elements } from './elements';
import { type Example, layers } from './examples';
import { moves } from './moves';
import { reader } from './nested';
import { pictures } from './pictures';
import { PlanBuilder } from './plans';
import { sequences } from './sequences';

const examples = [...layers, ...sequences, ...elements, ...moves, ...pictures];

interface Prepared {
  plan: Plan;
  /** The value that the op makes. */
  id: string;
  feeds: Record<string, HostTensor>;
  state: Map<string, HostTensor>;
  expected: HostTensor;
}

/** A plan of one node; a matrix that `matmul` takes as an input but that has no batch is fed as a constant column. */
function prepare({ op, attributes = {}, inputs, weights = {}, port, expected }: Example): Prepared {
  const everything = { ...inputs, ...weights };
  const wanted = expected(
    Object.fromEntries(Object.entries(everything).map(([name, value]) => [name, reader(value)])),
  );
  const fed = op === 'matmul' ? everything : inputs;
  const own = op === 'matmul' ? {} : weights;
  const columns = Object.entries(fed).map(([name, { dtype, shape }]): [string, PlanType] => [
    name,
    { dtype, shape },
  ]);
  const p = new PlanBuilder(Object.fromEntries(columns)).part('net');
  const listed = Object.keys(fed).some((name) => /^in\d$/.test(name));
  const id = p.node('node', {
    op,
    inputs: listed
      ? { in: Object.keys(fed).map((name) => `data.${name}`) }
      : Object.fromEntries(Object.keys(fed).map((name) => [name, `data.${name}`])),
    attributes,
    shape: wanted.shape,
    dtype: wanted.dtype,
    weights: Object.fromEntries(Object.entries(own).map(([role, { shape }]) => [role, shape])),
    ...(port === undefined ? {} : { port }),
  });
  return {
    plan: p.plan,
    id,
    feeds: Object.fromEntries(Object.entries(fed).map(([name, value]) => [`data.${name}`, value])),
    state: new Map(Object.entries(own).map(([role, value]) => [`net/node.${role}`, value])),
    expected: wanted,
  };
}

forEachExecutor('ops', (executor) => {
  for (const example of examples) {
    it(`${example.name}`, async () => {
      const { plan, id, feeds, state, expected } = prepare(example);
      const { step } = compileStep(plan, { phase: 0, outputs: [id] });
      const session = await executor().open(step, state);
      try {
        allClose((await session.run('serve', feeds))[id]!, expected, 2e-5);
      } finally {
        session.close();
      }
    });
  }
});

describe('gradients of ops', () => {
  for (const example of examples) {
    const { plan, id, feeds, state, expected } = prepare(example);
    if (expected.dtype !== 'float32') continue;
    it(`${example.name}: agrees with finite differences, for inputs and weights`, () => {
      const { b, value, weights } = lowerGraph(plan, [id], new Set(), new Set());
      const out = value(id);
      const uneven = tensor(expected.shape, (i) => 0.3 + Math.cos(i * 1.7)).data as Float32Array;
      const loss = b.sum(
        b.mul(out, b.constant(uneven, expected.shape)),
        expected.shape.map((_, axis) => axis),
      );
      const sources = new Map([
        ...Object.keys(feeds).map((name): [string, number] => [name, value(name)]),
        ...[...weights].map(([name, { tensor: at }]): [string, number] => [name, at]),
      ]);
      const found = gradients(b, loss, sources.values());
      const differentiated = [...sources].filter(([, at]) => found.has(at));
      const program = b.finish({
        loss,
        ...Object.fromEntries(differentiated.map(([name, at]) => [`d ${name}`, found.get(at)!])),
      });
      const forward = b.finish({ loss });
      const everything = { ...feeds, ...Object.fromEntries(state) };
      const exact = runReference(program, feeds, new Map(state));
      for (const [name] of differentiated) {
        for (const [element, gradient] of exact[`d ${name}`]!.data.entries()) {
          const h = 1e-2;
          const lossAt = (offset: number): number => {
            const data = Float64Array.from(everything[name]!.data) as unknown as Float32Array;
            data[element]! += offset;
            const moved = { ...everything[name]!, data };
            return runReference(
              forward,
              name in feeds ? { ...feeds, [name]: moved } : feeds,
              new Map(name in feeds ? state : [...state, [name, moved]]),
            ).loss!.data[0]!;
          };
          const numeric = (8 * (lossAt(h) - lossAt(-h)) - (lossAt(2 * h) - lossAt(-2 * h))) / (12 * h);
          const rounding = (16 * 2 ** -24 * Math.abs(exact.loss!.data[0]!)) / 0.12;
          const off = Math.abs(gradient - numeric) / Math.max(1, Math.abs(numeric));
          assert.ok(off < 5e-4 + rounding, `d loss / d ${name}[${element}] is ${gradient}, not ${numeric}`);
        }
      }
    });
  }
});
