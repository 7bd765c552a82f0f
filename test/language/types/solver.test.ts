import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseConstraint } from '../../../language/types/constraint';
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

describe('conditions', () => {
  const condition = (text: string) => parseConstraint(text).constraint!;

  const demanded: [string[], string][] = [
    [['seq <= 512', 'seq == 512'], 'unverified yes'],
    [['seq <= 512', 'seq == 513'], 'unverified no'],
    [['seq == 513', 'seq <= 512'], 'yes no'],
    [['seq < 2', 'seq != 1'], 'unverified no'],
    [['d % 12 == 0', 'd == 36'], 'unverified yes'],
    [['d % 12 == 0', 'd == 38'], 'unverified no'],
    [['d % 12 == 0', 'd == 2*e + 1'], 'unverified no'],
    [['heads*64 == hidden', 'hidden == 512', 'heads == 7'], 'yes yes no'],
    [['a > b', 'b > c', 'c > a'], 'unverified unverified no'],
    [['3*a + 5*b == 9'], 'no'],
    [['6*a + 10*b + 15*c == 29'], 'no'],
    [['2*a == 3*b', '2*b == 3*c', 'a <= 8'], 'unverified unverified no'],
  ];
  for (const [texts, expected] of demanded) {
    it(`${texts.join(', ')}: ${expected}`, () => {
      const solver = new Solver<string>();
      assert.equal(texts.map((text) => solver.demand(condition(text), text)).join(' '), expected);
    });
  }

  const assumed: [string[], string, string][] = [
    [[], '12*(d//12) = d', 'unverified'],
    [['d % 12 == 0'], '12*(d//12) = d', 'yes'],
    [['d % 12 == 0'], '(5*d)//12 = 5*(d//12)', 'yes'],
    [['d % 12 == 0'], '(d + 1)//2 = d//2', 'yes'],
    [['width % heads == 0'], 'heads*(width//heads) = width', 'yes'],
    [['heads*64 == hidden'], 'hidden//heads = 64', 'yes'],
    [['d <= 1'], 'd = 1', 'yes'],
    [['d <= 8'], 'd = 1', 'no'],
    [['d <= 8'], '(d + 7)//8 = 1', 'yes'],
    [['a == b'], 'a = b', 'yes'],
    [['a <= b'], 'a = b', 'no'],
    [['a <= b', 'b <= a'], 'a = b', 'yes'],
  ];
  for (const [texts, claim, expected] of assumed) {
    it(`for every size with ${texts.join(', ') || 'nothing assumed'}, ${claim}: ${expected}`, () => {
      const solver = new Solver<string>(['d', 'heads', 'width', 'hidden', 'a', 'b']);
      for (const text of texts) assert.notEqual(solver.assume(condition(text), text), 'no');
      const [left, right] = claim.split(' = ') as [string, string];
      assert.equal(solver.equate(dim(left), dim(right), claim), expected);
    });
  }

  it('are written with the names that people gave', () => {
    const solver = new Solver<string>(['d']);
    solver.assume(condition('d % 12 == 0'), 'where');
    for (const text of ['d', '5*d', 'd//12', '3*(d//12)', 'd + 1'])
      assert.equal(String(solver.resolve(dim(text))), String(dim(text)));
  });

  it('that no size meets are refused, and explained', () => {
    const solver = new Solver<string>(['seq']);
    assert.equal(solver.assume(condition('seq % 4 == 0'), 'even'), 'yes');
    assert.equal(solver.assume(condition('seq <= 3'), 'short'), 'no');
    assert.deepEqual(
      solver.explain().map(({ cause }) => cause),
      ['even', 'short'],
    );
  });

  it('that one use meets are proved from what another promises', () => {
    const solver = new Solver<string>(['seq']);
    solver.assume(condition('seq <= 256'), 'own');
    assert.equal(solver.demand({ left: dim('seq'), relation: '<=', right: dim('512') }, 'theirs'), 'yes');
    assert.equal(
      solver.demand({ left: dim('seq'), relation: '<=', right: dim('128') }, 'theirs'),
      'unverified',
    );
  });

  it('prefer plain sizes in explanations', () => {
    const solver = new Solver<string>([], ({ left, right }) =>
      Number(left.constant === undefined && right.constant === undefined),
    );
    solver.equate(dim('a'), dim('b'), 'chain');
    solver.equate(dim('b'), dim('8'), 'far');
    solver.equate(dim('a'), dim('8'), 'near');
    assert.equal(solver.equate(dim('a'), dim('9'), 'wrong'), 'no');
    assert.deepEqual(
      solver.explain().map(({ cause }) => cause),
      ['near', 'wrong'],
    );
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
    ['float32[2, 3, 4]', 'float32[a, ...rest, b]', 'ok'],
    ['float32[2]', 'float32[a, ...rest, b]', 'rank'],
    ['float32[2, ...x]', 'float32[...y, 3]', 'ok'],
    ['float32[2, 3, 4]', 'float32[a, seq?, b]', 'ok'],
    ['float32[2, 4]', 'float32[a, seq?, b]', 'ok'],
    ['float32[2, 3, 3, 4]', 'float32[a, seq?, b]', 'rank'],
    ['float32[2, 1]', 'float32[a, 1|b]', 'ok'],
    ['float32[4, 4]', 'float32[a, 1|a]', 'ok'],
    ['float32[4, 1]', 'float32[a, 1|a]', 'ok'],
    ['float32[4, 2]', 'float32[a, 1|a]', 'axis 1: 2, 4'],
    ['float16[2]', 'float[n]', 'ok'],
    ['int32[2]', 'float[n]', 'dtype'],
    ['int32[2]', 'int64|float32[n]', 'ok, int32 to int64'],
    ['bool[2]', 'any[n]', 'ok'],
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

  it('takes `seq?` for the same in every port', () => {
    const solver = new Solver<string>();
    assert.ok(solver.fit(type('float32[2, 3, 4]'), type('float32[a, seq?, b]'), 'in').ok);
    assert.equal(printType(solver.resolveType(type('float32[a, seq?, seq*2]'))), 'float32[2, 3, 6]');
    assert.ok(!solver.fit(type('float32[2, 4]'), type('float32[a, seq?, b]'), 'again').ok);
  });

  it('takes a class of element types for the same in every port', () => {
    const solver = new Solver<string>();
    assert.ok(solver.fit(type('float16[2]'), type('float16|float64[n]'), 'in').ok);
    assert.equal(printType(solver.resolveType(type('float16|float64[n]'))), 'float16[2]');
    assert.ok(!solver.fit(type('float64[2]'), type('float16|float64[n]'), 'again').ok);
  });

  it('never refuses a value that the type was made from', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
    const choice = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 5, maxLength: 5 });
    const hidden = fc.option(
      fc.tuple(fc.nat(4), fc.nat(4), fc.constantFrom('...rest', '*rest', 'rest?', '...')),
    );
    fc.assert(
      fc.property(sizes, choice, hidden, (values, choices, lead) => {
        const axes = values.map((value, i) => {
          const ways = [`${value}`, `n${value}`, '_', `1|n${value}`, `m${value}*2 - ${value}`];
          return ways[choices[i]!]!;
        });
        if (lead) {
          const [from, length, name] = lead;
          axes.splice(from, name === 'rest?' ? Math.min(1, length) : length, name);
        }
        const solver = new Solver<string>();
        const fit = solver.fit(type(`float32[${values.join()}]`), type(`float32[${axes.join()}]`), 'wire');
        assert.ok(fit.ok, `[${values}] into [${axes}]`);
      }),
      { numRuns: 20_000, seed: 5 },
    );
  }).timeout(60_000);

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
