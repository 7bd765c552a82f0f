import assert from 'node:assert/strict';
import { Dim } from '../../../language/types/dim';
import { parseType, printType, renameSymbols, substituteType } from '../../../language/types/type';

describe('a type', () => {
  const printed: [string, string][] = [
    ['float32[batch, heads*64, seq//2, _, 12]', 'float32[batch, heads*64, seq//2, _, 12]'],
    ['float32[ batch ,64*heads ]', 'float32[batch, heads*64]'],
    ['float32[...lead, 12]', 'float32[...lead, 12]'],
    ['float32[..., 12]', 'float32[..., 12]'],
    ['string[batch]', 'string[batch]'],
    ['int64[]', 'int64[]'],
    ['bool', 'bool[]'],
    ['float32[batch, *middle, 3]', 'float32[batch, ...middle, 3]'],
    ['float32[batch, ...]', 'float32[batch, ...]'],
    ['float32[batch, seq?, 3]', 'float32[batch, seq?, 3]'],
    ['float32[1 | batch, 1|heads*2]', 'float32[1|batch, 1|heads*2]'],
    ['float32[width=64]', 'float32[width]'],
    ['float[batch]', 'float[batch]'],
    ['int32 | int64[batch]', 'int32|int64[batch]'],
    ['num', 'num[]'],
  ];
  for (const [text, expected] of printed) {
    it(`reads ${text}`, () => {
      const { type, problems } = parseType(text);
      assert.deepEqual(problems, []);
      assert.equal(printType(type!), expected);
    });
  }

  it('says where its names stand', () => {
    const text = 'float32[...lead, batch, heads*64 + batch]';
    const { names } = parseType(text);
    assert.deepEqual(
      names.map(({ name, start, end }) => [name, text.slice(start, end)]),
      [
        ['lead', 'lead'],
        ['batch', 'batch'],
        ['heads', 'heads'],
        ['batch', 'batch'],
      ],
    );
  });

  it('takes every `_` for a size of its own', () => {
    const [a, b] = parseType('float32[_, _]').type!.dims;
    assert.ok(!a!.equals(b!));
    assert.ok(!a!.equals(parseType('float32[_]').type!.dims[0]!));
  });

  it('takes `_` and `...` for others wherever the same text is written again', () => {
    const [a, b] = [parseType('float32[..., _]').type!, parseType('float32[..., _]').type!];
    assert.ok(!a.dims[0]!.equals(b.dims[0]!));
    assert.notEqual(a.lead, b.lead);
  });

  const wrong: [string, string, RegExp, string?][] = [
    ['fp32[batch]', 'fp32', /did you mean `float32`/, 'float32'],
    ['float32|flaot64[batch]', 'flaot64', /did you mean `float64`/, 'float64'],
    ['str[batch]', 'str', /did you mean `string`/, 'string'],
    ['flaot32[batch]', 'flaot32', /did you mean `float32`/, 'float32'],
    ['int33[batch]', 'int33', /did you mean `int32`/, 'int32'],
    ['tensor[batch]', 'tensor', /there are `bool`/],
    ['[batch]', '[batch]', /starts with an element type/],
    ['float32[batch', '[batch', /not closed/, '[batch]'],
    ['float32(batch, 8)', '(batch, 8)', /shape in brackets/, '[batch, 8]'],
    ['float32 batch', 'batch', /shape in brackets/],
    ['float32[batch, , 3]', ' ', /a size is missing/],
    ['float32[batch, 3 4]', '4', /not expected/],
    ['float32[...a, 3, ...b]', '...b', /only one of/],
    ['float32[batch?, ...b]', '...b', /only one of/],
    ['float32[seq = x]', '=', /not expected/],
    ['float32[2|seq]', '|', /not expected/],
    ['float32[0]', '0', /at least 1/],
    ['float32[seq/2]', '/', /divide with `\/\/`/, '//'],
    ['float32[#seq]', '#', /not expected/],
  ];
  for (const [text, at, message, suggestion] of wrong) {
    it(`says what is wrong with ${text}`, () => {
      const { type, problems } = parseType(text);
      assert.equal(type, undefined);
      assert.equal(problems.length, 1, JSON.stringify(problems));
      const problem = problems[0]!;
      assert.equal(text.slice(problem.start, problem.end), at);
      assert.match(problem.message, message);
      assert.equal(problem.suggestion, suggestion);
    });
  }

  it('reports every mistake at once, and the names all the same', () => {
    const { problems, names } = parseType('flot32[batch, seq/2, 0]');
    assert.equal(problems.length, 3);
    assert.deepEqual(
      names.map(({ name }) => name),
      ['batch', 'seq'],
    );
  });

  it('is seen by an instance with sizes of its own', () => {
    const { type } = parseType('float32[...lead, seq, hidden*2]');
    const value = (name: string) => (name === 'hidden' ? Dim.of(64) : Dim.symbol(`encoder:${name}`));
    const own = substituteType(type!, value, (lead) => `encoder:${lead}`);
    assert.equal(
      printType(own, (symbol) => symbol),
      'float32[...encoder:lead, encoder:seq, 128]',
    );
    assert.equal(printType(own), 'float32[...lead, seq, 128]');
    assert.equal(
      printType(
        renameSymbols(type!, (symbol) => symbol.toUpperCase()),
        (s) => s,
      ),
      'float32[...LEAD, SEQ, HIDDEN*2]',
    );
  });
});
