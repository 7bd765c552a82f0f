import assert from 'node:assert/strict';
import { allLosses, type LossProblem, lossNamed, metricsOf } from '../../../language/ops/losses';
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
    ['focal', 'float32[batch, 3]', 'int32[batch]', 3],
    ['hinge', 'float32[batch, 1]', 'bool[batch]'],
    ['binary_cross_entropy', 'float32[batch, 7]', 'float32[batch, 7]'],
    ['distillation', 'float32[batch, 5]', 'float32[batch, 5]'],
    ['quantile', 'float32[batch]', 'float32[batch]'],
    ['pairwise_ranking', 'float32[batch, items]', 'int32[batch, items]'],
    ['listwise_softmax', 'float32[batch, 10]', 'float32[batch, 10]'],
    ['contrastive', 'float32[batch, 64]', 'float32[batch, 64]'],
    ['triplet', 'float32[batch, 64]', 'int32[batch]', 40],
    ['next_token', 'float32[batch, steps, vocab]', 'int32[batch, steps]'],
    ['masked_token', 'float32[batch, 40, 4000]', 'int32[batch, 40]'],
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
    ['focal', 'float32[batch, 2]', 'float32[batch]', undefined, /`focal` needs the index of a class/],
    ['distillation', 'float32[batch, 5]', 'int32[batch]', 5, /scores of a teacher/],
    ['pairwise_ranking', 'float32[batch]', 'float32[batch]', undefined, /output: .*a row of items/],
    ['listwise_softmax', 'float32[batch, 3]', 'float32[batch, 4]', undefined, /number by number/],
    ['contrastive', 'float32[batch, 64]', 'int32[batch]', 3, /target: .*vectors to compare/],
    ['contrastive', 'float32[batch, 64]', 'float32[batch, 32]', undefined, /number by number/],
    ['triplet', 'float32[batch, 64]', 'float32[batch]', undefined, /target: .*one label per row/],
    ['triplet', 'float32[batch, 9, 64]', 'int32[batch]', 4, /output: .*one vector per row/],
    ['next_token', 'float32[batch, 9]', 'int32[batch, 9]', undefined, /output: .*a score per word/],
    ['next_token', 'float32[batch, 9, 99]', 'int32[batch, 8]', undefined, /step by step/],
    ['masked_token', 'float32[batch, 9, 99]', 'string[batch]', undefined, /target: .*ids of words/],
  ];
  for (const [loss, output, target, classes, message] of wrong) {
    it(`${loss} does not take ${output} and ${target}`, () => {
      const said = check(loss, output, target, classes);
      assert.equal(said.length, 1, said.join('\n'));
      assert.match(said[0]!, message);
    });
  }

  it('name metrics that exist, and every metric goes with a loss', () => {
    for (const loss of allLosses()) {
      for (const name of loss.metrics) {
        assert.ok(
          metricNamed(name)?.of.some((kind) => loss.kinds.includes(kind)),
          `${loss.name}: ${name}`,
        );
      }
      assert.match(loss.doc, new RegExp(`loss: (\\{ )?${loss.name}\\b`), 'has an example');
      for (const option of Object.values(loss.options)) assert.ok(option.doc.endsWith('.'));
    }
    const used = new Set(allLosses().flatMap((loss) => loss.metrics));
    assert.deepEqual(
      allMetrics().filter((metric) => !used.has(metric.name)),
      [],
    );
  });

  it('narrow their metrics by whether there is one question or several', () => {
    const loss = lossNamed('binary_cross_entropy')!;
    const of = (type: string) => metricsOf(loss, parseType(type).type!);
    assert.ok(of('float32[batch, 1]').includes('matthews'));
    assert.ok(!of('float32[batch, 1]').includes('hamming_loss'));
    assert.ok(of('float32[batch, 7]').includes('hamming_loss'));
    assert.ok(!of('float32[batch, 7]').includes('matthews'));
    assert.deepEqual(of('float32[batch, labels]'), loss.metrics);
  });
});
