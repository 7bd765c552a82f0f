import { strict as assert } from 'node:assert';
import { Builder } from '../../../engine/step/builder';
import { ExecutionError } from '../../../engine/step/errors';
import type { Executor, HostTensor, Program, Session, StateSpec, Update } from '../../../engine/step/program';
import { openGraphExecutor } from '../../../engine/tensorflow/graph';
import { runReference } from '../reference';
import { batches, firstState, type Layers, perceptron } from './mlp';
import { needsNativeTensorflow } from './native';
import { allClose, tensor } from './tensors';

const small: Layers = { inputs: 12, hidden: 16, classes: 3 };

describe('graph: sessions', function () {
  needsNativeTensorflow(this);
  let executor: Executor;
  before(async () => {
    executor = await openGraphExecutor();
  });

  const openSmall = async (seed = 1) => {
    const step = perceptron(small, 'b');
    return executor.open(step, firstState(step, seed));
  };

  it('says what runs', () => {
    const { executor: name, backend, library, device, threads } = executor.description;
    assert.deepEqual([name, backend], ['graph', 'tensorflow']);
    assert.match(library, /^TensorFlow \d+\.\d+/);
    assert.ok(device.length > 0 && threads >= 1);
  });

  it('trains: the loss falls, and state and outputs equal those of plain loops at every step', async () => {
    const step = perceptron(small, 'b');
    const reference = firstState(step, 1);
    const session = await executor.open(step, reference);
    const data = batches(small, 8, 2, 3);
    const losses: number[] = [];
    for (let i = 0; i < 20; i++) {
      const batch = data[i % 2]!;
      const expected = runReference(step.programs.train!, batch, reference);
      const { loss } = await session.run('train', batch);
      allClose(loss!, expected.loss!);
      losses.push(loss!.data[0]!);
    }
    const state = await session.read();
    assert.deepEqual([...state.keys()], [...reference.keys()]);
    for (const [name, value] of state) allClose(value, reference.get(name)!, 1e-4);
    assert.ok(losses.at(-1)! < losses[0]! * 0.98, `loss went from ${losses[0]} to ${losses.at(-1)}`);
    session.close();
  });

  it('takes batches of any size where the size is a name', async () => {
    const session = await openSmall();
    for (const size of [1, 5, 8]) {
      const { probabilities } = await session.run('serve', { x: tensor([size, 12], (i) => Math.sin(i)) });
      assert.deepEqual(probabilities!.shape, [size, 3]);
    }
    session.close();
  });

  it('gives the same numbers for the same seed, bit for bit', async () => {
    const runs: Float32Array[] = [];
    for (let run = 0; run < 2; run++) {
      const wide: Layers = { inputs: 300, hidden: 257, classes: 10 };
      const step = perceptron(wide, 'b');
      const session = await executor.open(step, firstState(step, 5));
      const data = batches(wide, 64, 3, 9);
      const losses = [];
      for (let i = 0; i < 30; i++) losses.push((await session.run('train', data[i % 3]!)).loss!.data[0]!);
      const state = await session.read(['first.kernel']);
      runs.push(Float32Array.of(...losses, ...state.get('first.kernel')!.data.subarray(0, 5000)));
      session.close();
    }
    assert.deepEqual(runs[0], runs[1]);
  });

  it('keeps sessions apart', async () => {
    const first = await openSmall(1);
    const second = await openSmall(2);
    const before = await second.read();
    await first.run('train', batches(small, 4, 1, 1)[0]!);
    assert.deepEqual(await second.read(), before);
    first.close();
    assert.deepEqual(await second.read(), before);
    second.close();
  });

  it('reads and writes chosen state, and leaves what the caller gave untouched', async () => {
    const wide = { ...small, hidden: 4096 };
    const step = perceptron(wide, 'b');
    const session = await executor.open(step, firstState(step, 1));
    const kernel = tensor([12, 4096], (i) => Math.sin(i));
    const given = kernel.data.slice();
    await session.write(new Map([['first.kernel', kernel]]));
    assert.deepEqual(await session.read(['first.kernel']), new Map([['first.kernel', kernel]]));
    for (const batch of batches(wide, 4, 3, 1)) await session.run('train', batch);
    assert.deepEqual(kernel.data, given);
    const trained = await session.read(['first.kernel']);
    assert.notDeepEqual(trained.get('first.kernel')!.data, given);
    session.close();
  });

  it('keeps memory flat', async function () {
    this.timeout(60_000);
    const session = await openSmall();
    const data = batches(small, 8, 4, 3);
    const steps = async (count: number) => {
      for (let i = 0; i < count; i++) await session.run('train', data[i % 4]!);
    };
    await steps(500);
    const before = session.memory();
    const rss = process.memoryUsage.rss();
    await steps(2000);
    assert.deepEqual(session.memory(), before);
    const growth = (process.memoryUsage.rss() - rss) / 2 ** 20;
    assert.ok(growth < 8, `the process grew by ${growth.toFixed(1)} MiB in 2,000 steps`);
    session.close();
  });

  it('lets the event loop breathe', async () => {
    const session = await openSmall();
    const batch = batches(small, 8, 1, 3)[0]!;
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const end = performance.now() + 200;
    while (performance.now() < end) await session.run('train', batch);
    clearInterval(timer);
    assert.ok(ticks >= 5, `a timer of 1 ms got ${ticks} turns in 200 ms`);
    session.close();
  });

  describe('updates', () => {
    const weights: StateSpec = { name: 'w', dtype: 'float32', shape: [2, 3] };
    const others = ['m', 'v'].map((name): StateSpec => ({ ...weights, name }));
    const counter: StateSpec = { name: 'step', dtype: 'int32', shape: [] };

    /** Runs an update three times with w's own value in the gradient, against plain loops. */
    async function check(make: (gradient: number, step: number, rate: number) => Update[]): Promise<void> {
      const b = new Builder();
      const w = b.state('w', 'float32', [2, 3]);
      const x = b.input('x', { dtype: 'float32', shape: [2, 3] });
      const step = b.add(b.state('step', 'int32', []), b.scalar(1, 'int32'));
      const gradient = b.sub(b.mul(w, b.scalar(2)), x);
      const updates = make(gradient, step, b.scalar(0.05));
      const train = b.finish({ before: w, gradient }, [
        ...updates,
        { kind: 'assign', state: 'step', value: step },
      ]);
      const state = new Map<string, HostTensor>(
        [weights, ...others, counter].map((spec, i) => [
          spec.name,
          tensor(spec.shape, (j) => (i === 0 ? j - 2 : 0), spec.dtype),
        ]),
      );
      const session = await executor.open(
        { state: [weights, ...others, counter], programs: { train, evaluate: train, serve: train } },
        state,
      );
      const reference = new Map(state);
      for (let i = 0; i < 3; i++) {
        const input = { x: tensor([2, 3], (j) => Math.sin(i + j)) };
        const expected = runReference(train, input, reference);
        const outputs = await session.run('train', input);
        allClose(outputs.before!, expected.before!);
        allClose(outputs.gradient!, expected.gradient!);
        for (const [name, value] of await session.read()) allClose(value, reference.get(name)!);
      }
      session.close();
    }

    const adam = {
      kind: 'adam',
      state: 'w',
      m: 'm',
      v: 'v',
      beta1: 0.9,
      beta2: 0.99,
      epsilon: 1e-6,
    } as const;
    for (const weightDecay of [0, 0.1]) {
      it(`adam with weight decay ${weightDecay}`, () =>
        check((gradient, step, learningRate) => [{ ...adam, gradient, step, learningRate, weightDecay }]));
    }
    it('sgd', () =>
      check((gradient, _step, learningRate) => [
        { kind: 'sgd', state: 'w', gradient, learningRate, momentum: 0, nesterov: false },
      ]));
    for (const nesterov of [false, true]) {
      it(`sgd with momentum${nesterov ? ' of Nesterov' : ''}`, () =>
        check((gradient, _step, learningRate) => [
          { kind: 'sgd', state: 'w', velocity: 'm', gradient, learningRate, momentum: 0.8, nesterov },
        ]));
    }
    it('two assignments that exchange values', async () => {
      const b = new Builder();
      const program = b.finish({}, [
        { kind: 'assign', state: 'm', value: b.state('v', 'float32', [2, 3]) },
        { kind: 'assign', state: 'v', value: b.state('m', 'float32', [2, 3]) },
      ]);
      const [m, v] = [tensor([2, 3], (i) => i), tensor([2, 3], (i) => -i)];
      const session = await executor.open(
        { state: others, programs: { train: program, evaluate: program, serve: program } },
        new Map([
          ['m', m],
          ['v', v],
        ]),
      );
      assert.deepEqual(await session.run('train', {}), {});
      const state = await session.read();
      assert.deepEqual(state.get('m'), v);
      assert.deepEqual(state.get('v'), m);
      session.close();
    });
  });

  describe('errors', () => {
    let session: Session;
    beforeEach(async () => {
      session = await openSmall();
    });
    afterEach(() => session.close());

    const fails = (promise: Promise<unknown>, message: RegExp) =>
      assert.rejects(promise, (error: unknown) => {
        assert.ok(error instanceof ExecutionError, String(error));
        assert.match(error.message, message);
        return true;
      });

    it('a missing input', () => fails(session.run('train', {}), /'train' needs an input 'x'/));
    it('a wrong shape', () =>
      fails(
        session.run('serve', { x: tensor([2, 5], () => 0) }),
        /must be float32\[b=2, 12\], not float32\[2, 5\]/,
      ));
    it('two lengths of one name', () =>
      fails(
        session.run('train', { x: tensor([2, 12], () => 0), y: tensor([3], () => 0, 'int32') }),
        /'y' of 'train' must be int32\[b=2\], not int32\[3\]/,
      ));
    it('a wrong type', () =>
      fails(session.run('serve', { x: tensor([2, 12], () => 0, 'int32') }), /not int32\[2, 12\]/));
    it('too few values', () =>
      fails(
        session.run('serve', { x: { dtype: 'float32', shape: [2, 12], data: new Float32Array(3) } }),
        /has 3 values, but its shape \[2, 12\] holds 24/,
      ));
    it('a program that the step lacks', () => fails(session.run('frozen', {}), /no program 'frozen'/));
    it('a state that the step lacks', () => fails(session.read(['nothing']), /no state 'nothing'/));
    it('a closed session', async () => {
      session.close();
      await fails(session.read(), /closed/);
    });
    it('no first value for a state', async () => {
      const step = perceptron(small, 'b');
      const state = firstState(step, 1);
      state.delete('first.bias');
      await fails(executor.open(step, state), /'first\.bias' was given no first value/);
    });
    it('an index outside the table names the instruction and its node', async () => {
      const b = new Builder();
      b.from = 'embedded';
      const at = b.input('at', { dtype: 'int32', shape: ['n'] });
      const rows = b.gather(b.constant(new Float32Array(6), [3, 2]), at);
      const program: Program = b.finish({ rows });
      const gathering = await executor.open(
        { state: [], programs: { evaluate: program, serve: program } },
        new Map(),
      );
      const run = gathering.run('evaluate', { at: tensor([2], (i) => i * 7, 'int32') });
      await assert.rejects(run, (error: unknown) => {
        assert.ok(error instanceof ExecutionError);
        assert.match(error.message, /gather -> float32\[n, 2\] \(node 'embedded'\): .*7 is not in \[0, 3\)/);
        assert.equal(error.node, 'embedded');
        assert.equal(error.instruction, 2);
        return true;
      });
      assert.equal(gathering.memory().tensors, 0);
      gathering.close();
    });
  });
});
