import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Dim, parseDim } from '../../../language/types/dim';

function read(text: string): Dim {
  const { dim, problems } = parseDim(text);
  assert.deepEqual(problems, [], text);
  return dim!;
}

describe('a size', () => {
  const same: [string, string][] = [
    ['64*heads', 'heads*64'],
    ['1 + seq - kernel', 'seq - kernel + 1'],
    ['(seq + 1)//2', '(seq + 1)//2'],
    ['(seq - 3)//2 + 1', '(seq - 1)//2'],
    ['(seq - kernel)//2 + 1', '(seq - kernel)//2 + 1'],
    ['(4*heads)//2', 'heads*2'],
    ['(heads*size)//heads', 'size'],
    ['(a*b + a*c)//(b + c)', 'a'],
    ['(a//2)//3', 'a//6'],
    ['(2*a + 1)//4', 'a//2'],
    ['(3*seq)//2', '(seq*3)//2'],
    ['7//2', '3'],
    ['a*(b + 2) - 2*a', 'a*b'],
    ['3*(seq//2)', '(seq//2)*3'],
    ['(seq//2) + 1', 'seq//2 + 1'],
    ['12*(d//12)', '(d//12)*12'],
    ['n//(a + b)', 'n//(a + b)'],
    ['2 - a', '2 - a'],
    ['a - 2*b', 'a - b*2'],
  ];
  for (const [written, shown] of same) {
    it(`writes ${written} as ${shown}`, () => {
      assert.equal(String(read(written)), shown);
      assert.ok(read(shown).equals(read(written)), 'and reads it back the same');
    });
  }

  it('knows that floor division does not come out even by itself', () => {
    assert.ok(!read('12*(d//12)').equals(read('d')));
    assert.ok(read('(12*d)//12').equals(read('d')));
  });

  it('is a very large number where multiplying would never end', () => {
    const { dim } = parseDim(Array.from({ length: 300 }, () => '(a + b + c + d)').join('*'));
    assert.equal(String(dim), 'a very large number');
    assert.equal(dim!.exact, false);
    assert.equal(
      String(
        read(Array.from({ length: 8 }, () => '(a + 1)').join('*')).substitute(new Map([['a', Dim.of(1)]])),
      ),
      '256',
    );
  });

  it('puts values in', () => {
    const values = new Map([['seq', Dim.of(9)]]);
    assert.equal(read('(seq - 3)//2 + 1').substitute(values).constant, 4);
    assert.equal(String(read('heads*seq').substitute(values)), 'heads*9');
  });

  it('hides the instance that a symbol belongs to', () => {
    assert.equal(String(Dim.symbol('encoder:layers.0:seq').times(2)), 'seq*2');
    assert.equal(
      Dim.symbol('encoder:seq').toString((symbol) => symbol),
      'encoder:seq',
    );
  });

  it('says what is wrong with the text, and where', () => {
    const cases: [string, number, number, RegExp][] = [
      ['seq/2', 3, 4, /divide with `\/\/`/],
      ['seq +', 4, 5, /missing/],
      ['seq ^ 2', 4, 5, /not expected/],
      ['(seq', 0, 1, /not closed/],
      ['0', 0, 1, /at least 1/],
      ['_ * 2', 0, 1, /any size/],
      ['a // 0', 5, 6, /divide by 0/],
      ['_x', 0, 2, /starts with a letter/],
      ['', 0, 1, /missing/],
    ];
    for (const [text, start, end, message] of cases) {
      const { dim, problems } = parseDim(text);
      assert.equal(dim, undefined, text);
      assert.equal(problems.length, 1, text);
      assert.deepEqual([problems[0]!.start, problems[0]!.end], [start, end], text);
      assert.match(problems[0]!.message, message);
    }
  });

  it('means the same as arithmetic on numbers, whatever is simplified', () => {
    fc.assert(
      fc.property(expressions([1, 9], [1, 6]), values(20), ({ dim, run }, v) => {
        const numbers = new Map(Object.entries(v).map(([name, n]) => [name, Dim.of(n)]));
        const result = Number(run(v));
        assert.equal(dim.substitute(numbers).constant, result, `${dim}`);
        const { least, greatest } = dim.bounds();
        assert.ok(least <= result && result <= greatest, `${result} is outside the bounds of ${dim}`);
        if (greatest >= 1) {
          assert.equal(read(`${dim}`).substitute(numbers).constant, result, `${dim} as text`);
        }
      }),
      { numRuns: 20_000, seed: 1 },
    );
  });

  it('is right or too large to tell, however large the numbers are', () => {
    const most = Number.MAX_SAFE_INTEGER;
    fc.assert(
      fc.property(expressions([1, most], [1, most]), values(most), ({ dim, run }, v) => {
        const result = dim.substitute(new Map(Object.entries(v).map(([name, n]) => [name, Dim.of(n)])));
        if (result.constant !== undefined) assert.equal(BigInt(result.constant), run(v), `${dim}`);
      }),
      { numRuns: 20_000, seed: 1 },
    );
  });
});

type Values = Record<string, number>;
type Expression = { dim: Dim; run: (values: Values) => bigint };
type Bounds = [least: number, greatest: number];

const names = ['a', 'b', 'c'];

function values(most: number): fc.Arbitrary<Values> {
  const each = fc.integer({ min: 1, max: most });
  return fc.record({ a: each, b: each, c: each });
}

/** Sums, products and floor divisions of three sizes and of numbers, and what each of them is for given sizes. */
function expressions(numbers: Bounds, divisors: Bounds): fc.Arbitrary<Expression> {
  const within = ([min, max]: Bounds) => fc.integer({ min, max });
  const leaf = fc.oneof(
    fc
      .constantFrom(...names)
      .map((name): Expression => ({ dim: Dim.symbol(name), run: (v) => BigInt(v[name]!) })),
    within(numbers).map((n): Expression => ({ dim: Dim.of(n), run: () => BigInt(n) })),
  );
  const grow = (inner: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> =>
    fc.oneof(
      leaf,
      fc.tuple(inner, inner, fc.constantFrom('plus', 'minus', 'times')).map(
        ([x, y, op]): Expression => ({
          dim: x.dim[op](y.dim),
          run: (v) => results[op](x.run(v), y.run(v)),
        }),
      ),
      fc.tuple(inner, within(divisors)).map(
        ([x, n]): Expression => ({
          dim: x.dim.floorDivide(n),
          run: (v) => floored(x.run(v), BigInt(n)),
        }),
      ),
      fc.tuple(inner, fc.constantFrom(...names)).map(
        ([x, name]): Expression => ({
          dim: x.dim.floorDivide(Dim.symbol(name)),
          run: (v) => floored(x.run(v), BigInt(v[name]!)),
        }),
      ),
    );
  return grow(grow(grow(leaf)));
}

const results = {
  plus: (x: bigint, y: bigint) => x + y,
  minus: (x: bigint, y: bigint) => x - y,
  times: (x: bigint, y: bigint) => x * y,
};

function floored(value: bigint, divisor: bigint): bigint {
  return value / divisor - (value % divisor < 0n ? 1n : 0n);
}
