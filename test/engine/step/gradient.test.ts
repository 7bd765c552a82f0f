import { strict as assert } from 'node:assert';
import { Builder } from '../../../engine/step/builder';
import { gradients } from '../../../engine/step/gradient/gradient';
import type { HostTensor, Program } from '../../../engine/step/program';
import { forEachExecutor, runOnce } from '../executors';
import { allClose, tensor } from '../graph/tensors';
import { runReference } from '../reference';
import { type Case, cases } from './cases';

interface Differentiable {
  program: Program;
  /** The scalar alone. */
  forward: Program;
  inputs: Record<string, HostTensor>;
  /** Names of the inputs that have a gradient, which is the output of the same name. */
  differentiated: string[];
}

/** The case as a scalar: its result times fixed uneven weights, summed; and the gradients of that. */
function differentiate({ inputs, build }: Case): Differentiable {
  const b = new Builder();
  const ids = inputs.map(({ dtype, shape }, i) => b.input(`in${i}`, { dtype, shape }));
  const result = build(b, ...ids);
  const shape = b.shape(result) as number[];
  const weights = tensor(shape, (i) => 0.3 + Math.cos(i * 1.7));
  const weighted = b.mul(result, b.constant(weights.data as Float32Array, shape));
  const loss = b.sum(
    weighted,
    shape.map((_, axis) => axis),
  );
  const found = gradients(b, loss, ids);
  const named = [...found].map(([id, gradient]): [string, number] => [`in${ids.indexOf(id)}`, gradient]);
  return {
    program: b.finish({ loss, ...Object.fromEntries(named) }),
    forward: b.finish({ loss }),
    inputs: Object.fromEntries(inputs.map((input, i) => [`in${i}`, input])),
    differentiated: named.map(([name]) => name),
  };
}

/**
 * (8 (f(x+h) - f(x-h)) - (f(x+2h) - f(x-2h))) / 12h, whose error is of the order h⁴; f is computed by plain loops in
 * double precision.
 */
function finiteDifference({ forward, inputs }: Differentiable, name: string, element: number): number {
  const h = 1e-2;
  const lossAt = (offset: number): number => {
    const input = inputs[name]!;
    // Plain loops take any numbers; single precision would drown the difference.
    const data = Float64Array.from(input.data) as unknown as Float32Array;
    data[element]! += offset;
    return runReference(forward, { ...inputs, [name]: { ...input, data } }).loss!.data[0]!;
  };
  return (8 * (lossAt(h) - lossAt(-h)) - (lossAt(2 * h) - lossAt(-2 * h))) / (12 * h);
}

describe('gradients', () => {
  for (const each of cases) {
    it(`${each.name} agrees with finite differences`, () => {
      const differentiable = differentiate(each);
      const { program, inputs, differentiated } = differentiable;
      const exact = runReference(program, inputs);
      // The loss comes out in single precision; 16 of its roundings over 12h.
      const rounding = (16 * 2 ** -24 * Math.abs(exact.loss!.data[0]!)) / 0.12;
      for (const name of differentiated) {
        for (const [element, gradient] of exact[name]!.data.entries()) {
          const numeric = finiteDifference(differentiable, name, element);
          const off = Math.abs(gradient - numeric) / Math.max(1, Math.abs(numeric));
          assert.ok(
            off < 2e-4 + rounding,
            `d loss / d ${name}[${element}] is ${gradient}, numerically ${numeric}`,
          );
        }
      }
      const flows = !['sign', 'floor'].includes(each.name);
      assert.equal(differentiated.length > 0, flows);
    });
  }

  it('reaches a tensor along every path, and only what is asked for', () => {
    const b = new Builder();
    const x = b.input('x', { dtype: 'float32', shape: [] });
    const y = b.input('y', { dtype: 'float32', shape: [] });
    const z = b.input('z', { dtype: 'float32', shape: [] });
    // x² y + x, at x = 3, y = 5: 2 x y + 1 = 31.
    const loss = b.add(b.mul(b.unary('square', x), y), x);
    const found = gradients(b, loss, [x, z]);
    assert.deepEqual([...found.keys()], [x]);
    const program = b.finish({ gradient: found.get(x)! });
    const at = (value: number): HostTensor => tensor([], () => value);
    assert.equal(runReference(program, { x: at(3), y: at(5) }).gradient!.data[0], 31);
  });

  it('puts the pieces of a sequence end to end instead of adding padded ones', () => {
    const b = new Builder();
    const x = b.input('x', { dtype: 'float32', shape: [6, 4] });
    const steps = Array.from({ length: 6 }, (_, step) => b.unary('tanh', b.cut(x, 0, step, 1)));
    const loss = b.sum(
      steps.reduce((sum, step) => b.mul(sum, step)),
      [0, 1],
    );
    const found = gradients(b, loss, [x]);
    const { instructions } = b.finish({ gradient: found.get(x)! });
    assert.equal(instructions.filter(({ op }) => op === 'pad').length, 0);
    assert.equal(instructions.filter(({ op }) => op === 'concat').length, 1);
  });

  it('multiplies the numbers of a chain at compile time, and with what is small', () => {
    const b = new Builder();
    const x = b.input('x', { dtype: 'float32', shape: [6, 4] });
    const half = b.unary('erf', b.mul(b.mul(b.unary('tanh', x), b.scalar(0.5)), b.scalar(3)));
    const loss = b.sum(b.mul(b.mul(half, half), b.mean(b.unary('square', x), [1], true)), [0, 1]);
    const found = gradients(b, loss, [x]);
    const { instructions } = b.finish({ gradient: found.get(x)! });
    const byNumber = instructions.filter(
      (each) =>
        each.op === 'mul' &&
        each.shape.length === 2 &&
        each.shape[1] === 4 &&
        [each.left, each.right].some((side) => instructions[side]!.op === 'constant'),
    );
    // Two of the forward pass, and one for all factors of the chain behind it.
    assert.equal(byNumber.length, 3);
  });
});

forEachExecutor('primitives and their gradients', (executor) => {
  for (const each of cases) {
    it(`${each.name} is what plain loops compute`, async () => {
      const { program, inputs } = differentiate(each);
      const actual = await runOnce(executor(), program, inputs);
      for (const [name, expected] of Object.entries(runReference(program, inputs))) {
        allClose(actual[name]!, expected, 1e-4);
      }
    });
  }
});
