import assert from 'node:assert/strict';
import { measure } from '../../engine/evaluate/metrics/metrics';
import { confusionOf, type Outcome, outcomeOf } from '../../engine/evaluate/outcome';
import { makeReport } from '../../engine/evaluate/report';
import { StopRule } from '../../engine/train/stop-rule';
import { planOf } from './data/fixture';

function classes(count: number, truth: number[], predicted: number[]): Outcome {
  return { kind: 'classes', count, truth: Int32Array.from(truth), predicted: Int32Array.from(predicted) };
}

function close(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} is not ${expected}`);
}

describe('metrics', () => {
  it('of two classes are those of class 1 (values of scikit-learn)', () => {
    const outcome = classes(2, [0, 0, 0, 1, 1, 1, 1, 1], [0, 1, 0, 1, 1, 0, 1, 1]);
    close(measure('accuracy', outcome), 0.75);
    close(measure('precision', outcome), 0.8);
    close(measure('recall', outcome), 0.8);
    close(measure('f1', outcome), 0.8);
  });

  it('of more classes are means over those that occur (values of scikit-learn, average=macro)', () => {
    const outcome = classes(4, [0, 0, 1, 1, 2, 2], [0, 1, 1, 1, 2, 0]);
    close(measure('accuracy', outcome), 4 / 6);
    close(measure('precision', outcome), (1 / 2 + 2 / 3 + 1) / 3);
    close(measure('recall', outcome), (1 / 2 + 1 + 1 / 2) / 3);
    close(measure('f1', outcome), (1 / 2 + 4 / 5 + 2 / 3) / 3);
  });

  it('of numbers', () => {
    const outcome: Outcome = {
      kind: 'values',
      truth: Float32Array.of(3, -0.5, 2, 7),
      predicted: Float32Array.of(2.5, 0, 2, 8),
    };
    close(measure('mse', outcome), 0.375);
    close(measure('mae', outcome), 0.5);
    close(measure('r2', outcome), 1 - 0.375 / 7.296875);
  });

  it('have no value for what they do not judge', () => {
    assert.ok(Number.isNaN(measure('mse', classes(2, [0], [0]))));
  });
});

describe('outcomes', () => {
  const [task] = planOf([]).tasks;

  it('take the first greatest logit, and leave out rows without a label', () => {
    const predictions = { dtype: 'float32' as const, shape: [3, 2], data: Float32Array.of(1, 1, 0, 2, 5, 1) };
    const targets = { dtype: 'int32' as const, shape: [3], data: Int32Array.of(1, -1, 0) };
    const outcome = outcomeOf(task!, predictions, targets);
    assert.deepEqual(outcome, { ...classes(2, [1, 0], [0, 0]), scores: Float32Array.of(1, 1, 5, 1) });
    assert.deepEqual(confusionOf(outcome as Outcome & { kind: 'classes' }), [
      [1, 0],
      [1, 0],
    ]);
  });
});

describe('reports', () => {
  it('hold metrics, slices, the confusion matrix and what was required', () => {
    const require = [
      { metric: 'sentiment.accuracy', comparison: '>=' as const, value: 0.75, at: { file: 'm', line: 1 } },
      { metric: 'sentiment.unknown', comparison: '>' as const, value: 0, at: { file: 'm', line: 2 } },
    ];
    const plan = planOf([], { evaluate: { on: 'test', slices: ['reviews.source'], require } });
    const split = {
      rows: 4,
      tensors: {},
      slices: { 'reviews.source': { names: ['shop', 'web'], groups: Int32Array.of(0, 0, 1, 1) } },
    };
    const outcome = classes(2, [0, 1, 0, 1], [0, 1, 0, 0]);
    const report = makeReport(plan, 'test', [{ task: plan.tasks[0]!, outcome, loss: 0.5, split }]);
    assert.deepEqual(report.tasks.sentiment, {
      metrics: { accuracy: 0.75, loss: 0.5 },
      examples: 4,
      confusion: {
        labels: ['negative', 'positive'],
        counts: [
          [2, 0],
          [1, 1],
        ],
      },
      slices: {
        'reviews.source': {
          shop: { metrics: { accuracy: 1 }, examples: 2 },
          web: { metrics: { accuracy: 0.5 }, examples: 2 },
        },
      },
    });
    assert.deepEqual(
      report.requirements.map(({ met, actual }) => [met, actual]),
      [
        [true, 0.75],
        [false, 'NaN'],
      ],
    );
  });
});

describe('early stopping', () => {
  it('waits as long as its patience, and never takes what is no number for the best', () => {
    const rule = new StopRule({ when: 'validation.loss', patience: 2, mode: 'min', min_delta: 0.1 });
    const judged = [1, 0.95, 0.5, Number.NaN, 0.6].map((value, i) => [
      rule.judge(i + 1, value),
      rule.exhausted(i + 1),
    ]);
    assert.deepEqual(judged, [
      [true, false],
      [false, false],
      [true, false],
      [false, false],
      [false, true],
    ]);
    assert.equal(rule.bestEpoch, 3);
  });
});
