/** The solver held against systems whose answer is known: planted solutions, and small ones tried exhaustively. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Dim } from '../../../language/types/dim';
import { type Fact, Solver } from '../../../language/types/solver';

const names = ['a', 'b', 'c', 'd', 'e'];
const name = fc.constantFrom(...names);
const size = fc.integer({ min: 1, max: 40 });
const values = fc.record({ a: size, b: size, c: size, d: size, e: size });
const expression: fc.Arbitrary<Dim> = fc.oneof(
  name.map(Dim.symbol),
  fc.tuple(name, fc.integer({ min: 1, max: 5 })).map(([n, k]) => Dim.symbol(n).times(k)),
  fc.tuple(name, name).map(([x, y]) => Dim.symbol(x).plus(Dim.symbol(y))),
  fc.tuple(name, name).map(([x, y]) => Dim.symbol(x).times(Dim.symbol(y))),
  fc.tuple(name, name).map(([x, y]) => Dim.symbol(x).minus(Dim.symbol(y)).plus(50)),
  fc
    .tuple(name, fc.integer({ min: 2, max: 5 }), fc.integer({ min: 0, max: 4 }))
    .map(([n, k, c]) => Dim.symbol(n).plus(c).floorDivide(k)),
);
const pairs = fc.array(fc.tuple(expression, expression), { minLength: 1, maxLength: 8 });

function numbersOf(v: Record<string, number>): Map<string, Dim> {
  return new Map(Object.entries(v).map(([n, value]) => [n, Dim.of(value)]));
}

describe('systems of equations', function () {
  this.timeout(120_000);

  it('with a solution are never called wrong, and what is solved is that solution', () => {
    fc.assert(
      fc.property(values, pairs, (v, equations) => {
        const numbers = numbersOf(v);
        const solver = new Solver<number>();
        for (const [index, [left, right]] of equations.entries()) {
          // Moves the right side by a constant so that the planted values solve the equation.
          const gap = left.minus(right).substitute(numbers).constant!;
          assert.notEqual(solver.equate(left, right.plus(gap), index), 'no');
        }
        for (const n of names) {
          const resolved = solver.resolve(Dim.symbol(n));
          assert.equal(resolved.substitute(numbers).constant, v[n as keyof typeof v]);
        }
      }),
      { numRuns: 20_000, seed: 7 },
    );
  });

  it('without a solution are found out nearly always when they are linear', () => {
    const unknowns = ['a', 'b', 'c'];
    const coefficient = fc.integer({ min: 0, max: 4 });
    const row = fc.record({
      a: coefficient,
      b: coefficient,
      c: coefficient,
      total: fc.integer({ min: 1, max: 24 }),
    });
    let unsolvable = 0;
    let found = 0;
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 4 }), (rows) => {
        // Coefficients are not negative, so an unknown that occurs is at most the total.
        const range = Array.from({ length: 24 }, (_, i) => i + 1);
        const holds = (v: number[]) => rows.every((r) => r.a * v[0]! + r.b * v[1]! + r.c * v[2]! === r.total);
        const solvable = range.some((a) => range.some((b) => range.some((c) => holds([a, b, c]))));
        const solver = new Solver<number>();
        const refused = rows.some((r, index) => {
          const left = unknowns.reduce(
            (sum, n) => sum.plus(Dim.symbol(n).times(r[n as 'a' | 'b' | 'c'])),
            Dim.of(0),
          );
          return solver.equate(left, Dim.of(r.total), index) === 'no';
        });
        assert.ok(!(solvable && refused), 'a solvable system was refused');
        if (!solvable) unsolvable += 1;
        if (refused) found += 1;
      }),
      { numRuns: 3_000, seed: 11 },
    );
    assert.ok(unsolvable > 1_000, `${unsolvable} systems had no solution`);
    assert.ok(found / unsolvable > 0.98, `${found} of ${unsolvable} were found`);
  });

  it('are explained by equations of which none can be left out', () => {
    let explained = 0;
    fc.assert(
      fc.property(values, pairs, fc.integer({ min: 1, max: 30 }), (v, equations, shift) => {
        const numbers = numbersOf(v);
        const solver = new Solver<number>();
        for (const [index, [left, right]] of equations.entries()) {
          const gap = left.minus(right).substitute(numbers).constant!;
          const wrong = index === equations.length - 1 ? shift : 0;
          if (solver.equate(left, right.plus(gap + wrong), index) !== 'no') continue;
          const core = solver.explain();
          explained += 1;
          assert.equal(core.at(-1)!.cause, index, 'the refused equation comes last');
          assert.ok(contradicts(core), 'the facts contradict each other');
          for (const left_out of core) {
            assert.ok(!contradicts(core.filter((fact) => fact !== left_out)), 'no fact is there for nothing');
          }
        }
      }),
      { numRuns: 5_000, seed: 13 },
    );
    assert.ok(explained > 1_000, `${explained} conflicts`);
  });
});

function contradicts(facts: readonly Fact<number>[]): boolean {
  const solver = new Solver<number>();
  return facts.some(({ left, right, cause }) => solver.equate(left, right, cause) === 'no');
}
