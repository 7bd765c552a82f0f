import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { allAtOnce } from '../../../language/gradual';
import { readInPieces } from '../../../language/syntax/in-pieces';
import type { parse } from '../../../language/syntax/parse';
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

describe('a text read in pieces', () => {
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
