import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { lineMap } from '../../../language/syntax/lines';

describe('lines', () => {
  it('count UTF-16 units, and end with LF, CRLF or CR', () => {
    const map = lineMap('ab\r\n🧱c\rd\n');
    assert.equal(map.lineCount, 4);
    assert.deepEqual(map.place(6), { line: 1, character: 2 });
    assert.deepEqual(map.place(8), { line: 2, character: 0 });
    assert.equal(map.offset({ line: 1, character: 99 }), 7);
    assert.equal(map.offset({ line: 99, character: 0 }), 10);
    assert.equal(map.offset({ line: 0, character: 99 }), 2);
  });

  it('do not count a byte order mark', () => {
    const map = lineMap('\ufeffab\nc');
    assert.deepEqual(
      [0, 1, 2, 4].map((offset) => map.place(offset).character),
      [0, 0, 1, 0],
    );
    assert.equal(map.offset({ line: 0, character: 1 }), 2);
  });

  it('turn an offset into a place and back', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '🧱', '\n', '\r\n')), fc.nat(), (parts, at) => {
        const text = parts.join('');
        const offset = at % (text.length + 1);
        const map = lineMap(text);
        if (text.slice(offset - 1, offset + 1) === '\r\n') return;
        assert.equal(map.offset(map.place(offset)), offset);
      }),
    );
  });
});
