import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { learnBytePairs } from '../../../../engine/data/tokenizers/byte-pairs';
import { Encoder } from '../../../../engine/data/tokenizers/encoder';
import { EngineFailure } from '../../../../engine/failure';
import type { PlanNode } from '../../../../language/plan/format';
import { temporaryFolder, wordIdsNode } from '../fixture';
import { numbersOf, outputOf, outputsOf, text } from '../prepare/ops';
import { byteLevel, punctuation, unigram, wordPiece } from './files';

// All expected ids, masks and types are what Hugging Face's `tokenizers` 0.22 (Rust) gives for the same files.

async function encoded(file: object, length: number, first: string, second?: string) {
  const encoder = await Encoder.of(JSON.stringify(file));
  const rows = encoder.rows([first], second === undefined ? undefined : [second], length, true);
  return { ids: [...rows.ids], mask: [...rows.mask], types: [...rows.types] };
}

describe('tokenizers', () => {
  it('of WordPiece cut, pad and mark rows as their library does', async () => {
    const cases: [string, string | undefined, number[], number[], number[]][] = [
      ['Unaffable good!', undefined, [2, 4, 5, 6, 7, 8, 3, 0], [1, 1, 1, 1, 1, 1, 1, 0], Array(8).fill(0)],
      [
        'Cafés, GOOD! good good good',
        undefined,
        [2, 9, 10, 1, 7, 8, 7, 3],
        Array(8).fill(1),
        Array(8).fill(0),
      ],
      ['', undefined, [2, 3, 0, 0, 0, 0, 0, 0], [1, 1, 0, 0, 0, 0, 0, 0], Array(8).fill(0)],
      [
        'good good good good',
        'un un un',
        [2, 7, 7, 7, 3, 4, 4, 3],
        Array(8).fill(1),
        [0, 0, 0, 0, 0, 1, 1, 1],
      ],
      ['good', 'un un un un un un un', [2, 7, 3, 4, 4, 4, 4, 3], Array(8).fill(1), [0, 0, 0, 1, 1, 1, 1, 1]],
      ['good good good', 'un un un', [2, 7, 7, 3, 4, 4, 4, 3], Array(8).fill(1), [0, 0, 0, 0, 1, 1, 1, 1]],
    ];
    for (const [first, second, ids, mask, types] of cases)
      assert.deepEqual(
        await encoded(wordPiece, 8, first, second),
        { ids, mask, types },
        `${first} | ${second}`,
      );
    const { ids } = await encoded(wordPiece, 5, 'a [SEP] b');
    assert.deepEqual(ids, [2, 1, 3, 1, 3]);
  });

  it('of bytes know no unknown, and cut and pad on the left where the file says so', async () => {
    assert.deepEqual(await encoded(byteLevel, 4, 'low low'), {
      ids: [9, 6, 2, 8],
      mask: [0, 1, 1, 1],
      types: [0, 0, 0, 0],
    });
    assert.deepEqual((await encoded(byteLevel, 4, ' low low low low é')).ids, [8, 3, 4, 5]);
    assert.deepEqual((await encoded(byteLevel, 4, 'lol')).ids, [9, 9, 6, 0]);
  });

  it('cut signs apart, and refuse what the library would cut in another way', async () => {
    assert.deepEqual((await encoded(punctuation, 9, 'good!! un$able')).ids, [2, 7, 8, 8, 4, 1, 1, 3, 0]);
    const odd = { ...wordPiece, pre_tokenizer: { type: 'Punctuation', behavior: 'MergedWithNext' } };
    await assert.rejects(
      encoded(odd, 8, 'good'),
      /cannot be cut by Punctuation with the behavior MergedWithNext/,
    );
  });

  it('of Unigram take the most likely cut', async () => {
    assert.deepEqual((await encoded(unigram, 2, 'Newspaper')).ids, [8, 1]);
    assert.deepEqual((await encoded(unigram, 2, 'news')).ids, [5, 1]);
    assert.deepEqual((await encoded(unigram, 6, 'new zoo s')).ids, [4, 3, 2, 3, 7, 1]);
  });
});

describe('the tokenizer beside a brick', () => {
  const root = temporaryFolder();

  const node = (file = 'tokenizer.json', length = 6): PlanNode => ({
    ...wordIdsNode(),
    id: 'words/ids',
    op: 'tokenizer',
    attributes: { file, length, special: true },
    outputs: {
      ids: { dtype: 'int32', shape: ['batch', length] },
      mask: { dtype: 'float32', shape: ['batch', length] },
      types: { dtype: 'int32', shape: ['batch', length] },
    },
    at: { file: join(root(), 'words.brique.yaml'), line: 12 },
  });
  const failure = async (at: PlanNode) => {
    try {
      await outputsOf(at, { in: text('a') });
    } catch (error) {
      assert(error instanceof EngineFailure, String(error));
      return error.failure;
    }
    return assert.fail('nothing failed');
  };

  it('gives ids, mask and types, of pairs too; what it says is saved with the weights', async () => {
    writeFileSync(join(root(), 'tokenizer.json'), JSON.stringify(wordPiece));
    const single = await outputsOf(node(), { in: text('good', 'good cafe!') });
    assert.deepEqual(numbersOf(single.ids), [2, 7, 3, 0, 0, 0, 2, 7, 9, 8, 3, 0]);
    assert.deepEqual(numbersOf(single.mask), [1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 0]);
    const pair = await outputsOf(node(), { in: text('good'), pair: text('un!') });
    assert.deepEqual(numbersOf(pair.ids), [2, 7, 3, 4, 8, 3]);
    assert.deepEqual(numbersOf(pair.types), [0, 0, 0, 1, 1, 1]);
  });

  it('is missed, refused outside the folder of the brick, and called broken, in one message each', async () => {
    const missing = await failure(node('other.json'));
    assert.equal(missing.code, 'tokenizer-missing');
    assert.deepEqual([missing.file, missing.line], [join(root(), 'words.brique.yaml'), 12]);

    mkdirSync(join(root(), 'elsewhere'));
    const outside = { ...node(), at: { file: join(root(), 'elsewhere', 'words.brique.yaml'), line: 1 } };
    writeFileSync(join(root(), 'tokenizer.json'), JSON.stringify(wordPiece));
    symlinkSync(join(root(), 'tokenizer.json'), join(root(), 'elsewhere', 'tokenizer.json'));
    assert.equal((await failure(outside)).code, 'tokenizer-outside');
    outside.attributes = { ...outside.attributes, file: '../tokenizer.json' };
    assert.equal((await failure(outside)).code, 'tokenizer-outside');

    const wrong = [
      '{"model": {"vocab"',
      '{}',
      'null',
      '{"model": {"type": "BPE", "vocab": {}, "merges": 3}}',
    ];
    for (const content of wrong) {
      writeFileSync(join(root(), 'tokenizer.json'), content);
      const broken = await failure(node());
      assert.equal(broken.code, 'tokenizer-broken', content);
      assert.match(broken.message, /tokenizer\.json is no tokenizer\.json that can be used/);
    }
  });
});

describe('pieces of words', () => {
  const training = [
    'low low low low low',
    'lower lower',
    'newest newest newest newest newest newest',
    'widest widest widest',
  ];

  it('are learnt as in the example of Sennrich et al.', async () => {
    // Pairs there: e s (9), es t (9), l o (7), lo w (7), then those with the word start `▁`, which we put in front.
    const { model } = JSON.parse(await learnBytePairs(training, 18, true)) as {
      model: { merges: string[][] };
    };
    assert.deepEqual(model.merges.slice(0, 4), [
      ['e', 's'],
      ['es', 't'],
      ['l', 'o'],
      ['lo', 'w'],
    ]);
  });

  it('are at most as many as asked for, and the same every time', async () => {
    for (const size of [3, 10, 16, 24, 200]) {
      const learnt = await learnBytePairs(training, size, true);
      const { model } = JSON.parse(learnt) as { model: { vocab: Record<string, number> } };
      const ids = Object.values(model.vocab);
      assert.ok(ids.length <= size, `${ids.length} of ${size}`);
      assert.deepEqual(
        ids.sort((a, b) => a - b),
        ids.map((_, i) => i),
      );
      assert.equal(await learnBytePairs(training, size, true), learnt);
    }
  });

  it('put words together that were never seen; other characters are unknown', async () => {
    const node: PlanNode = {
      ...wordIdsNode(60, 8),
      op: 'subword_ids',
      attributes: { vocab: 60, length: 8, lowercase: true },
    };
    const value = await outputOf(node, text(...training), text('Lowest', 'zz', ''));
    const ids = numbersOf(value);
    assert.ok(
      ids.slice(0, 2).every((id) => id > 1),
      'low + est',
    );
    assert.deepEqual(ids.slice(2, 8), [0, 0, 0, 0, 0, 0]);
    assert.ok(ids.slice(8, 16).includes(1));
    assert.deepEqual(ids.slice(16), Array(8).fill(0));
  });
});
