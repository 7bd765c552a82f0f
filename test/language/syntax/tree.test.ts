import assert from 'node:assert/strict';
import { MAX_LENGTH } from '../../../language/syntax/builder';
import { parse } from '../../../language/syntax/parse';
import { at, entryAt, get, toValue } from '../../../language/syntax/path';
import type { Range } from '../../../language/syntax/tree';

const value = (text: string) => toValue(parse(text).root);
const problems = (text: string) =>
  parse(text).problems.map(({ kind, range, message }) => [kind, text.slice(range.start, range.end), message]);
const covered = (text: string, range: Range | undefined) => range && text.slice(range.start, range.end);

describe('a tree', () => {
  it('reads the scalars of YAML 1.2', () => {
    const text =
      '[yes, no, on, true, ~, 1, 1e-3, 0x1F, 0o17, 017, .inf, 1.10, 1.2.0, "1", 1_000, 2026-01-01, !!str 5]';
    assert.deepEqual(value(text), [
      'yes',
      'no',
      'on',
      true,
      null,
      1,
      0.001,
      31,
      15,
      17,
      Infinity,
      1.1,
      '1.2.0',
      '1',
      '1_000',
      '2026-01-01',
      '5',
    ]);
  });

  it('keeps keys as they are written', () => {
    assert.deepEqual(Object.keys(value('1.0: a\ntrue: b\n"c d": e\n') as object), ['1.0', 'true', 'c d']);
  });

  it('knows where everything is', () => {
    const text = '# note\na:\n  "b" : [ 1, {c: d} ] # more\n  e: |\n    x\n    y\n\nf:\n';
    const tree = parse(text);
    assert.equal(covered(text, at(tree, ['a', 'b'])!.range), '[ 1, {c: d} ]');
    assert.equal(covered(text, at(tree, ['a', 'b', 1])!.range), '{c: d}');
    assert.equal(covered(text, entryAt(tree, ['a', 'b'])!.key.range), '"b"');
    assert.equal(covered(text, at(tree, ['a', 'e'])!.range), '|\n    x\n    y');
    assert.equal(covered(text, at(tree, ['a'])!.range), '"b" : [ 1, {c: d} ] # more\n  e: |\n    x\n    y');
    assert.equal(covered(text, entryAt(tree, ['f'])!.range), 'f:');
    assert.equal(entryAt(tree, ['f'])!.value, undefined);
  });

  it('tells a value that is missing from one that is null', () => {
    assert.equal(get(parse('a:').root, 'a'), undefined);
    assert.equal(get(parse('{ a: , b }').root, 'b'), undefined);
    assert.equal(toValue(get(parse('a: null').root, 'a')), null);
  });

  it('puts what an alias stands for where the alias stands', () => {
    const text = 'a: &x { b: 1 }\nc: *x\n';
    const tree = parse(text);
    assert.deepEqual(toValue(tree.root), { a: { b: 1 }, c: { b: 1 } });
    assert.equal(covered(text, at(tree, ['c'])!.range), '*x');
  });

  it('merges, what is written winning', () => {
    const text = 'a: &x { b: 1, c: 2 }\nd: &y { c: 3, e: 4 }\nf: { <<: [*x, *y], b: 5 }\n';
    assert.deepEqual((value(text) as { f: object }).f, { b: 5, c: 2, e: 4 });
    assert.deepEqual(problems('a: { <<: 1 }'), [['syntax', '1', '`<<` takes a map, or a list of maps']]);
  });

  it('reports what is not there, given twice, or without meaning', () => {
    assert.deepEqual(problems('a: *x\n'), [['syntax', '*x', 'Nothing before this is anchored as `&x`']]);
    assert.deepEqual(
      problems('a: &x [*x]\n').map(([, text]) => text),
      ['*x'],
    );
    assert.deepEqual(problems('a: 1\nb: 2\na: 3\n'), [['duplicate-key', 'a', '`a` is given twice']]);
    assert.deepEqual(
      problems('a: !python/object:os.system x\n').map(([, text]) => text),
      ['!python/object:os.system'],
    );
    assert.deepEqual(
      problems('a: 1\n---\nb: 2\n').map(([, , message]) => message),
      ['A file holds one document'],
    );
    assert.deepEqual(
      problems('{ a: 1 }: 2\n').map(([, , message]) => message),
      ['A key must be plain text'],
    );
  });

  it('says in one sentence what is broken, once', () => {
    const only = (text: string) => problems(text).map(([, found, message]) => [found, message]);
    assert.deepEqual(only('a: { b: 1\nc: 2\n'), [['1', 'The closing } is missing']]);
    assert.deepEqual(only('a: [1, 2\n'), [['2', 'The closing ] is missing']]);
    assert.deepEqual(
      only('a: "b\n').map(([, message]) => message),
      ['The closing " is missing'],
    );
    assert.deepEqual(only('a: 1\nb\nc: 2\n'), [['b', 'A colon is missing after `b`']]);
    assert.deepEqual(
      only('a:\n\tb: 1\n').map(([, message]) => message),
      ['Lines are indented with spaces, not tabs'],
    );
    assert.deepEqual(only('a: @x\n'), [['@x', 'A value that starts with `@` needs quotes']]);
    const slips = problems('a: 1\n]\nb: [\nc: }\n d: e\n'.repeat(20)).filter(([kind]) => kind === 'syntax');
    assert.ok(slips.length <= 8);
  });

  it('shows whole characters, and names them', () => {
    for (const text of ['🧱🧱: 🧱: a\n', 'a: "🧱\n', 'a: [🧱\nb: 1\n', 'a: b\n🧱', 'a: %🧱\n']) {
      for (const { range, message } of parse(text).problems) {
        assert.ok(!/\p{Surrogate}/u.test(message), message);
        assert.ok(
          !/\p{Surrogate}/u.test(text.slice(range.start, range.end)),
          `${text} ${JSON.stringify(range)}`,
        );
      }
    }
  });

  it('keeps the rest of a broken file', () => {
    assert.deepEqual(value('a: { b: 1\nc: 2\n'), { a: { b: 1 }, c: 2 });
    assert.deepEqual(value('a:\n  x: 1\n  y\n  z: 2\nb: 3\n'), { a: { x: 1, y: undefined, z: 2 }, b: 3 });
    assert.deepEqual(value('a:\n  y\n  z: 2\nb: 3\n'), { a: { y: undefined, z: 2 }, b: 3 });
    assert.deepEqual(value('a: ]\nb: { c: 1 } }\nd: 2\n'), { a: undefined, b: { c: 1 }, d: 2 });
    assert.deepEqual(value('a: "b\nc: 2\nd: "e"\n'), { a: 'b', c: 2, d: 'e' });
    assert.deepEqual(value("a: { b: 'c, d: 1 }\ne: 2\n"), { a: { b: 'c', d: 1 }, e: 2 });
    assert.deepEqual(value('a: "two\n  lines"\nb: [\nc: 1\n'), { a: 'two lines', b: [], c: 1 });
    assert.deepEqual(value('a:\n  - y\n    z: 2\nb: 3\n'), { a: [{ y: undefined, z: 2 }], b: 3 });
  });

  it('has bounds', () => {
    const kinds = (text: string) => [...new Set(parse(text).problems.map(({ kind }) => kind))];
    assert.deepEqual(kinds(' '.repeat(MAX_LENGTH + 1)), ['limit']);
    assert.deepEqual(kinds('['.repeat(200) + ']'.repeat(200)), ['limit']);
    assert.deepEqual(kinds('['.repeat(5000)), ['limit']);
    assert.deepEqual(kinds('- '.repeat(5000)), ['limit']);
    const laughs = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 12; i++)
      laughs.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    assert.deepEqual(kinds(laughs.join('\n')), ['limit']);
  });
});
