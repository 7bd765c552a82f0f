import assert from 'node:assert/strict';
import { advance, foldRun, initialState, setAlive } from '../../protocol/runs/fold';
import { decodeNumber, encodeNumber } from '../../protocol/runs/numbers';
import { addPoint, emptySeries, SERIES_CAPACITY } from '../../protocol/runs/series';
import { record, STARTED, stamped, trainingEvents } from './fixture';

describe('the state of a run', () => {
  it('follows its events', () => {
    const state = initialState(record('a'));
    const events = stamped(trainingEvents());
    assert.equal(state.status, 'starting');
    for (const event of events.slice(0, 5)) advance(state, event);
    assert.equal(state.status, 'running');
    assert.deepEqual(
      [state.phase, state.epoch, state.step, state.steps, state.secondsLeft],
      ['train', 1, 3, 8, 5],
    );
    assert.equal(state.headline, undefined);
    advance(state, events[5]!);
    advance(state, events[6]!);
    assert.deepEqual(state.headline, { name: 'sentiment.accuracy', value: 0.6, split: 'validation' });
    for (const event of events.slice(7)) advance(state, event);
    assert.deepEqual(state.headline, { name: 'sentiment.accuracy', value: 0.8, split: 'test' });
    assert.deepEqual([state.status, state.seconds, state.bestEpoch], ['completed', 9.5, 2]);
    assert.deepEqual(state.curves['sentiment.accuracy']!.validation.values, [0.6, 0.7]);
    assert.deepEqual(state.curves.loss!.steps.steps, [1, 2, 3, 4, 5, 6, 7, 8]);
    assert.deepEqual(state.curves.loss!.train.steps, [4, 8]);
  });

  it('is the same whether events come once or again', () => {
    const events = stamped(trainingEvents());
    assert.deepEqual(foldRun(record('a'), [...events.slice(0, 6), ...events]), foldRun(record('a'), events));
  });

  it('survives a round trip through JSON, as panels get it', () => {
    const state = foldRun(record('a'), stamped(trainingEvents()));
    const copy = JSON.parse(JSON.stringify(state)) as typeof state;
    assert.deepEqual(copy.curves, state.curves);
  });

  it('is interrupted when the process is gone, unless the run has ended', () => {
    const state = foldRun(record('a'), stamped([STARTED]));
    setAlive(state, false);
    assert.equal(state.status, 'interrupted');
    setAlive(state, true);
    assert.equal(state.status, 'running');
    const ended = foldRun(record('a'), stamped(trainingEvents()));
    setAlive(ended, false);
    assert.equal(ended.status, 'completed');
  });

  it('holds failures, messages and what stopped early', () => {
    const failure = { code: 'loss-not-finite', message: 'The loss is NaN' };
    const state = foldRun(
      record('a'),
      stamped([
        STARTED,
        { type: 'message', level: 'warning', text: 'careful' },
        { type: 'run_ended', status: 'failed', seconds: 1, failure },
      ]),
    );
    assert.deepEqual([state.status, state.failure], ['failed', failure]);
    assert.deepEqual(
      state.messages.map(({ text }) => text),
      ['careful'],
    );
    const early = stamped([STARTED, { type: 'run_ended', status: 'stopped_early', seconds: 1 }]);
    assert.equal(foldRun(record('a'), early).status, 'stopped early');
  });
});

describe('a curve', () => {
  it('keeps a bounded number of points, each the mean of what it stands for', () => {
    const series = emptySeries();
    for (let step = 1; step <= 50_000; step++) addPoint(series, step, step);
    assert.ok(series.steps.length <= SERIES_CAPACITY);
    assert.equal(series.steps.at(-1), 50_000);
    assert.equal(series.stride, 32);
    assert.equal(series.steps[0], 32);
    assert.equal(series.values[0], 16.5);
  });

  it('shows where values were not finite', () => {
    const series = emptySeries();
    for (const value of [1, Number.NaN, Number.POSITIVE_INFINITY, 2])
      addPoint(series, series.steps.length + 1, value);
    assert.deepEqual(series.values, [1, null, null, 2]);
  });
});

describe('numbers in events', () => {
  it('come back, finite or not', () => {
    for (const value of [1.5, -0.25, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      assert.ok(Object.is(decodeNumber(JSON.parse(JSON.stringify(encodeNumber(value)))), value));
    }
  });
});
