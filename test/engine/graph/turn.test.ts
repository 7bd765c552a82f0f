import { strict as assert } from 'node:assert';
import { Builder } from '../../../engine/step/builder';
import type { Program, Step } from '../../../engine/step/program';
import { openGraphExecutor } from '../../../engine/tensorflow/graph';
import { turnWeights } from '../../../engine/tensorflow/graph/turn';
import { runReference } from '../reference';
import { batches, firstState, type Layers, perceptron } from './mlp';
import { needsNativeTensorflow } from './native';
import { allClose, tensor } from './tensors';

const wide: Layers = { inputs: 6, hidden: 512, classes: 3 };

const shapeOf = ({ state }: Step, wanted: string) => state.find(({ name }) => name === wanted)!.shape;

describe('graph: turned weights', () => {
  it('are those of a first layer whose rows are long powers of two, with what the optimizer keeps', () => {
    const { step, turned } = turnWeights(perceptron(wide, 'b'));
    assert.deepEqual([...turned].sort(), ['first.kernel', 'first.kernel/m', 'first.kernel/v']);
    for (const name of turned) assert.deepEqual(shapeOf(step, name), [512, 6]);
    const { instructions, updates } = step.programs.train!;
    const update = updates.find(({ state }) => state === 'first.kernel')!;
    assert.ok(update.kind === 'adam');
    // The product that gave the gradient gives it turned; none is turned afterwards.
    assert.equal(instructions[update.gradient]!.op, 'matmul');
    assert.deepEqual(instructions[update.gradient]!.shape, [512, 6]);
  });

  it('are none where rows are short', () => {
    const step = perceptron({ ...wide, hidden: 500 }, 'b');
    assert.equal(turnWeights(step).step, step);
  });

  it('are none of those that only the optimizer keeps, beside a weight that stays', () => {
    const step = perceptron({ inputs: 6, hidden: 8, classes: 512 }, 'b');
    assert.deepEqual(shapeOf(step, 'second.kernel'), [8, 512]);
    assert.equal(turnWeights(step).step, step);
  });

  it('are none that anything but a product reads, or that a gradient passes through', () => {
    const program = (use: (b: Builder, w: number) => number): Program => {
      const b = new Builder();
      return b.finish({ y: use(b, b.state('w', 'float32', [4, 512])) });
    };
    const turns = (...programs: Program[]) => {
      const [evaluate, serve = evaluate] = programs as [Program, Program?];
      const state = [{ name: 'w', dtype: 'float32' as const, shape: [4, 512] }];
      return turnWeights({ state, programs: { evaluate, serve } }).turned.has('w');
    };
    const rows = (b: Builder, width: number) => b.input('x', { dtype: 'float32', shape: ['n', width] });
    const product = program((b, w) => b.matmul(rows(b, 4), w));
    assert.equal(turns(product), true);
    assert.equal(
      turns(
        product,
        program((b, w) => b.matmul(rows(b, 512), w, false, true)),
      ),
      false,
    );
    assert.equal(
      turns(
        product,
        program((b, w) => b.unary('square', w)),
      ),
      false,
    );
    assert.equal(
      turns(
        product,
        program((_, w) => w),
      ),
      false,
    );
    assert.equal(
      turns(
        product,
        program((b, w) => b.matmul(w, rows(b, 512), false, true)),
      ),
      false,
    );
  });
});

describe('graph: sessions with turned weights', function () {
  needsNativeTensorflow(this);

  it('train, read and write like any other', async () => {
    const executor = await openGraphExecutor();
    const step = perceptron(wide, 'b');
    const reference = firstState(step, 1);
    const session = await executor.open(step, reference);
    const given = await session.read(['first.kernel']);
    assert.deepEqual(given.get('first.kernel'), reference.get('first.kernel'));
    for (const batch of batches(wide, 8, 4, 3)) {
      const expected = runReference(step.programs.train!, batch, reference);
      const { loss } = await session.run('train', batch);
      allClose(loss!, expected.loss!);
    }
    const state = await session.read();
    for (const [name, value] of state) allClose(value, reference.get(name)!, 1e-4);
    const written = tensor([6, 512], (i) => Math.sin(i));
    await session.write(new Map([['first.kernel', written]]));
    assert.deepEqual((await session.read(['first.kernel'])).get('first.kernel'), written);
    session.close();
  });

  it('turn a gradient that is no product, or that others read too', async () => {
    const executor = await openGraphExecutor();
    const b = new Builder();
    const x = b.input('x', { dtype: 'float32', shape: ['n', 3] });
    const w = b.state('w', 'float32', [3, 512]);
    const y = b.matmul(x, w);
    const gradient = b.matmul(x, y, true, false);
    const norm = b.sum(b.unary('square', gradient), [0, 1]);
    const program = b.finish({ norm }, [
      { kind: 'sgd', state: 'w', gradient, learningRate: b.scalar(0.5), momentum: 0, nesterov: false },
    ]);
    const step: Step = {
      state: [{ name: 'w', dtype: 'float32', shape: [3, 512] }],
      programs: { train: program, evaluate: program, serve: program },
    };
    assert.equal(turnWeights(step).turned.has('w'), true);
    const reference = new Map([['w', tensor([3, 512], (i) => Math.cos(i))]]);
    const session = await executor.open(step, reference);
    const batch = { x: tensor([5, 3], (i) => Math.sin(i)) };
    const expected = runReference(program, batch, reference);
    const { norm: found } = await session.run('train', batch);
    allClose(found!, expected.norm!);
    allClose((await session.read()).get('w')!, reference.get('w')!, 1e-4);
    session.close();
  });
});
