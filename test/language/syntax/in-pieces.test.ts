import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { allAtOnce } from '../../../language/gradual';
import { readInPieces } from '../../../language/syntax/in-pieces';
import { type parse, parsing } from '../../../language/syntax/parse';
import { readRepairing } from '../../../language/syntax/repairing';
import { documents } from './documents';
import { repositoryFiles } from './repository';

/** Sections of more characters are cut. */
const LONG = 8;

const inPieces = (text: string, before?: ReturnType<typeof parse>) =>
  allAtOnce(readInPieces(text, before, LONG));

/** Sections whose entries are any documents. */
const sections = fc
  .array(fc.array(documents, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 })
  .map((all) =>
    all
      .map((section, i) => {
        const entries = section.map((document, k) => `  key_${i}_${k}:\n${indented(document, '    ')}`);
        return `section_${i}: # ${i}\n${entries.join('')}`;
      })
      .join('\n'),
  );

function indented(text: string, by: string): string {
  const lines = text.split('\n').map((line) => (line === '' ? '' : by + line));
  return `${lines.join('\n')}\n`;
}

/** Lines that open what a later line closes, or nobody does, at any indentation. */
const slips = fc
  .array(
    fc
      .tuple(
        fc.constantFrom('', ' ', '  ', '   ', '    '),
        fc.constantFrom(
          'k: "x',
          "k: 'x",
          'y"',
          "y'",
          'l: v',
          'm:',
          'z: w"',
          '"',
          '',
          '# c',
          'q: "a b"',
          'r: [1,',
        ),
      )
      .map(([indent, line]) => indent + line),
    { minLength: 1, maxLength: 8 },
  )
  .map((lines) => `name: a\nsection:\n  key: 1\n${lines.join('\n')}\n`);

describe('a text read in pieces', () => {
  it('has the same findings whether it counts as long or not', () => {
    const files = repositoryFiles().flatMap(([, text]) => (text.length < 8_000 ? [text] : []));
    const broken = fc
      .tuple(
        fc.constantFrom(...files),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(12),
        fc.constantFrom('', '"', "'", '[', '\n  "', ': ', '\t'),
      )
      .map(([text, at, cut, put]) => {
        const from = Math.floor(at * text.length);
        return text.slice(0, from) + put + text.slice(from + cut);
      });
    const starts = fc.constantFrom('', '', '', '\ufeff', ' x\n', '\ufeff x\n', ': ', '\n  # c\n');
    let wrong = 0;
    fc.assert(
      fc.property(starts, fc.oneof(slips, broken, documents), (start, rest) => {
        const text = start + rest;
        const short = allAtOnce(parsing(text));
        if (short.problems.length > 0) wrong += 1;
        assert.deepEqual(allAtOnce(parsing(text, undefined, 0)), short, text);
      }),
      { numRuns: 1_500 },
    );
    assert.ok(wrong > 300, `${wrong}`);
  });

  it('has the same findings behind a byte order mark', () => {
    const told = (text: string) =>
      allAtOnce(parsing(text)).problems.map(({ range, message }) => [text.length - range.start, message]);
    fc.assert(
      fc.property(slips, fc.constantFrom('', ' x\n', '# c\n', '\n'), (text, start) => {
        assert.deepEqual(told(`\ufeff${start}${text}`), told(start + text), text);
      }),
      { numRuns: 500 },
    );
  });

  it('is what it is when read as a whole', () => {
    let cut = 0;
    const same = (text: string) => {
      const whole = readRepairing(text);
      if (whole.problems.some(({ kind }) => kind !== 'duplicate-key')) return;
      const tree = inPieces(text);
      if (tree) {
        cut += 1;
        assert.deepEqual(tree, whole, text);
      }
    };
    for (const [, text] of repositoryFiles()) same(text);
    fc.assert(fc.property(fc.oneof(sections, documents), same), { numRuns: 800 });
    assert.ok(cut > 300, `${cut}`);
  });

  it('is read as a whole where it merges, however broken', () => {
    for (const text of ['<<: , ', 'a: 1\n<<: ,\n', 'graph:\n  <<: ,\n', '<<: *x\nb: ['])
      assert.equal(inPieces(text), undefined, text);
  });

  it('is the same whatever was read before', () => {
    const files = repositoryFiles().flatMap(([, text]) => (text.length > 400 ? [text] : []));
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(30),
      text: fc.constantFrom(
        '',
        'x',
        '\n',
        '  ',
        ': ',
        '[',
        '"',
        '#',
        'a: 1\n',
        '  key: { op: relu }\n',
        '- ',
        '&a ',
      ),
    });
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.array(edit, { maxLength: 6 }), (start, edits) => {
        let text = start;
        let tree = inPieces(text);
        for (const { at, length, text: put } of edits) {
          const from = Math.floor(at * text.length);
          text = text.slice(0, from) + put + text.slice(from + length);
          tree = inPieces(text, tree);
          assert.deepEqual(tree, inPieces(text), text);
        }
      }),
      { numRuns: 400 },
    );
  });
});
