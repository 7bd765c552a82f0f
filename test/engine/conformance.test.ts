import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readSafetensors } from '../../engine/data/safetensors';
import { Builder } from '../../engine/step/builder';
import { gradients } from '../../engine/step/gradient/gradient';
import { lowerGraph } from '../../engine/step/graph';
import { losses } from '../../engine/step/loss/losses';
import type { Executor, HostTensor, Program, TensorId } from '../../engine/step/program';
import { allOps, opNamed } from '../../language/ops/catalogue';
import type { PlanAttribute, PlanNode, PlanType } from '../../language/plan/format';
import { forEachExecutor } from './executors';
import { allClose } from './graph/tensors';
import { PlanBuilder } from './step/plans';

/** Relative to the greater of 1 and what is expected. */
const TOLERANCE = { outputs: 1e-5, gradients: 5e-5 };

const FOLDER = join(__dirname, '../conformance/vectors');

/** Chance decides what it hides, so its own tests hold it to shares; see test/engine/step/chance.test.ts. */
const withoutVectors = ['mask_tokens'];

interface Case {
  op: string;
  name: string;
  attributes: Record<string, PlanAttribute>;
  training: boolean;
  statistics: string[];
  /** Names of inputs, in order. */
  inputs: string[];
  /** `in.x` or `in.x.0`, `weight.x`, `out.x`, `probe.x`, `grad.in.x`, `grad.weight.x`. */
  tensors: Map<string, HostTensor>;
}

function casesIn(file: string): Case[] {
  const { tensors, metadata } = readSafetensors(readFileSync(file), file);
  const cases = JSON.parse(metadata.cases!) as Omit<Case, 'op' | 'tensors'>[];
  return cases.map((each, index) => {
    const start = `${index}/`;
    const own = [...tensors].filter(([name]) => name.startsWith(start));
    return {
      ...each,
      op: (metadata.op ?? metadata.loss)!,
      tensors: new Map(own.map(([name, value]) => [name.slice(start.length), value])),
    };
  });
}

/** Tensors whose names start so, under the rest of their names. */
function named(tensors: Case['tensors'], start: string): [string, HostTensor][] {
  return [...tensors].flatMap(([name, value]): [string, HostTensor][] =>
    name.startsWith(start) ? [[name.slice(start.length), value]] : [],
  );
}

const typeOf = ({ dtype, shape }: HostTensor): PlanType => ({ dtype, shape });

const places = (name: string, { tensors }: Case): string[] =>
  tensors.has(`in.${name}`)
    ? [`in.${name}`]
    : [...tensors.keys()].filter((key) => key.startsWith(`in.${name}.`)).sort();

/** The case as a plan of one node, with the attributes that are not given as the catalogue has them. */
function planOf(each: Case) {
  const { op, tensors } = each;
  const fed = [...tensors].filter(([name]) => name.startsWith('in.'));
  const p = new PlanBuilder(Object.fromEntries(fed.map(([name, value]) => [name, typeOf(value)]))).part(
    'net',
  );
  const inputs = each.inputs.map((name): [string, string | string[]] => {
    const ids = places(name, each).map((place) => `data.${place}`);
    return [name, tensors.has(`in.${name}`) ? ids[0]! : ids];
  });
  const defaults = Object.entries(opNamed(op)!.attributes).map(([name, { default: otherwise }]) => [
    name,
    otherwise ?? null,
  ]);
  const node: PlanNode = {
    id: 'net/node',
    part: 'net',
    op,
    inputs: Object.fromEntries(inputs),
    attributes: { ...(Object.fromEntries(defaults) as Case['attributes']), ...each.attributes },
    outputs: Object.fromEntries(named(tensors, 'out.').map(([port, value]) => [port, typeOf(value)])),
    weights: named(tensors, 'weight.').map(([role, { shape }]) => ({
      name: `weight.${role}`,
      role,
      shape,
      init: { kind: 'zeros' },
      trainable: !each.statistics.includes(role),
    })),
    at: { file: 'conformance', line: 1 },
  };
  p.plan.graph.push(node);
  return { plan: p.plan, node };
}

interface Prepared {
  program: Program;
  state: Map<string, HostTensor>;
  feeds: Record<string, HostTensor>;
}

/** Gives `out.x` for each output, and `grad.…` of the sum of all numbers times their probes. */
function prepare(each: Case): Prepared {
  const { plan, node } = planOf(each);
  const ports = Object.keys(node.outputs);
  const { b, value, weights } = lowerGraph(
    plan,
    ports.map((port) => `${node.id}.${port}`),
    new Set(),
    new Set(each.training ? [node.id] : []),
  );
  const outputs = ports.map((port): [string, TensorId] => [`out.${port}`, value(`${node.id}.${port}`)]);
  const losses = named(each.tensors, 'probe.').map(([port, { data, shape }]) =>
    b.sum(
      b.mul(value(`${node.id}.${port}`), b.constant(data as Float32Array, shape)),
      shape.map((_, axis) => axis),
    ),
  );
  const sources = named(each.tensors, 'grad.').map(([name]): [string, TensorId] => [
    name,
    name.startsWith('in.') ? value(`data.${name}`) : weights.get(`net/${name}`)!.tensor,
  ]);
  const found =
    losses.length > 0
      ? gradients(
          b,
          losses.reduce((sum, loss) => b.add(sum, loss)),
          sources.map(([, source]) => source),
        )
      : new Map<TensorId, TensorId>();
  for (const [name, source] of sources) {
    const gradient = found.get(source);
    if (gradient !== undefined) outputs.push([`grad.${name}`, gradient]);
  }
  return {
    program: b.finish(Object.fromEntries(outputs)),
    state: new Map([...weights.keys()].map((name) => [name, each.tensors.get(name.slice('net/'.length))!])),
    feeds: Object.fromEntries(
      [...each.tensors].flatMap(([name, tensor]): [string, HostTensor][] =>
        name.startsWith('in.') ? [[`data.${name}`, tensor]] : [],
      ),
    ),
  };
}

/** As `prepare`, for a loss. */
function prepareLoss({ op, attributes, tensors }: Case): Prepared {
  const b = new Builder();
  const [output, target] = ['output', 'target'].map((side) => {
    const { dtype, shape } = tensors.get(`in.${side}`)!;
    return b.input(`data.in.${side}`, { dtype, shape });
  }) as [TensorId, TensorId];
  const { mean, count } = losses[op]!(b, output, target, attributes);
  const probe = tensors.get('probe.mean')!.data[0]!;
  const found = gradients(b, b.mul(mean, b.scalar(probe)), [output, target]);
  const sides = [['grad.in.output', output] as const, ['grad.in.target', target] as const];
  return {
    program: b.finish({
      'out.mean': mean,
      'out.count': count,
      ...Object.fromEntries(
        sides.flatMap(([name, id]) => (found.has(id) ? [[name, found.get(id)!] as const] : [])),
      ),
    }),
    state: new Map(),
    feeds: Object.fromEntries(named(tensors, 'in.').map(([name, value]) => [`data.in.${name}`, value])),
  };
}

async function run(executor: Executor, { program, state, feeds }: Prepared) {
  const specs = [...state].map(([name, { dtype, shape }]) => ({ name, dtype, shape }));
  const session = await executor.open(
    { state: specs, programs: { evaluate: program, serve: program } },
    state,
  );
  try {
    return await session.run('evaluate', feeds);
  } finally {
    session.close();
  }
}

const filesIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.safetensors'))
    .map((name) => join(folder, name));
const files = filesIn(FOLDER);
const lossFiles = filesIn(join(FOLDER, 'losses'));

describe('conformance vectors', () => {
  it('are there for every op of a graph', () => {
    const ops = allOps().flatMap(({ name, stage }) => (stage === 'graph' ? name : []));
    const there = files.map((file) => basename(file, '.safetensors'));
    assert.deepEqual([...there, ...withoutVectors].sort(), ops.sort());
  });

  it('are there for every loss', () => {
    const there = lossFiles.map((file) => basename(file, '.safetensors'));
    assert.deepEqual(there.sort(), Object.keys(losses).sort());
  });

  it('hold a gradient of every number that something can be learned in', () => {
    for (const file of [...files, ...lossFiles]) {
      for (const { op, name, statistics, tensors } of casesIn(file)) {
        if (named(tensors, 'probe.').length === 0) continue;
        const learned = [...tensors].flatMap(([key, { dtype }]) =>
          /^(in|weight)\./.test(key) &&
          dtype === 'float32' &&
          key !== 'in.mask' &&
          !statistics.includes(key.slice('weight.'.length))
            ? key
            : [],
        );
        const given = named(tensors, 'grad.').map(([key]) => key);
        assert.deepEqual(given.sort(), learned.sort(), `${op}: ${name}`);
      }
    }
  });
});

/** Holds what an executor makes against a case. */
async function agrees(executor: Executor, each: Case, prepared: Prepared): Promise<void> {
  const made = await run(executor, prepared);
  for (const [port, expected] of named(each.tensors, 'out.'))
    allClose(made[`out.${port}`]!, expected, TOLERANCE.outputs);
  for (const [name, expected] of named(each.tensors, 'grad.')) {
    const gradient = made[`grad.${name}`];
    // What nothing flows to has no gradient, which is zero.
    if (gradient) allClose(gradient, expected, TOLERANCE.gradients);
    else
      assert.ok(
        expected.data.every((number) => number === 0),
        `no gradient of ${name}`,
      );
  }
}

forEachExecutor('conformance', (executor) => {
  for (const each of files.flatMap(casesIn))
    it(`${each.op}: ${each.name}`, () => agrees(executor(), each, prepare(each)));
  for (const each of lossFiles.flatMap(casesIn))
    it(`the loss ${each.op}: ${each.name}`, () => agrees(executor(), each, prepareLoss(each)));
});
