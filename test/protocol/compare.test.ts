import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunRecord } from '../../protocol/generated/run';
import { type ComparedRun, compareRuns, differenceName } from '../../protocol/runs/compare';
import { advance, initialState } from '../../protocol/runs/fold';
import { events, record, type Told20 } from '../panel/runs';

const node = (filters: number) => ({
  part: 'encoder',
  id: 'encoder/windows',
  op: 'conv1d',
  attributes: { filters },
  inputs: { in: 'words/ids' },
});
const plan = (filters: number, epochs = 20) => ({
  prepare: [],
  graph: [node(filters)],
  tasks: [{ name: 'sentiment', loss: 'cross_entropy', at: { file: 'a', line: epochs } }],
  train: { epochs, seed: 7, optimizer: { kind: 'adam', learning_rate: 0.001 } },
});

describe('a comparison of runs', () => {
  const made: string[] = [];
  afterEach(() => {
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
  });

  function run(changes: Partial<RunRecord> = {}, itsPlan?: object, told: Told20 = {}): ComparedRun {
    const folder = mkdtempSync(join(tmpdir(), 'brique-compare-'));
    made.push(folder);
    if (itsPlan) writeFileSync(join(folder, 'plan.json'), JSON.stringify(itsPlan));
    const state = initialState(record(changes));
    for (const event of events({ end: 'completed', ...told })) advance(state, event);
    return { folder, state };
  }
  const better = { accuracy: 0.9 };
  const names = (...runs: ComparedRun[]) => compareRuns(runs).differences.map(differenceName);

  it('puts the metrics side by side, with the difference of two', () => {
    const { metrics } = compareRuns([run(), run()]);
    const accuracy = metrics.find(({ name }) => name === 'sentiment.accuracy')!;
    assert.deepEqual([accuracy.split, accuracy.difference], ['test', 0]);
    assert.equal(accuracy.values[0], accuracy.values[1]);
    const three = compareRuns([run(), run(), run()]).metrics[0]!;
    assert.deepEqual([three.values.length, three.difference], [3, undefined]);
  });

  it('finds nothing in runs of the same', () => {
    const { differences, same, conclusion } = compareRuns([run({}, plan(64)), run({}, plan(64))]);
    assert.deepEqual([differences, same], [[], ['words', 'encoder', 'head']]);
    assert.equal(conclusion, 'Nothing differs in what the runs were made of.');
  });

  it('names the one part that changed, by version, weights and settings', () => {
    const bricks = record().bricks.map((brick) =>
      brick.part === 'encoder' ? { ...brick, version: '1.3.0', weights: 'text-encoder@1.3.0' } : brick,
    );
    const { differences, same, conclusion } = compareRuns([
      run({}, plan(64)),
      run({ bricks }, plan(128), better),
    ]);
    assert.deepEqual(differences.map(differenceName), [
      'encoder: version',
      'encoder: weights',
      'encoder: windows.filters',
    ]);
    assert.deepEqual(differences[2]!.values, ['64', '128']);
    assert.deepEqual(same, ['words', 'head']);
    assert.equal(conclusion, 'Only the part encoder differs, so the difference comes from there.');
  });

  it('does not say which of several things it was', () => {
    const data = [{ ...record().data[0]!, hash: 'c'.repeat(64) }];
    const both = compareRuns([run({}, plan(64)), run({ data }, plan(64, 30), better)]);
    assert.deepEqual(both.differences.map(differenceName), ['data reviews: content', 'train.epochs']);
    assert.match(both.conclusion, /^2 things differ, .*: the data reviews and train\.epochs\.$/);
  });

  it('speaks of no difference where the figures are equal, or not there for all', () => {
    const data = [{ ...record().data[0]!, hash: 'c'.repeat(64) }];
    const said = (...runs: ComparedRun[]) => compareRuns(runs).conclusion;
    assert.equal(said(run(), run({ seed: 8 })), 'Only the seed differs, and the figures are equal.');
    assert.equal(said(run(), run({ data })), 'Only the data reviews differs, and the figures are equal.');
    assert.equal(
      said(run({}, plan(64)), run({ data }, plan(64, 30))),
      '2 things differ, and the figures are equal: the data reviews and train.epochs.',
    );
    const failed = run({ data }, undefined, { end: 'failed', until: 3 });
    assert.equal(
      said(run(), failed),
      'Only the data reviews differs, and no figure is there for all of the runs.',
    );
    assert.match(said(run(), run({ data }, undefined, better), failed), /no figure is there/);
    assert.match(said(run(), run({ data }, undefined, better), run()), /so the difference comes from there/);
  });

  it('tells chance from a cause, and what cannot be one', () => {
    assert.equal(
      compareRuns([run(), run({ seed: 8 }, undefined, better)]).conclusion,
      'Only the seed differs, so the difference is chance.',
    );
    const other = run({ code: { revision: 'f'.repeat(40), modified: false } });
    assert.equal(
      compareRuns([run(), other]).conclusion,
      'What the runs were made of is the same; only code differs.',
    );
  });

  it('goes by the settings of the command line where there is no plan', () => {
    assert.deepEqual(names(run(), run({ settings: { 'head.dropout': 0.5 } })), [
      'train.head.dropout: given by --set',
    ]);
    assert.deepEqual(names(run({}, plan(64)), run({ settings: {} }, plan(64))), []);
  });
});
