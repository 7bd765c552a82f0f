import { strict as assert } from 'node:assert';
import { Builder } from '../../../engine/step/builder';
import { product } from '../../../engine/step/sizes';

describe('builder', () => {
  const spec = (...shape: (number | string)[]) => ({ dtype: 'float32' as const, shape });

  it('carries dynamic sizes through', () => {
    const b = new Builder();
    const x = b.input('x', spec('batch', 8, 4));
    assert.deepEqual(b.shape(b.reshape(x, [product(['batch', 8]), 4])), ['8*batch', 4]);
    assert.deepEqual(b.shape(b.transpose(x, [2, 0, 1])), [4, 'batch', 8]);
    assert.deepEqual(b.shape(b.sum(x, [1], true)), ['batch', 1, 4]);
    assert.deepEqual(b.shape(b.add(x, b.fill(1, [8, 1]))), ['batch', 8, 4]);
    assert.equal(product(['4*batch', 2, 'a']), '8*a*batch');
  });

  it('writes an equal instruction once, and none that does nothing', () => {
    const b = new Builder();
    const x = b.input('x', spec(3));
    assert.equal(b.unary('exp', x), b.unary('exp', x));
    assert.equal(b.mul(x, b.scalar(1)), x);
    assert.equal(b.add(b.scalar(0), x), x);
    assert.equal(b.unary('neg', b.unary('neg', x)), x);
    assert.equal(b.reshape(b.reshape(x, [1, 3]), [3]), x);
    assert.equal(b.constantOf(b.div(b.scalar(1), b.scalar(4))), 0.25);
    assert.notEqual(b.scalar(Number.POSITIVE_INFINITY), b.scalar(Number.NEGATIVE_INFINITY));
  });

  it('keeps of a program what its outputs and updates need', () => {
    const b = new Builder();
    const x = b.input('x', spec(3));
    const y = b.input('y', spec(3));
    b.unary('exp', y);
    const padded = b.pad(x, [[1, 0]], 2);
    const program = b.finish({ out: padded }, [{ kind: 'assign', state: 's', value: b.unary('tanh', x) }]);
    assert.deepEqual(Object.keys(program.inputs), ['x']);
    assert.deepEqual(
      program.instructions.map(({ op }) => op),
      ['input', 'pad', 'tanh'],
    );
    assert.deepEqual(program.outputs, { out: 1 });
    assert.deepEqual(program.updates, [{ kind: 'assign', state: 's', value: 2 }]);
    const [, pad] = program.instructions;
    assert.ok(pad?.op === 'pad' && pad.value === 2);
  });

  it('says what does not fit', () => {
    const b = new Builder();
    const x = b.input('x', spec('batch', 3));
    const says = (make: () => void, text: RegExp) => assert.throws(make, text);
    says(() => b.add(x, b.fill(1, [2])), /\[batch, 3\] and \[2\] do not broadcast/);
    says(() => b.matmul(x, b.fill(1, [4, 2])), /cannot multiply the matrices \[batch, 3\] and \[4, 2\]/);
    says(() => b.reshape(x, ['batch', 4]), /cannot reshape \[batch, 3\] to \[batch, 4\]/);
    says(() => b.cut(x, 1, 2, 4), /\[2, 6\) lies outside axis 1/);
    says(() => b.cut(x, 0, 0, 1), /whose length is not fixed/);
    says(() => b.binary('add', x, b.cast(x, 'int32')), /two equal types, not float32 and int32/);
  });
});
