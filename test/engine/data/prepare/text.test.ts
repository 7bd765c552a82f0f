import assert from 'node:assert/strict';
import { fitNodes } from '../../../../engine/data/prepare/nodes';
import { tensorValue } from '../../../../engine/data/value';
import { wordIdsNode } from '../fixture';
import { nodeOf, numbersOf, outputOf, stateOf, text } from './ops';

describe('text', () => {
  it('gives words ids by how often they occur, ties by the alphabet', async () => {
    const node = wordIdsNode(5, 4);
    const training = text("Don't b a", 'a B c', 'a');
    assert.deepEqual(await stateOf(node, training), { vocabulary: ['a', 'b', 'c'] });
    assert.deepEqual(
      await outputOf(node, training, text('b zebra A', 'a b c a b')),
      tensorValue('int32', [2, 4], Int32Array.of(3, 1, 2, 0, 2, 3, 4, 2)),
    );
  });

  it('is cut into words, in any script', async () => {
    const state = await stateOf(wordIdsNode(99), text("Don't! Größe 12 これ"));
    assert.deepEqual(new Set(state!.vocabulary as string[]), new Set(["don't", 'größe', '12', 'これ']));
  });

  it('leaves out rare words, and counts pairs of neighbours where asked to', async () => {
    const node = wordIdsNode(9, 5);
    node.attributes = { ...node.attributes, min_count: 2, ngrams: 2 };
    const training = text('not good', 'Not good at all');
    assert.deepEqual(await stateOf(node, training), { vocabulary: ['good', 'not', 'not good'] });
    assert.deepEqual(
      await outputOf(node, training, text('not good, no')),
      tensorValue('int32', [1, 5], Int32Array.of(3, 2, 1, 4, 1)),
    );
  });

  it('goes on where a given vocabulary ends, with the words that it lacks, while there is room', async () => {
    const plain = { ...wordIdsNode(6, 4), inputs: { in: 'data.in' } };
    const open = { ...plain, attributes: { ...plain.attributes, extend: true } };
    const given = { [plain.id]: { vocabulary: ['good', 'bad'] } };
    const values = new Map([['data.in', text('bad food', 'cold food and wine', 'good wine')]]);
    const state = async (node: typeof plain, extend: boolean) =>
      (await fitNodes([node], values, given, extend))[node.id];
    assert.deepEqual(await state(open, true), { vocabulary: ['good', 'bad', 'food', 'wine'] });
    assert.deepEqual(await state(open, false), given[plain.id]);
    assert.deepEqual(await state(plain, true), given[plain.id]);
  });

  it('gives characters ids, whole code points', async () => {
    const value = await outputOf({ ...wordIdsNode(9, 3), op: 'char_ids' }, text('ab😀', 'a'));
    assert.deepEqual(value, tensorValue('int32', [2, 3], Int32Array.of(2, 3, 4, 2, 0, 0)));
  });

  it('is brought into one form', async () => {
    const node = (attributes: object) =>
      nodeOf(
        'clean_text',
        ['batch'],
        { lowercase: true, strip: true, accents: true, ...attributes },
        'string',
      );
    const dirty = text('  Cafe\u0301\t Größe\n', '');
    assert.deepEqual(await outputOf(node({}), dirty), text('café größe', ''));
    assert.deepEqual(await outputOf(node({ accents: false }), dirty), text('cafe große', ''));
    assert.deepEqual(
      await outputOf(node({ lowercase: false, strip: false }), dirty),
      text('  Café\t Größe\n', ''),
    );
  });

  it('gives whole values ids, 0 for rare, unknown and missing ones', async () => {
    const node = nodeOf('value_ids', ['batch'], { vocab: 3, min_count: 1 }, 'int32');
    const training = text('Audi', 'BMW', 'Audi', 'VW', 'BMW', '');
    assert.deepEqual(await stateOf(node, training), { values: ['Audi', 'BMW'] });
    assert.deepEqual(
      numbersOf(await outputOf(node, training, text('BMW', 'VW', 'Audi', '', 'audi'))),
      [2, 0, 1, 0, 0],
    );
  });

  it('is hashed into buckets, by the published values of FNV-1a', async () => {
    const node = nodeOf('hash_bucket', ['batch'], { buckets: 1000 }, 'int32');
    // draft-eastlake-fnv: FNV-1a 32 of "" is 0x811c9dc5, of "a" 0xe40c292c, of "foobar" 0xbf9cf968.
    assert.deepEqual(
      await outputOf(node, text('', 'a', 'foobar')),
      tensorValue('int32', [3], Int32Array.of(0x811c9dc5 % 1000, 0xe40c292c % 1000, 0xbf9cf968 % 1000)),
    );
  });
});
