import assert from 'node:assert/strict';
import { SourceFile } from '../../../language/names/source-file';
import { interfaceOf, interfaceText } from '../../../language/versions/interface';
import { requirementsOf } from '../../../language/versions/requires';

function textOf(text: string, parameters?: Parameters<typeof interfaceOf>[1]): string {
  return interfaceText(interfaceOf(declared(text), parameters));
}

function declared(text: string) {
  const source = new SourceFile('a.brique.yaml', text, 'registry');
  assert.deepEqual(source.tree.problems, []);
  return source.declaration!;
}

const module = (body: string) => `kind: module
name: a
version: 1.0.0
${body}
graph:
  y: { op: dense, in: x, units: 4 }
`;

describe('the canonical interface', () => {
  const base = module(`params:
  hidden: { type: int, default: 8, min: 1 }
  mode: { type: string, default: max, values: [max, mean] }
inputs:
  x: float32[batch, seq, hidden]
  mask: bool[batch, seq]
outputs:
  y: { type: "float32[batch, seq, hidden*2]", space: acme/text, labels: [no, yes] }
where: [seq <= 512, hidden % 2 == 0]
extension_points:
  after: { at: y }`);

  const same: Record<string, string> = {
    'other names of sizes': base.replaceAll('batch', 'b').replaceAll('seq', 'time'),
    'swapped names of sizes': base
      .replaceAll('batch', 'q')
      .replaceAll('seq', 'batch')
      .replaceAll('[q', '[seq')
      .replaceAll('q,', 'seq,'),
    'comments and blank lines': base.replaceAll('\n', ' # why\n\n'),
    'another order of keys': base.replace(
      '  x: float32[batch, seq, hidden]\n  mask: bool[batch, seq]',
      '  mask: bool[batch, seq]\n  x: float32[batch, seq, hidden]',
    ),
    'another order of allowed values': base.replace('[max, mean]', '[mean, max]'),
    'another spelling of conditions': base.replace(
      '[seq <= 512, hidden % 2 == 0]',
      '["0 == hidden % 2", 512 >= seq, seq < 513]',
    ),
    'another spelling of sizes': base.replace('hidden*2', 'hidden + hidden'),
    docs: base
      .replace('default: 8,', 'default: 8, doc: Units.,')
      .replace('{ at: y }', '{ at: y, doc: Here. }'),
    'advice against something': base
      .replace('default: 8,', 'default: 8, deprecated: Not used.,')
      .replace('{ at: y }', '{ at: y, deprecated: Use y. }'),
    'a port as a map': base.replace('bool[batch, seq]', '{ type: "bool[batch, seq]", doc: Which. }'),
    'a card and a summary': `${base}summary: Words.\ncard: { limitations: Some. }\n`,
    'keys of people': `${base}x-mine: 1\n`,
    'another version and name': base.replace('1.0.0', '2.0.0').replace('name: a', 'name: b'),
    'another graph': base.replace('units: 4', 'units: 5').replace('at: y', 'at: z'),
  };
  for (const [what, text] of Object.entries(same)) {
    it(`does not change with ${what}`, () => assert.equal(textOf(text), textOf(base)));
  }

  const other: Record<string, string> = {
    'another size': base.replace('hidden*2', 'hidden*3'),
    'another element type': base.replace('bool[', 'int32['),
    'sizes that are not the same any more': base.replace(
      'mask: bool[batch, seq]',
      'mask: bool[batch, other]',
    ),
    'axes in another order': base.replace('bool[batch, seq]', 'bool[seq, batch]'),
    'another name of a port': base.replace('mask:', 'masked:'),
    'a port less': base.replace('  mask: bool[batch, seq]\n', ''),
    'another default': base.replace('default: 8', 'default: 9'),
    'another bound of a param': base.replace('min: 1', 'min: 2'),
    'values less': base.replace('[max, mean]', '[max]'),
    'a param for a size': base.replace('seq, hidden*2', 'hidden, hidden*2'),
    'labels in another order': base.replace('[no, yes]', '[yes, no]'),
    'another space': base.replace('acme/text', 'acme/other'),
    'another condition': base.replace('512', '256'),
    'another name of an extension point': base.replace('after:', 'before:'),
    'a type of an extension point': base.replace('{ at: y }', '{ at: y, type: "float32[batch, seq]" }'),
    'reserved names': `${base}reserved: [old]\n`,
    renames: `${base}renames: { old: x }\n`,
  };
  for (const [what, text] of Object.entries(other)) {
    it(`changes with ${what}`, () => assert.notEqual(textOf(text), textOf(base)));
  }

  it('numbers names that occur only inside arithmetic alike, whatever they are called', () => {
    const shape = (a: string, b: string) =>
      module(`inputs: { x: "float32[n, ${a} + 2*${b}, ${a}*${b}]" }\noutputs: { y: "float32[n]" }`);
    assert.equal(textOf(shape('p', 'q')), textOf(shape('z', 'b')));
    assert.equal(textOf(shape('p', 'q')), textOf(shape('b', 'z')));
    const asymmetric = module('inputs: { x: "float32[n, p + 2*q, p*p]" }\noutputs: { y: "float32[n]" }');
    assert.notEqual(textOf(asymmetric), textOf(shape('p', 'q')));
  });

  it('reads leading axes, fixed sizes, repeated and optional axes, and classes of element types', () => {
    const text = (x: string, y: string) => textOf(module(`inputs: { x: "${x}" }\noutputs: { y: "${y}" }`));
    assert.equal(
      text('float32[...lead, w=64]', 'float32[...lead, w]'),
      text('float32[*l, 64]', 'float32[...l, 64]'),
    );
    assert.notEqual(text('float32[...a, 4]', 'float32[...a]'), text('float32[..., 4]', 'float32[...]'));
    assert.equal(text('float32[b, s?]', 'float32[b]'), text('float32[n, t?]', 'float32[n]'));
    assert.notEqual(text('float32[b, s?]', 'float32[b]'), text('float32[b, s]', 'float32[b]'));
    assert.notEqual(text('float32[1|s]', 'float32[s]'), text('float32[s]', 'float32[s]'));
    assert.equal(text('int32|int64[b]', 'float32[b]'), text('int64|int32[b]', 'float32[b]'));
    assert.notEqual(text('float[b]', 'float[b]'), text('float[b]', 'float16|float32|bfloat16|float64[b]'));
    assert.equal(text('float32[_, _]', 'float32[4]'), text('float32[_,_]', 'float32[4]'));
  });

  it('holds the layout of parameters where it is known', () => {
    const layout = { 'y/kernel': { dtype: 'float32', shape: [4, 4] } };
    const wider = { 'y/kernel': { dtype: 'float32', shape: [4, 5] } };
    assert.notEqual(textOf(base, layout), textOf(base));
    assert.notEqual(textOf(base, layout), textOf(base, wider));
  });

  it('of a dataset is its columns with their labels in order, and its splits', () => {
    const dataset = (columns: string, files = 'a.csv') =>
      `kind: dataset\nname: d\nversion: 1.0.0\nfiles: { all: ${files} }\ncolumns: ${columns}\nsplits: { train: 0.8, test: 0.2 }\n`;
    const labelled = dataset('{ c: { type: category, values: { no: 0, yes: 1 } } }');
    assert.equal(
      textOf(dataset('{ c: { values: { no: 0, yes: 1 }, type: category } }', 'b.csv')),
      textOf(labelled),
    );
    assert.notEqual(
      textOf(dataset('{ c: { type: category, values: { yes: 1, no: 0 } } }')),
      textOf(labelled),
    );
  });

  it('can be read of anything that has a kind', () => {
    for (const text of [
      'kind: module',
      'kind: module\ninputs: { x: "[[" }\nparams: [1]',
      'kind: model\nparts: 3',
    ])
      assert.ok(textOf(text).length > 0);
  });
});

describe('what a file requires', () => {
  it('is every brick it names, once for each range', () => {
    const model = `kind: model
name: m
version: 1.0.0
extends: base@^2
data: { r: reviews@^1 }
parts:
  a: { module: std/words@^1, in: r.text }
  b: { module: encoder@^1.2, in: a }
  c: { module: encoder@^1.2, in: b }
  d: { module: encoder, in: c }
plug: { b.after: [adapter@1.0.0] }
`;
    assert.deepEqual(
      requirementsOf(declared(model)).map(({ name, range }) => `${name} ${range}`),
      ['adapter 1.0.0', 'base ^2', 'encoder *', 'encoder ^1.2', 'reviews ^1', 'std/words ^1'],
    );
  });
});
