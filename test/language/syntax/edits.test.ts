import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  applyEdits,
  type Edit,
  fillValue,
  insertAt,
  removeEntry,
  removeItem,
  renameKey,
  setScalar,
} from '../../../language/syntax/edits';
import { parse } from '../../../language/syntax/parse';
import { asMap, asScalar, at, entryAt, type Path, toValue } from '../../../language/syntax/path';
import type { ScalarNode, Tree } from '../../../language/syntax/tree';

function edited(text: string, edit: (tree: Tree) => Edit): string {
  const result = applyEdits(text, [edit(parse(text))]);
  assert.deepEqual(parse(result).problems, []);
  return result;
}

const removed = (text: string, path: Path) =>
  edited(text, (tree) => removeEntry(tree, asMap(at(tree, path.slice(0, -1)))!, entryAt(tree, path)!));

describe('edits', () => {
  it('set a value, with quotes where it needs them', () => {
    const set = (text: string, value: ScalarNode['value']) =>
      edited(text, (tree) => setScalar(tree, asScalar(at(tree, ['a']))!, value));
    assert.equal(set('a: 1 # one\nb: 2\n', 'two'), 'a: two # one\nb: 2\n');
    assert.equal(set('a: 1\n', '1.10'), 'a: "1.10"\n');
    assert.equal(set('a: 1\n', 'float32[batch, 4]'), 'a: float32[batch, 4]\n');
    assert.equal(set('{ a: 1 }\n', 'float32[batch, 4]'), '{ a: "float32[batch, 4]" }\n');
    assert.equal(set('a: 1\n', 1e-3), 'a: 0.001\n');
  });

  it('write any value so that it reads back', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.double(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    );
    fc.assert(
      fc.property(value, fc.boolean(), (wanted, flow) => {
        fc.pre(typeof wanted !== 'string' || !/\p{Surrogate}/u.test(wanted));
        const text = flow ? '{ a: 1, b: 2 }' : 'a: 1\nb: 2\n';
        const result = edited(text, (tree) => setScalar(tree, asScalar(at(tree, ['a']))!, wanted));
        assert.deepEqual(toValue(parse(result).root), { a: Object.is(wanted, -0) ? 0 : wanted, b: 2 });
      }),
      { numRuns: 400 },
    );
  });

  it('insert an entry where it fits', () => {
    const insert = (text: string, path: Path, value = '2') =>
      edited(text, (tree) => insertAt(tree, path, 'c', value)!);
    assert.equal(insert('a:\n  b: 1 # one\n\nd: 1\n', ['a']), 'a:\n  b: 1 # one\n  c: 2\n\nd: 1\n');
    assert.equal(insert('a:\n    b: 1', ['a']), 'a:\n    b: 1\n    c: 2');
    assert.equal(insert('a: { b: 1 } # one\n', ['a']), 'a: { b: 1, c: 2 } # one\n');
    assert.equal(insert('a: {}\n', ['a']), 'a: { c: 2 }\n');
    assert.equal(
      insert('a: # note\nd: 1\n', ['a'], 'x: 1\ny: 2'),
      'a: # note\n  c:\n    x: 1\n    y: 2\nd: 1\n',
    );
    assert.equal(insert('a:\r\n  b: 1\r\n', ['a']), 'a:\r\n  b: 1\r\n  c: 2\r\n');
    assert.equal(insert('a: 1', []), 'a: 1\nc: 2');
    assert.equal(insert('', []), 'c: 2');
    assert.equal(insert('a: { b: }\n', ['a', 'b']), 'a: { b: { c: 2 } }\n');
    assert.equal(insertAt(parse('a: 1\n'), ['a'], 'c', '2'), undefined);
  });

  it('fill in a value that is missing', () => {
    const fill = (text: string) => edited(text, (tree) => fillValue(tree, entryAt(tree, ['a'])!, 'x'));
    assert.equal(fill('a:\nb: 1\n'), 'a: x\nb: 1\n');
    assert.equal(fill('a:   \nb: 1\n'), 'a: x\nb: 1\n');
    assert.equal(fill('{ a: , b: 1 }\n'), '{ a: x, b: 1 }\n');
    assert.equal(fill('{ a, b: 1 }\n'), '{ a: x, b: 1 }\n');
    assert.equal(fill('a: # note\nb: 1\n'), 'a: x # note\nb: 1\n');
  });

  it('remove an entry with its line', () => {
    assert.equal(removed('a:\n  b: 1 # one\n  c: 2\n', ['a', 'b']), 'a:\n  c: 2\n');
    assert.equal(removed('a:\n  b: 1\n  c:\n    d: 1\n', ['a', 'c']), 'a:\n  b: 1\n');
    assert.equal(removed('a:\n  b: 1\nd: 1\n', ['a', 'b']), 'a:\n  {}\nd: 1\n');
    assert.equal(removed('- b: 1\n  c: 2\n', [0, 'b']), '- c: 2\n');
    assert.equal(removed('{ b: 1, c: 2 }', ['b']), '{ c: 2 }');
    assert.equal(removed('{ b: 1, c: 2 }', ['c']), '{ b: 1 }');
    assert.equal(removed('a: { b: 1 }', ['a', 'b']), 'a: {}');
  });

  it('remove an item with its line', () => {
    const remove = (text: string, index: number) =>
      edited(text, (tree) => {
        assert.equal(tree.root?.kind, 'sequence');
        return removeItem(tree, tree.root, index);
      });
    assert.equal(remove('- a: 1\n  b: 2 # two\n- c\n', 0), '- c\n');
    assert.equal(remove('- a\n- b\n', 1), '- a\n');
    assert.equal(remove('- a\n', 0), '[]\n');
    assert.equal(remove('[a, b, c]', 1), '[a, c]');
  });

  it('rename a key', () => {
    const rename = (text: string, key: string) =>
      edited(text, (tree) => renameKey(tree, entryAt(tree, ['a'])!, key));
    assert.equal(rename('a : 1 # one\n', 'b'), 'b : 1 # one\n');
    assert.equal(rename('{ a: 1 }', 'b, c'), '{ "b, c": 1 }');
  });
});
