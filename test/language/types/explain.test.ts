import assert from 'node:assert/strict';
import { Dim } from '../../../language/types/dim';
import { alignedTypes, explainFacts, surplusAxes } from '../../../language/types/explain';
import { Solver } from '../../../language/types/solver';
import { parseType } from '../../../language/types/type';

const type = (text: string) => parseType(text).type!;
const lines = (text: string) => text.split('\n');

describe('explanations', () => {
  it('line types up and mark the axis that differs', () => {
    const rows = [
      { label: 'encoder.hidden', type: type('float32[batch, seq, 1024]'), note: 'acme/text-encoder 3.0.0' },
      { label: 'ner.features', type: type('float32[batch, seq, 768]'), note: 'acme/ner-head 1.5.0' },
    ];
    assert.deepEqual(lines(alignedTypes(rows, { axes: [0] })), [
      '   encoder.hidden   float32[batch, seq, 1024]   acme/text-encoder 3.0.0',
      '   ner.features     float32[batch, seq,  768]   acme/ner-head 1.5.0',
      '                                        ^^^^',
    ]);
  });

  it('mark axes that only one type has', () => {
    const [from, to] = [type('float32[batch, 8]'), type('float32[batch, seq, 8]')];
    const rows = [
      { label: 'rows.x', type: from },
      { label: 'encoder.x', type: to },
    ];
    assert.deepEqual(lines(alignedTypes(rows, { axes: surplusAxes(from, to) })), [
      '   rows.x      float32[       batch, 8]',
      '   encoder.x   float32[batch,   seq, 8]',
      '                       ^^^^^',
    ]);
  });

  it('mark the element type', () => {
    const rows = [
      { label: 'a', type: type('int32[n]') },
      { label: 'b', type: type('float32[...lead, n]') },
    ];
    assert.deepEqual(lines(alignedTypes(rows, { dtype: true })), [
      '   a   int32  [         n]',
      '   b   float32[...lead, n]',
      '       ^^^^^^^',
    ]);
  });

  it('list facts by number, with whose size it is, and say what follows', () => {
    const solver = new Solver<{ text: string }>();
    const size = (name: string) => Dim.symbol(name);
    solver.equate(size('text:d'), Dim.of(512), { text: 'acme/text-encoder' });
    solver.equate(Dim.of(512), size('image:d'), { text: 'acme/image-encoder' });
    solver.equate(size('text:d').plus(size('image:d')), size('head:in'), { text: 'wire cat.out → head.x' });
    assert.equal(solver.equate(size('head:in'), Dim.of(768), { text: 'params.in' }), 'no');
    assert.deepEqual(lines(explainFacts(solver.explain())), [
      '   1 text.d = 512                 acme/text-encoder',
      '   2 image.d = 512                acme/image-encoder',
      '   3 head.in = image.d + text.d   wire cat.out → head.x',
      '   4 head.in = 768                params.in',
      ' = note: 512 + 512 is 1024',
    ]);
  });

  it('leave out what is plain to see', () => {
    const solver = new Solver<{ text: string }>();
    solver.equate(Dim.of(12), Dim.symbol('y:width'), { text: 'wire p.out → y.a' });
    solver.equate(Dim.of(16), Dim.symbol('y:width'), { text: 'wire q.out → y.b' });
    assert.deepEqual(lines(explainFacts(solver.explain())), [
      '   1 y.width = 12   wire p.out → y.a',
      '   2 y.width = 16   wire q.out → y.b',
    ]);
  });
});
