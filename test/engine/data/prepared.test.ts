import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareData } from '../../../engine/data/prepared';
import {
  CLASS,
  column,
  dataset,
  planOf,
  reviews,
  TEXT,
  temporaryFolder,
  wordIdsNode,
  writeReviews,
} from './fixture';

describe('prepared data', () => {
  const root = temporaryFolder();

  it('holds the tensors of every split, fitted on the training split only', async () => {
    writeReviews(root(), reviews(100));
    const data = dataset(root());
    const prepared = await prepareData(planOf([data]), data, { root: root() });
    assert.deepEqual(
      Object.entries(prepared.splits).map(([name, { rows }]) => [name, rows]),
      [
        ['train', 60],
        ['validation', 20],
        ['test', 20],
      ],
    );
    const { train } = prepared.splits;
    assert.deepEqual(train!.tensors['words/tokens.out']!.shape, [60, 6]);
    assert.deepEqual(train!.tensors['reviews.class']!.shape, [60]);
    assert.deepEqual((prepared.states['words/tokens']!.vocabulary as string[]).slice(0, 2), [
      'number',
      'thing',
    ]);
  });

  it('comes from the cache when nothing changed, and is the same', async () => {
    writeReviews(root(), reviews(100));
    const data = dataset(root());
    const plan = planOf([data], { evaluate: { on: 'test', slices: ['reviews.class'], require: [] } });
    const first = await prepareData(plan, data, { root: root() });
    const second = await prepareData(plan, data, { root: root() });
    assert.deepEqual([first.cached, second.cached], [false, true]);
    assert.deepEqual(second.splits, first.splits);
    assert.deepEqual(second.states, first.states);
    assert.deepEqual(second.splits.test!.slices['reviews.class']!.names, ['negative', 'positive']);
  });

  it('is made anew when the data, the contract, a node, a loaded state or the rows used change', async () => {
    writeReviews(root(), reviews(100));
    const data = dataset(root());
    const plan = planOf([data]);
    await prepareData(plan, data, { root: root() });
    const limited = { ...plan, train: { ...plan.train, examples: 10 } };
    const wider = { ...plan, prepare: [wordIdsNode(20, 7)] };
    const state = { 'words/tokens': { vocabulary: ['great'] } };
    assert.equal((await prepareData(limited, data, { root: root() })).splits.train!.rows, 10);
    assert.equal((await prepareData(wider, data, { root: root() })).cached, false);
    assert.equal((await prepareData(plan, { ...data, seed: 1 }, { root: root() })).cached, false);
    const loaded = await prepareData(plan, data, { root: root(), states: state });
    assert.deepEqual([loaded.cached, loaded.states], [false, state]);
    writeReviews(root(), reviews(101));
    assert.equal((await prepareData(plan, data, { root: root() })).cached, false);
  });

  it('is made anew where the cache is damaged', async () => {
    writeReviews(root(), reviews(100));
    const data = dataset(root());
    const first = await prepareData(planOf([data]), data, { root: root() });
    const cache = join(root(), '.brique', 'cache');
    const [entry] = readdirSync(cache).filter((name) => !name.endsWith('.json'));
    writeFileSync(join(cache, entry!, 'test.safetensors'), 'cut off');
    const second = await prepareData(planOf([data]), data, { root: root() });
    assert.equal(second.cached, false);
    assert.deepEqual(second.splits, first.splits);
    appendFileSync(join(cache, entry!, 'entry.json'), '}');
    assert.equal((await prepareData(planOf([data]), data, { root: root() })).cached, false);
  });

  it('says what it left out', async () => {
    writeReviews(root(), [...reviews(20), { text: '', class: null }]);
    const data = dataset(root(), {
      columns: [TEXT, CLASS, column('stars', 'int', { required: false })].slice(0, 2),
    });
    const { notes } = await prepareData(planOf([data]), data, { root: root() });
    assert.deepEqual(notes, ['Dataset product-reviews: left out 1 empty row']);
  });
});
