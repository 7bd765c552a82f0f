import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { format } from '../../language/answers/format';
import { commentsIn, sameMeaning } from '../../language/answers/format/written';
import { applyEdits } from '../../language/syntax/edits';
import { parse } from '../../language/syntax/parse';
import { libraryFiles } from './library';

const formatted = (text: string) => applyEdits(text, format(parse(text)));

const root = join(__dirname, '../..');
const examples = readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.brique.yaml'))
  .map((name) => ({ file: name, text: readFileSync(join(root, 'examples', name), 'utf8') }));
const real = [...libraryFiles(), ...examples];

describe('formatting', () => {
  const cases: [why: string, before: string, after: string][] = [
    ['blanks inside brackets', 'a: { b:  1 ,c: [ 1,2 ,  3 ]}\n', 'a: { b: 1, c: [1, 2, 3] }\n'],
    ['empty brackets', 'a: { }\nb: [  ]\n', 'a: {}\nb: []\n'],
    ['one blank after a colon', 'a:    1\nbb :  x\n', 'a: 1\nbb: x\n'],
    ['two blanks a level', 'a:\n     b:\n        c: 1\n     d: 2\n', 'a:\n  b:\n    c: 1\n  d: 2\n'],
    ['lists inside their key', 'a:\n- b: 1\n  c: 2\n-   d\n', 'a:\n  - b: 1\n    c: 2\n  - d\n'],
    ['ends of lines', 'a: 1   \n\n\nb: 2', 'a: 1\n\n\nb: 2\n'],
    ['one line break at the end', 'a: 1\n\n\n', 'a: 1\n'],
    [
      'comments go with what they speak of',
      'a:\n    # of b\n    b: 1    # behind\n    # at the end\n# of c\nc: 2\n',
      'a:\n  # of b\n  b: 1 # behind\n  # at the end\n# of c\nc: 2\n',
    ],
    [
      'texts of several lines stay',
      'a:\n    b: |\n       one   \n         two\n    c: >-\n      x\n\n      y\n',
      'a:\n  b: |\n     one   \n       two\n  c: >-\n    x\n\n    y\n',
    ],
    [
      'brackets of several lines move as one',
      'a:\n    b: {\n      c: 1,\n      d: 2\n      }\n',
      'a:\n  b: {\n    c: 1,\n    d: 2\n    }\n',
    ],
    ['CRLF stays', 'a:\r\n    b:  1  \r\nc: 2', 'a:\r\n  b: 1\r\nc: 2\r\n'],
    ['quotes stay', 'a:  "x # y"\nb:  \'z\'   #  c\n', 'a: "x # y"\nb: \'z\' #  c\n'],
    [
      'anchors stay',
      'a: &x  { b: 1 }\nc:   *x\nd: { <<: *x,e: 2 }\n',
      'a: &x  { b: 1 }\nc: *x\nd: { <<: *x, e: 2 }\n',
    ],
  ];
  for (const [why, before, after] of cases) {
    it(`${why}: ${JSON.stringify(before).slice(0, 40)}`, () => {
      assert.equal(formatted(before), after);
      assert.equal(formatted(after), after);
    });
  }

  it('makes each change once where blanks end the text', () => {
    const edits = format(parse('a: 1  '));
    assert.deepEqual(edits, [{ range: { start: 4, end: 6 }, text: '\n' }]);
  });

  it('leaves broken text alone', () => {
    for (const text of ['a: {  b\n', 'a:   "x\n', 'a: 1\n  b:   2\n', ''])
      assert.equal(formatted(text), text);
  });

  it('changes nothing in what is laid out already', () => {
    for (const { file, text } of real) assert.equal(formatted(text), text, file);
  });

  it('formats a range and nothing else', () => {
    const text = 'a:   1\nb:   2\nc:   3\n';
    assert.equal(applyEdits(text, format(parse(text), { start: 8, end: 12 })), 'a:   1\nb: 2\nc:   3\n');
    const block = 'a:\n    b:   1\n    c: 2\n';
    assert.equal(applyEdits(block, format(parse(block), { start: 8, end: 12 })), 'a:\n    b: 1\n    c: 2\n');
  });

  /** Real files with blanks and comments strewn in where they change nothing. */
  const untidy = fc
    .record({
      file: fc.constantFrom(...real),
      seed: fc.infiniteStream(fc.integer({ min: 0, max: 9 })),
      crlf: fc.boolean(),
    })
    .map(({ file, seed, crlf }) => {
      const next = () => seed.next().value as number;
      const factor = next() < 5 ? 1 : 2;
      const lines = file.text.split('\n').map((line) => {
        const indent = /^ */.exec(line)![0].length;
        const rest = line
          .slice(indent)
          .replace(/^- /, factor === 2 ? '-   ' : '- ')
          .replace(/(?<=[{,]) | (?=[}])/g, () => ' '.repeat((next() % 3) + 1))
          .replace(/(?<=^[\w-]+:) /, () => ' '.repeat((next() % 4) + 1));
        const comment =
          next() === 0 && line.trim() !== '' ? `${' '.repeat(indent * factor)}# note ${next()}\n` : '';
        return `${comment}${' '.repeat(indent * factor)}${rest}${' '.repeat(next() % 3)}`;
      });
      return lines.join('\n').replaceAll('\n', crlf ? '\r\n' : '\n');
    });

  it('keeps meaning and comments, and has nothing to do the second time', () => {
    fc.assert(
      fc.property(untidy, (text) => {
        const before = parse(text);
        assert.deepEqual(before.problems, []);
        const after = parse(formatted(text));
        assert.ok(sameMeaning(before, after));
        assert.equal(commentsIn(after).length, commentsIn(before).length);
        assert.equal(formatted(after.text), after.text);
        // Blanks at the ends of lines may be part of a text in a block.
        assert.ok(!/[ \t]+(\r?\n|$)/.test(after.text) || /[|>]-?[ \t]*\r?\n/.test(after.text));
      }),
      { numRuns: 100 },
    );
  });

  it('keeps meaning whatever the text', () => {
    const yamlish = fc
      .array(
        fc.constantFrom(
          'a',
          'bc',
          ': ',
          ':',
          '- ',
          '  ',
          ' ',
          '\n',
          '\n  ',
          '\n    ',
          '{',
          '}',
          '[',
          ']',
          ', ',
          ',',
          '# c',
          ' # d',
          '"q"',
          "'r'",
          '|\n',
          '>-\n',
          '&x ',
          '*x',
          '1',
          '\r\n',
          '🧱',
          '? ',
          '<<: ',
        ),
        { maxLength: 40 },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(yamlish, (text) => {
        const once = formatted(text);
        assert.ok(once === text || sameMeaning(parse(text), parse(once)));
        assert.equal(formatted(once), once);
      }),
      { numRuns: 1000 },
    );
  });
});
