/** Runs one test of a brick: forward in evaluation, then one training step with its gradients. */
import type { Place, Plan, PlanExpectation, PlanTest, ValueId } from '../../language/plan/format';
import { PREPARE_OPS } from '../data/prepare/catalogue';
import { applyNodes, fitNodes, type States } from '../data/prepare/nodes';
import type { HostValue } from '../data/value';
import { compileStep } from '../step/compile';
import { ExecutionError, UnsupportedByEngine } from '../step/errors';
import { initialState } from '../step/initial';
import { elementType } from '../step/lower/context';
import { gradientNorm, totalLoss } from '../step/metrics';
import type { Executor, HostTensor, Session } from '../step/program';
import { loadParts } from '../train/parts';
import { givenValue } from './given';

export interface ProbeFailure {
  message: string;
  at: Place;
  expected?: string;
  got?: string;
}

export type ProbeResult =
  | { status: 'passed' }
  | { status: 'failed'; failure: ProbeFailure }
  /** This engine cannot run the brick; nothing is known of the test. */
  | { status: 'skipped'; reason: string; at: Place };

class Failed extends Error {
  constructor(readonly failure: ProbeFailure) {
    super(failure.message);
  }
}

/** Throws only what nobody foresaw. `at` is where the test is written. */
export async function probe(test: PlanTest, at: Place, executor: Executor): Promise<ProbeResult> {
  try {
    await run(test, at, executor);
    return { status: 'passed' };
  } catch (error) {
    if (error instanceof Failed) return { status: 'failed', failure: error.failure };
    if (error instanceof UnsupportedByEngine)
      return { status: 'skipped', reason: error.message, at: error.at };
    if (error instanceof ExecutionError) return { status: 'failed', failure: placed(error, test.plan, at) };
    throw error;
  }
}

async function run({ plan, given, expect }: PlanTest, at: Place, executor: Executor): Promise<void> {
  const [loaded] = await loadParts(plan, '');
  const host = await prepared(plan, given, loaded?.states ?? {});
  const inGraph = expect.map(({ value }) => value).filter((value) => !host.has(value));
  for (const expectation of expect) {
    const value = host.get(expectation.value);
    if (value) check(expectation, value);
  }
  if (plan.graph.length === 0) return;

  const { step } = compileStep(plan, { phase: 0, outputs: inGraph });
  const state = initialState(plan, step);
  for (const [name, tensor] of loaded?.weights ?? []) if (state.has(name)) state.set(name, tensor);
  const session = await executor.open(step, state);
  try {
    const feed = (inputs: object) => feedOf(Object.keys(inputs), host);
    const outputs = await session.run('serve', feed(step.programs.serve.inputs));
    for (const expectation of expect) {
      const tensor = outputs[expectation.value];
      if (tensor) check(expectation, { kind: 'tensor', tensor });
    }
    if (step.programs.train) {
      await checkLearning(session, feed(step.programs.train.inputs), at);
    }
  } finally {
    session.close();
  }
}

/** Given values, made-up targets, and what the host makes of them before training; fitted on the given values. */
async function prepared(
  plan: Plan,
  given: PlanTest['given'],
  states: States,
): Promise<Map<ValueId, HostValue>> {
  const host = new Map<ValueId, HostValue>();
  for (const { alias, columns } of plan.data) {
    for (const { name, value } of columns) {
      const id = `${alias}.${name}`;
      host.set(id, givenValue(id, value, given[id] ?? { fill: 'random' }));
    }
  }
  for (const node of plan.prepare) {
    if (!PREPARE_OPS[node.op])
      throw new UnsupportedByEngine(`this engine cannot prepare data with '${node.op}'`, node.at);
  }
  await applyNodes(plan.prepare, host, await fitNodes(plan.prepare, host, states));
  return host;
}

function feedOf(names: string[], host: Map<ValueId, HostValue>): Record<string, HostTensor> {
  return Object.fromEntries(
    names.map((name) => {
      const value = host.get(name);
      if (value?.kind !== 'tensor') throw new Error(`the value ${name} is no tensor`);
      return [name, value.tensor];
    }),
  );
}

function check(expectation: PlanExpectation, value: HostValue): void {
  const { output, type, at } = expectation;
  const expected = `${type.dtype}[${type.shape.join(', ')}]`;
  const fail = (message: string, got: string) => {
    throw new Failed({ message, at, expected, got });
  };
  if (value.kind === 'text') {
    if (type.dtype !== 'string' || type.shape[0] !== value.values.length)
      fail(`\`${output}\` has another type`, `string[${value.values.length}]`);
    return;
  }
  if (value.kind === 'pictures') return;
  const { dtype, shape, data } = value.tensor;
  const fits =
    type.dtype !== 'string' &&
    dtype === elementType(type) &&
    shape.length === type.shape.length &&
    type.shape.every((size, axis) => typeof size === 'string' || size === shape[axis]);
  if (!fits) fail(`\`${output}\` has another type`, `${dtype}[${shape.join(', ')}]`);
  const wrong = data.findIndex((each) => !Number.isFinite(each));
  if (wrong >= 0) {
    fail(`\`${output}\` holds a number that is not finite`, `${data[wrong]} at [${placeOf(wrong, shape)}]`);
  }
  const differs = firstDifference(expectation, Array.from(data, Number), shape);
  if (differs) throw new Failed({ ...differs, at });
}

/** The first number that is not what the test says of it. */
function firstDifference(
  { output, range, sums_to_one: sums, close_to: close, tolerance = 1e-5 }: PlanExpectation,
  data: number[],
  shape: number[],
): Omit<ProbeFailure, 'at'> | undefined {
  const outside = range ? data.findIndex((each) => each < range[0] || each > range[1]) : -1;
  if (outside >= 0)
    return {
      message: `\`${output}\` holds a number outside its range`,
      expected: `${range![0]} to ${range![1]}`,
      got: `${data[outside]} at [${placeOf(outside, shape)}]`,
    };
  const width = shape.at(-1) ?? 1;
  for (let start = 0; sums && start < data.length; start += width) {
    const total = data.slice(start, start + width).reduce((sum, each) => sum + each, 0);
    if (Math.abs(total - 1) > tolerance)
      return {
        message: `\`${output}\` does not sum to one along its last axis`,
        expected: '1',
        got: `${total} at [${placeOf(start, shape)}]`,
      };
  }
  const far = close ? data.findIndex((each, at) => !(Math.abs(each - close[at]!) <= tolerance)) : -1;
  if (far < 0) return undefined;
  return {
    message: `\`${output}\` holds another number than expected`,
    expected: `${close![far]}`,
    got: `${data[far]} at [${placeOf(far, shape)}]`,
  };
}

/** From the position in row-major order. */
function placeOf(position: number, shape: number[]): string {
  const indices: number[] = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    indices.unshift(position % shape[axis]!);
    position = Math.floor(position / shape[axis]!);
  }
  return indices.join(', ');
}

/** One step: loss and gradients are numbers, and so are the weights after it. */
async function checkLearning(session: Session, feed: Record<string, HostTensor>, at: Place): Promise<void> {
  const outputs = await session.run('train', feed);
  for (const [name, what] of [
    [totalLoss, 'the loss of a training step'],
    [gradientNorm, 'the gradient of a training step'],
  ] as const) {
    const value = outputs[name]?.data[0];
    if (value === undefined || Number.isFinite(value)) continue;
    throw new Failed({ message: `${what} is not finite`, at, expected: 'a finite number', got: `${value}` });
  }
  for (const [name, { data }] of await session.read()) {
    const wrong = data.find((each) => !Number.isFinite(each));
    if (wrong === undefined) continue;
    const message = `the weight ${name} is not finite after a training step`;
    throw new Failed({ message, at, expected: 'finite numbers', got: `${wrong}` });
  }
}

function placed(error: ExecutionError, plan: Plan, at: Place): ProbeFailure {
  const node = plan.graph.find(({ id }) => id === error.node);
  const what = node ? node.id.slice(node.part.length + 1) : 'the brick';
  return { message: `${what} could not be computed: ${error.message}`, at: node?.at ?? at };
}
