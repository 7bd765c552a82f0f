import assert from 'node:assert/strict';
import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PREPARE_OPS } from '../../../engine/data/prepare/catalogue';
import { prepareData } from '../../../engine/data/prepared';
import type { HostValue } from '../../../engine/data/value';
import { tensorValue } from '../../../engine/data/value';
import type { PlanNode } from '../../../language/plan/format';
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

function node(op: string, shape: (number | string)[], attributes: PlanNode['attributes'] = {}): PlanNode {
  return {
    ...wordIdsNode(),
    op,
    attributes,
    outputs: { out: { dtype: 'float32', shape } },
  };
}

function run(op: string, at: PlanNode, fitted: HostValue, applied: HostValue = fitted): HostValue {
  const { fit, apply } = PREPARE_OPS[op]!;
  return apply(at, { in: applied }, fit(at, { in: fitted })).out!;
}

const text = (...values: string[]): HostValue => ({ kind: 'text', values });

describe('prepared ops', () => {
  it('give words ids by how often they occur, ties by the alphabet', () => {
    const at = wordIdsNode(5, 4);
    const state = PREPARE_OPS.word_ids!.fit(at, { in: text("Don't b a", 'a B c', 'a') });
    assert.deepEqual(state, { vocabulary: ['a', 'b', 'c'] });
    const { out } = PREPARE_OPS.word_ids!.apply(at, { in: text('b zebra A', 'a b c a b') }, state);
    assert.deepEqual(out, tensorValue('int32', [2, 4], Int32Array.of(3, 1, 2, 0, 2, 3, 4, 2)));
  });

  it('cut text into words, in any script', () => {
    const state = PREPARE_OPS.word_ids!.fit(wordIdsNode(99), { in: text("Don't! Größe 12 これ") });
    assert.deepEqual(new Set(state.vocabulary as string[]), new Set(["don't", 'größe', '12', 'これ']));
  });

  it('leave out rare words, and count pairs of neighbours where asked to', () => {
    const at = wordIdsNode(9, 5);
    at.attributes = { ...at.attributes, min_count: 2, ngrams: 2 };
    const state = PREPARE_OPS.word_ids!.fit(at, { in: text('not good', 'Not good at all') });
    assert.deepEqual(state, { vocabulary: ['good', 'not', 'not good'] });
    const { out } = PREPARE_OPS.word_ids!.apply(at, { in: text('not good, no') }, state);
    assert.deepEqual(out, tensorValue('int32', [1, 5], Int32Array.of(3, 2, 1, 4, 1)));
  });

  it('give characters ids, whole code points', () => {
    const value = run('char_ids', { ...wordIdsNode(9, 3), op: 'char_ids' }, text('ab😀', 'a'));
    assert.deepEqual(value, tensorValue('int32', [2, 3], Int32Array.of(2, 3, 4, 2, 0, 0)));
  });

  it('standardize by the training split; a missing value becomes the mean, a constant column zero', () => {
    const at = node('standardize', ['batch', 2]);
    const fitted = tensorValue('float32', [4, 2], Float32Array.of(1, 5, 3, 5, 5, 5, 7, 5));
    const value = run(
      'standardize',
      at,
      fitted,
      tensorValue('float32', [2, 2], Float32Array.of(4, 5, Number.NaN, 6)),
    );
    assert.deepEqual(value, tensorValue('float32', [2, 2], Float32Array.of(0, 0, 0, 1)));
    const scaled = run('standardize', at, fitted);
    assert(scaled.kind === 'tensor');
    assert.equal(scaled.tensor.data[6], Math.fround(3 / Math.sqrt(5)));
  });

  it('make one-hot rows', () => {
    const value = run(
      'one_hot',
      node('one_hot', ['batch', 3]),
      tensorValue('int32', [3], Int32Array.of(2, 0, 7)),
    );
    assert.deepEqual(value, tensorValue('float32', [3, 3], Float32Array.of(0, 0, 1, 1, 0, 0, 0, 0, 0)));
  });

  it('scale bytes of pictures', () => {
    const at = node('scale_image', ['batch', 2], { mean: 0.5, deviation: 0.5 });
    const value = run('scale_image', at, tensorValue('int32', [1, 2], Int32Array.of(0, 255)));
    assert.deepEqual(value, tensorValue('float32', [1, 2], Float32Array.of(-1, 1)));
  });

  it('hash text into buckets, by the published values of FNV-1a', () => {
    const at = node('hash_bucket', ['batch'], { buckets: 1000 });
    // draft-eastlake-fnv: FNV-1a 32 of "" is 0x811c9dc5, of "a" 0xe40c292c, of "foobar" 0xbf9cf968.
    assert.deepEqual(
      run('hash_bucket', at, text('', 'a', 'foobar')),
      tensorValue('int32', [3], Int32Array.of(0x811c9dc5 % 1000, 0xe40c292c % 1000, 0xbf9cf968 % 1000)),
    );
  });
});

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
