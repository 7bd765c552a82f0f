import assert from 'node:assert/strict';
import { allLosses, type LossProblem, lossNamed } from '../../../language/ops/losses';
import { allMetrics, metricNamed } from '../../../language/ops/metrics';
import { Solver } from '../../../language/types/solver';
import { parseType } from '../../../language/types/type';

function check(loss: string, output: string, target: string, classes?: number): string[] {
  const solver = new Solver<string>();
  const said: string[] = [];
  lossNamed(loss)!.check({
    output: parseType(output).type!,
    target: parseType(target).type!,
    classes,
    equate(a, b, why) {
      if (solver.equate(a, b, why) === 'no') said.push(why);
    },
    fail: (problem: LossProblem) => said.push(`${problem.side}: ${problem.message}`),
  });
  return said;
}

describe('losses', () => {
  const fine: [string, string, string, number?][] = [
    ['cross_entropy', 'float32[batch, 3]', 'int32[batch]', 3],
    ['cross_entropy', 'float32[batch, seq, tags]', 'int32[batch, seq]'],
    ['binary_cross_entropy', 'float32[batch]', 'bool[batch]'],
    ['binary_cross_entropy', 'float32[batch, 1]', 'int32[batch]', 2],
    ['mse', 'float32[batch]', 'float32[batch]'],
    ['mae', 'float32[batch, 1]', 'float32[batch]'],
    ['huber', 'float32[batch, 4]', 'float32[batch, 4]'],
  ];
  for (const [loss, output, target, classes] of fine) {
    it(`${loss} takes ${output} and ${target}`, () => {
      assert.deepEqual(check(loss, output, target, classes), []);
    });
  }

  const wrong: [string, string, string, number | undefined, RegExp][] = [
    ['cross_entropy', 'float32[batch, 2]', 'int32[batch]', 3, /3 classes, so there are 3 scores/],
    ['cross_entropy', 'float32[batch, 2]', 'float32[batch]', undefined, /target: .*index of a class/],
    ['cross_entropy', 'float32[batch]', 'int32[batch]', 2, /output: .*one axis more/],
    ['cross_entropy', 'int32[batch, 2]', 'int32[batch]', 2, /output: .*float32/],
    ['binary_cross_entropy', 'float32[batch]', 'int32[batch]', 3, /two classes/],
    ['mse', 'float32[batch, 3]', 'float32[batch]', undefined, /one output per target/],
    ['mse', 'float32[batch]', 'int32[batch]', 4, /not one of 4 classes/],
    ['mae', 'float32[batch]', 'string[batch]', undefined, /needs numbers/],
  ];
  for (const [loss, output, target, classes, message] of wrong) {
    it(`${loss} does not take ${output} and ${target}`, () => {
      const said = check(loss, output, target, classes);
      assert.equal(said.length, 1, said.join('\n'));
      assert.match(said[0]!, message);
    });
  }

  it('name metrics that exist and fit', () => {
    for (const loss of allLosses()) {
      for (const name of loss.metrics) {
        const metric = metricNamed(name);
        assert.ok(metric, name);
        assert.equal(metric.of, loss.name.endsWith('cross_entropy') ? 'class' : 'number');
      }
    }
    const used = new Set(allLosses().flatMap((loss) => loss.metrics));
    assert.deepEqual(
      allMetrics().filter((metric) => !used.has(metric.name)),
      [],
    );
  });
});
