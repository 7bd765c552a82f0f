import assert from 'node:assert/strict';
import { Dim, parseDim } from '../../../language/types/dim';
import { Solver } from '../../../language/types/solver';
import { parseType, printType, type TensorType } from '../../../language/types/type';

const dim = (text: string): Dim => parseDim(text).dim!;
const type = (text: string): TensorType => parseType(text).type!;

describe('the solver', () => {
  const verdicts: [string[], string][] = [
    [['a = 3', 'b = a', 'b = 3'], 'yes yes yes'],
    [['a = 3', 'b = a', 'b = 4'], 'yes yes no'],
    [['2*h = 128', 'h = 64'], 'yes yes'],
    [['2*h = 127'], 'no'],
    [['h + 3 = 2'], 'no'],
    [['a + b = 1'], 'no'],
    [['2*a + 4*b = 7'], 'no'],
    [['2*a + 3*b = 12', 'a = 3', 'b = 2'], 'unverified yes yes'],
    [['2*a + 3*b = 12', 'a = 3', 'b = 3'], 'unverified yes no'],
    [['heads*size = 64', 'heads = 8', 'size = 8'], 'unverified yes yes'],
    [['heads*size = 65', 'heads = 8'], 'unverified no'],
    [['heads = 8', 'heads*size = 65'], 'yes no'],
    [['seq//2 = 5'], 'unverified'],
    [['seq//2 = 5', 'seq = 12'], 'unverified no'],
    [['seq//2 = 5', 'seq = 11'], 'unverified yes'],
    [['12*(d//12) = d', 'd = 36'], 'unverified yes'],
    [['12*(d//12) = d', 'd = 37'], 'unverified no'],
    [['a = b', 'b = c', 'c = a + 1'], 'yes yes no'],
    [['a*b = b*a'], 'yes'],
    [['_1 = batch', 'batch = 5', '_1 = 5'], 'yes yes yes'],
  ];
  for (const [equations, expected] of verdicts) {
    it(`${equations.join(', ')}: ${expected}`, () => {
      const solver = new Solver<string>();
      const got = equations.map((equation) => {
        const [left, right] = equation.split(' = ') as [string, string];
        const read = (text: string) => (text.startsWith('_') ? Dim.symbol(text) : dim(text));
        return solver.equate(read(left), read(right), equation);
      });
      assert.equal(got.join(' '), expected);
    });
  }

  it('gives a symbol its value in both directions', () => {
    const solver = new Solver<string>();
    solver.equate(dim('encoder_hidden'), dim('2*h'), 'a');
    solver.equate(dim('2*h'), dim('128'), 'b');
    assert.equal(solver.resolve(dim('encoder_hidden + h')).constant, 192);
  });

  it('keeps the name nearest to the reader when two are equal', () => {
    const solver = new Solver<string>();
    solver.equate(Dim.symbol('batch'), Dim.symbol('encoder:layers:n'), 'wire');
    assert.equal(String(solver.resolve(Dim.symbol('encoder:layers:n').times(2))), 'batch*2');
  });

  it('gives rigid symbols no value, and proves that two of them differ', () => {
    const solver = new Solver<string>();
    solver.rigid('hidden');
    solver.rigid('width');
    assert.equal(solver.equate(dim('hidden'), dim('64'), 'declared free'), 'no');
    assert.equal(solver.equate(dim('hidden'), dim('width'), 'two names'), 'no');
    assert.equal(solver.equate(dim('x'), dim('hidden*2'), 'x is free'), 'yes');
    assert.equal(String(solver.resolve(dim('x'))), 'hidden*2');
    assert.equal(solver.equate(dim('12*(hidden//12)'), dim('hidden'), 'only if 12 divides it'), 'unverified');
  });

  it('leaves a refused equation out, so that it causes no others', () => {
    const solver = new Solver<string>();
    solver.equate(dim('a'), dim('3'), '1');
    assert.equal(solver.equate(dim('a'), dim('b + 3'), 'wrong'), 'no');
    assert.equal(solver.equate(dim('b'), dim('7'), 'free again'), 'yes');
  });

  it('explains with the equations that matter alone', () => {
    const solver = new Solver<string>();
    solver.equate(dim('unrelated'), dim('9'), 'unrelated');
    solver.equate(dim('text_d'), dim('512'), 'text');
    solver.equate(dim('image_d'), dim('512'), 'image');
    solver.equate(dim('head_in'), dim('text_d + image_d'), 'wire');
    solver.equate(dim('more'), dim('head_in'), 'also unrelated');
    assert.equal(solver.equate(dim('head_in'), dim('768'), 'param'), 'no');
    assert.deepEqual(
      solver.explain().map((fact) => fact.cause),
      ['text', 'image', 'wire', 'param'],
    );
  });

  it('can be copied to try things', () => {
    const solver = new Solver<string>();
    const copy = solver.fork();
    copy.equate(dim('a'), dim('3'), 'tried');
    assert.equal(solver.equate(dim('a'), dim('4'), 'real'), 'yes');
    assert.equal(copy.resolve(dim('a')).constant, 3);
  });
});

describe('fitting one type to another', () => {
  const fits: [string, string, string][] = [
    ['float32[batch, 64]', 'float32[n, width]', 'ok'],
    ['float32[batch, 64]', 'float32[n, 32]', 'axis 1: 64, 32'],
    ['float32[batch, seq, 64]', 'float32[n, width]', 'rank'],
    ['float16[2]', 'float32[2]', 'ok, float16 to float32'],
    ['int64[2]', 'int32[2]', 'dtype'],
    ['int32[2]', 'float32[2]', 'dtype'],
    ['float32[a, b, 64]', 'float32[...lead, width]', 'ok'],
    ['float32[64]', 'float32[...lead, width]', 'ok'],
    ['float32[]', 'float32[...lead, width]', 'rank'],
    ['float32[...lead, 64]', 'float32[a, b, width]', 'ok'],
    ['float32[3, 4]', 'float32[n, n]', 'axis 1: 4, 3'],
    ['float32[_, _]', 'float32[3, 4]', 'ok'],
  ];
  for (const [from, to, expected] of fits) {
    it(`${from} into ${to}: ${expected}`, () => {
      const fit = new Solver<string>().fit(type(from), type(to), 'wire');
      const said = fit.ok
        ? `ok${fit.cast ? `, ${fit.cast.from} to ${fit.cast.to}` : ''}`
        : fit.reason === 'axis'
          ? fit.axes.map(({ axis, from: a, to: b }) => `axis ${axis}: ${a}, ${b}`).join('; ')
          : fit.reason;
      assert.equal(said, expected);
    });
  }

  it('carries leading axes through', () => {
    const solver = new Solver<string>();
    assert.ok(solver.fit(type('float32[batch, seq, 64]'), type('float32[...lead, width]'), 'in').ok);
    assert.equal(
      printType(solver.resolveType(type('float32[...lead, width*2]'))),
      'float32[batch, seq, 128]',
    );
    assert.ok(!solver.fit(type('float32[7, 64]'), type('float32[...lead, width]'), 'again').ok);
  });

  it('does not give rigid leading axes a number', () => {
    const solver = new Solver<string>();
    solver.rigid('lead');
    assert.ok(!solver.fit(type('float32[...lead, 64]'), type('float32[batch, 64]'), 'w').ok);
    assert.ok(solver.fit(type('float32[...lead, 64]'), type('float32[...other, 64]'), 'w').ok);
  });
});
