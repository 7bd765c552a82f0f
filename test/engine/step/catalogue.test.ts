import { strict as assert } from 'node:assert';
import { lowerGraph } from '../../../engine/step/graph';
import { elementType } from '../../../engine/step/lower/context';
import { allOps } from '../../../language/ops/catalogue';
import type { AttributeValue, Op, OpCall } from '../../../language/ops/op';
import type { PlanAttribute, PlanNode, PlanType } from '../../../language/plan/format';
import { Dim } from '../../../language/types/dim';
import { Solver } from '../../../language/types/solver';
import { parseType, type TensorType } from '../../../language/types/type';
import { Workspace } from '../../../language/workspace';
import { brickOf, type DocExample, docExample } from '../../language/ops/doc-example';
import { PlanBuilder } from './plans';

const file = '/example.brique.yaml';

/** The example with numbers in place of all sizes but the batch. */
function concrete(example: DocExample): DocExample {
  const sized = (text: string): string => text.replace(/\bsteps\b/g, '5').replace(/\bothers\b/g, '6');
  const all = (types: Record<string, string>) =>
    Object.fromEntries(Object.entries(types).map(([name, type]) => [name, sized(type)]));
  return { ...example, inputs: all(example.inputs), outputs: all(example.outputs) };
}

const planType = ({ dtype, dims }: TensorType): PlanType => ({
  dtype,
  shape: dims.map((dim) => dim.constant ?? dim.toString()),
});

function planAttribute(value: AttributeValue | undefined): PlanAttribute {
  if (value === undefined) return null;
  if (value instanceof Dim) return value.constant!;
  return Array.isArray(value) ? (value.map(planAttribute) as number[]) : value;
}

/** Notes which keys are read. */
function watched<T extends object>(values: T, read: Set<string>): T {
  return new Proxy(values, {
    get(target, key) {
      read.add(String(key));
      return Reflect.get(target, key);
    },
  });
}

/** The op's step in its example as a node of a plan, with columns for its inputs. */
function planOf(op: Op): { p: PlanBuilder; node: PlanNode; call: Pick<OpCall, 'inputs' | 'attributes'> } {
  const example = concrete(docExample(op)!);
  const workspace = new Workspace();
  workspace.setFile(file, brickOf(example));
  const step = workspace.analysis(file)!.inference!.graph.steps.get(example.step)!;
  const p = new PlanBuilder(
    Object.fromEntries(
      Object.entries(example.inputs).map(([name, type]) => [name, planType(parseType(type).type!)]),
    ),
  ).part('net');
  const inputs: PlanNode['inputs'] = {};
  const types: OpCall['inputs'] = {};
  for (const { wire, input } of step.wires) {
    const id = `data.${wire.reference.owner}`;
    const type = parseType(example.inputs[wire.reference.owner]!).type!;
    const variadic = op.inputs.find(({ name }) => name === input)!.variadic;
    inputs[input!] = variadic ? [...((inputs[input!] as string[]) ?? []), id] : id;
    types[input!] = variadic ? [...((types[input!] as TensorType[]) ?? []), type] : type;
  }
  const node: PlanNode = {
    id: 'net/node',
    part: 'net',
    op: op.name,
    inputs,
    attributes: Object.fromEntries([...step.values].map(([name, value]) => [name, planAttribute(value)])),
    outputs: Object.fromEntries([...step.outputs].map(([port, type]) => [port, planType(type!)])),
    weights: step.weights.map(({ role, dims, init, trainable }) => ({
      name: `node/${role}`,
      role,
      shape: dims.map((dim) => dim.constant!),
      init,
      trainable,
    })),
    at: { file, line: 1 },
  };
  return { p, node, call: { inputs: types, attributes: Object.fromEntries(step.values) } };
}

/** Runs the shape rule for what it reads only. */
function inferAgain(
  op: Op,
  { inputs, attributes }: Pick<OpCall, 'inputs' | 'attributes'>,
  read: Set<string>,
) {
  const solver = new Solver<string>();
  op.infer({
    inputs,
    attributes: watched(attributes, read),
    given(attribute) {
      read.add(attribute);
      return attributes[attribute] !== undefined;
    },
    fresh: (hint) => Dim.symbol(hint),
    resolve: (dim) => solver.resolve(dim),
    equate: (a, b, why) => void solver.equate(a, b, why),
    fail: ({ message }) => assert.fail(message),
  });
}

describe('the catalogue and the engine', () => {
  for (const op of allOps().filter(({ stage }) => stage === 'graph')) {
    it(`${op.name}: what is computed has the types that are inferred, and every attribute counts`, () => {
      const { p, node, call } = planOf(op);
      const read = new Set<string>();
      inferAgain(op, call, read);
      // Once as in the example, and once more with what can be switched on.
      const switched = Object.fromEntries(
        Object.entries(op.attributes).flatMap(([name, { type }]) =>
          type === 'bool' && !name.startsWith('transpose') && name !== 'bidirectional' ? [[name, true]] : [],
        ),
      );
      for (const attributes of [node.attributes, { ...node.attributes, ...switched }]) {
        const lowered: PlanNode = { ...node, attributes: watched(attributes, read) };
        const plan = { ...p.plan, graph: [lowered] };
        const ids = Object.keys(node.outputs).map((port) => `${node.id}.${port}`);
        const { b, value } = lowerGraph(plan, ids, new Set(), new Set([node.id]));
        if (attributes !== node.attributes) continue;
        for (const [port, type] of Object.entries(node.outputs)) {
          const id = value(`${node.id}.${port}`);
          assert.deepEqual(b.shape(id), type.shape, port);
          assert.equal(b.dtype(id), elementType(type), port);
        }
      }
      assert.deepEqual(
        Object.keys(op.attributes).filter((name) => !read.has(name)),
        [],
        'attributes that nothing reads',
      );
    });
  }
});
