import { Builder } from '../../../engine/step/builder';
import type {
  BinaryName,
  ElementType,
  Executor,
  HostTensor,
  Program,
  ReduceName,
  Size,
  TensorId,
  UnaryName,
} from '../../../engine/step/program';
import { openGraphExecutor } from '../../../engine/tensorflow/graph';
import { runReference } from '../reference';
import { needsNativeTensorflow } from './native';
import { allClose, tensor } from './tensors';

type Build = (builder: Builder, ...inputs: TensorId[]) => TensorId;

describe('graph: primitives', function () {
  needsNativeTensorflow(this);
  let executor: Executor;
  before(async () => {
    executor = await openGraphExecutor();
  });

  /** Builds a program over inputs of these shapes ('b' being dynamic) and compares it with plain loops. */
  async function same(inputs: HostTensor[], build: Build, dynamic: Size[][] = []): Promise<void> {
    const builder = new Builder();
    const ids = inputs.map(({ dtype, shape }, i) =>
      builder.input(`in${i}`, { dtype, shape: dynamic[i] ?? shape }),
    );
    const program = builder.finish({ out: build(builder, ...ids) });
    await compare(program, Object.fromEntries(inputs.map((input, i) => [`in${i}`, input])));
  }

  async function compare(program: Program, given: Record<string, HostTensor>): Promise<void> {
    const session = await executor.open(
      { state: [], programs: { evaluate: program, serve: program } },
      new Map(),
    );
    try {
      const outputs = await session.run('evaluate', given);
      for (const [name, expected] of Object.entries(runReference(program, given))) {
        allClose(outputs[name]!, expected);
      }
    } finally {
      session.close();
    }
  }

  const positive: UnaryName[] = ['log', 'log1p', 'sqrt', 'rsqrt', 'reciprocal'];
  const anySign: UnaryName[] = [
    ...(['neg', 'exp', 'tanh', 'sigmoid', 'relu', 'softplus', 'abs', 'square'] as const),
    ...(['sign', 'erf', 'sin', 'cos', 'floor', 'is_nan'] as const),
  ];
  for (const op of positive) {
    it(op, () => same([tensor([3, 4], (i) => 0.1 + i * 0.7)], (b, x) => b.unary(op, x)));
  }
  for (const op of anySign) {
    it(op, () => same([tensor([3, 4], (i) => (i - 5.5) * 0.6)], (b, x) => b.unary(op, x)));
  }
  it('is_nan of NaN', () => same([tensor([2], (i) => (i ? Number.NaN : 1))], (b, x) => b.unary('is_nan', x)));
  it('logical_not', () => same([tensor([3], (i) => i % 2, 'bool')], (b, x) => b.unary('logical_not', x)));

  const arithmetic: BinaryName[] = ['add', 'sub', 'mul', 'div', 'maximum', 'minimum', 'pow'];
  const comparisons: BinaryName[] = ['equal', 'less', 'less_equal', 'greater', 'greater_equal'];
  const one = tensor([2, 3, 4], (i) => 0.5 + (i % 7) * 0.5);
  const other = tensor([3, 1], (i) => 1 + i * 0.5);
  for (const op of [...arithmetic, ...comparisons]) {
    it(`${op}, broadcasting`, () => same([one, other], (b, x, y) => b.binary(op, x, y)));
  }
  for (const op of ['add', 'sub', 'mul', 'maximum', 'minimum', ...comparisons] as BinaryName[]) {
    const left = tensor([5], (i) => i - 2, 'int32');
    const right = tensor([1], () => 1, 'int32');
    it(`${op} of int32`, () => same([left, right], (b, x, y) => b.binary(op, x, y)));
  }
  for (const op of ['logical_and', 'logical_or'] as BinaryName[]) {
    const left = tensor([4], (i) => i & 1, 'bool');
    const right = tensor([4], (i) => i & 2, 'bool');
    it(op, () => same([left, right], (b, x, y) => b.binary(op, x, y)));
  }
  it('select, broadcasting', () =>
    same([tensor([2, 1, 1], (i) => i, 'bool'), one, tensor([], () => -1)], (b, c, x, y) => {
      return b.select(c, x, y);
    }));
  for (const to of ['float32', 'int32', 'bool'] as ElementType[]) {
    it(`cast float32 to ${to}`, () => same([tensor([4], (i) => i * 0.8 - 1.6)], (b, x) => b.cast(x, to)));
  }
  it('cast bool to float32', () => same([tensor([2], (i) => i, 'bool')], (b, x) => b.cast(x, 'float32')));

  for (const [left, right] of [
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ] as const) {
    for (const lead of [[], [2], [2, 3]]) {
      const a = tensor([...lead, ...(left ? [5, 4] : [4, 5])], (i) => Math.sin(i));
      const c = tensor([...lead, ...(right ? [3, 5] : [5, 3])], (i) => Math.cos(i));
      it(`matmul of rank ${a.shape.length}, transposed ${left}/${right}`, () =>
        same([a, c], (b, x, y) => b.matmul(x, y, left, right)));
    }
  }

  for (const op of ['reduce_sum', 'reduce_mean', 'reduce_max', 'reduce_min'] as ReduceName[]) {
    for (const axes of [[0], [1], [2], [0, 2], [0, 1, 2]]) {
      it(`${op} over ${axes}`, () => same([one], (b, x) => b.reduce(op, x, axes)));
    }
    it(`${op} keeping the axes`, () => same([one], (b, x) => b.reduce(op, x, [1], true)));
  }
  it('reduce_sum of int32', () =>
    same([tensor([3, 2], (i) => i, 'int32')], (b, x) => b.reduce('reduce_sum', x, [0])));
  for (const axis of [0, 1]) {
    it(`argmax along ${axis}`, () =>
      same([tensor([4, 5], (i) => Math.sin(i * 3))], (b, x) => b.argmax(x, axis)));
  }
  for (const shape of [[5], [3, 5], [2, 3, 5]]) {
    const logits = tensor(shape, (i) => Math.sin(i * 3) * 4);
    it(`softmax of rank ${shape.length}`, () => same([logits], (b, x) => b.softmax(x)));
    it(`log_softmax of rank ${shape.length}`, () => same([logits], (b, x) => b.logSoftmax(x)));
  }

  it('reshape', () => same([one], (b, x) => b.reshape(x, [4, 6])));
  it('reshape with one dynamic size', () => same([one], (b, x) => b.reshape(x, ['3*b', 4]), [['b', 3, 4]]));
  it('reshape with two dynamic sizes', () =>
    same([one], (b, x) => b.reshape(x, ['b', 's', 2, 2]), [['b', 's', 4]]));
  it('reshape merging two dynamic sizes', () =>
    same([one], (b, x) => b.reshape(x, ['b*s', 2, 2]), [['b', 's', 4]]));
  it('transpose', () => same([one], (b, x) => b.transpose(x, [2, 0, 1])));
  it('broadcast_like', () => same([other, one], (b, x, like) => b.broadcastLike(x, like)));
  it('broadcast_like with a dynamic size', () =>
    same([other, one], (b, x, like) => b.broadcastLike(x, like), [
      [3, 1],
      ['b', 3, 4],
    ]));
  it('concat', () => same([one, tensor([2, 5, 4], (i) => -i), one], (b, x, y, z) => b.concat([x, y, z], 1)));
  it('slice', () => same([one], (b, x) => b.slice(x, [0, 1, 2], [-1, 2, 1])));
  it('slice with a dynamic size', () =>
    same([one], (b, x) => b.slice(x, [0, 1, 2], [-1, 2, 1]), [['b', 3, 4]]));
  it('pad', () =>
    same([tensor([2, 3], (i) => i + 1)], (b, x) =>
      b.pad(
        x,
        [
          [1, 0],
          [2, 1],
        ],
        -7,
      ),
    ));
  for (const axis of [0, 1, 2]) {
    it(`reverse along ${axis}`, () => same([one], (b, x) => b.reverse(x, axis)));
  }
  it('size_of', () => same([one], (b, x) => b.sizeOf(x, 0, 'int32'), [['b', 3, 4]]));
  it('size_of as float32', () => same([one], (b, x) => b.sizeOf(x, 1, 'float32'), [[2, 's', 4]]));
  it('iota', () => same([one], (b, x) => b.iota(x, 2)));
  it('iota of a dynamic size', () => same([one], (b, x) => b.iota(x, 1, 'float32'), [[2, 's', 4]]));
  it('constants', () =>
    same([tensor([2, 2], (i) => i)], (b, x) => {
      const whole = b.constant(Float32Array.of(1, 2, 3, 4), [2, 2]);
      return b.add(b.add(x, whole), b.fill(0.5, [2, 2]));
    }));
  it('a large constant', () =>
    same([tensor([1], () => 2)], (b, x) =>
      b.mul(x, b.constant(Float32Array.from({ length: 1000 }, Math.sqrt), [1000])),
    ));

  it('gather', () =>
    same([tensor([5, 3], (i) => i), tensor([2, 2], (i) => (i * 3) % 5, 'int32')], (b, table, at) =>
      b.gather(table, at),
    ));
  it('scatter_add', () =>
    same(
      [tensor([2, 3], (i) => i % 2, 'int32'), tensor([2, 3, 4], (i) => i)],
      (b, at, rows) => b.scatterAdd(at, rows, 4),
      [
        ['b', 3],
        ['b', 3, 4],
      ],
    ));
  it('one_hot, indices outside giving zeros', () =>
    same([tensor([2, 2], (i) => i * 2 - 1, 'int32')], (b, at) => b.oneHot(at, 4)));

  for (const counter of [0, 1, 123_456_789]) {
    it(`random_uniform at step ${counter}, bit for bit`, () =>
      same([tensor([], () => counter, 'int32'), tensor([3, 7], () => 0)], (b, at, like) =>
        b.randomUniform(at, 4_000_000_007, 3, like),
      ));
  }
  it('random_uniform with a dynamic size', () =>
    same(
      [tensor([], () => 9, 'int32'), tensor([3, 7], () => 0)],
      (b, at, like) => b.randomUniform(at, 7, 0, like),
      [[], ['b', 7]],
    ));
});
