import assert from 'node:assert/strict';
import { encoder, model, points, scene } from './scene';

const files = { 'points.brique.yaml': points, 'encoder.brique.yaml': encoder };

function inModel(from: string, to: string) {
  const text = model((before) => before.replace(from, to));
  assert.ok(text.includes('<|>'), 'the cursor is in the text');
  return scene({ ...files, 'demo.brique.yaml': text });
}

function inEncoder(from: string, to: string) {
  return scene({ ...files, 'encoder.brique.yaml': encoder.replace(from, to), 'demo.brique.yaml': model() });
}

describe('hover', () => {
  const shown = ({ workspace, file, offset }: ReturnType<typeof scene>) =>
    workspace.hover(file, offset)?.markdown ?? '';

  it('tells the type that a port has in this composition', () => {
    const text = shown(inModel('in: encoder.features', 'in: encoder.feat<|>ures'));
    assert.match(text, /features: float32\[batch, 16\]/);
    assert.match(text, /declared as `float32\[batch, hidden\]`/);
  });
  it('tells what a part makes, and its parameters', () => {
    const text = shown(inModel('encoder: {', 'enco<|>der: {'));
    assert.match(text, /encoder\.features: float32\[batch, 16\]/);
    assert.match(text, /1,600 parameters/);
  });
  it('counts copies of a brick after the first one by what they take in', () => {
    const layer = `kind: module
name: layer
version: 1.0.0
params: { width: { type: int, default: 32 } }
inputs: { x: "float32[batch, before]" }
outputs: { y: "float32[batch, width]" }
graph:
  y: { op: dense, in: x, units: $width }
`;
    const stack = `kind: module
name: stack
version: 1.0.0
inputs: { x: "float32[batch, 8]" }
outputs: { y: "float32[batch, 32]" }
graph:
  <|>y: { module: layer@^1, in: x, repeat: 4 }
`;
    const inFirst = 8 * 32 + 32;
    const inNext = 32 * 32 + 32;
    const text = shown(scene({ 'layer.brique.yaml': layer, 'stack.brique.yaml': stack }));
    assert.match(text, new RegExp(`${(inFirst + 3 * inNext).toLocaleString('en')} parameters`));
  });
  it('tells the symbolic type of a node inside a brick', () => {
    assert.match(shown(inEncoder('table: {', 'ta<|>ble: {')), /table: float32\[batch, seq, hidden\]/);
  });
  it('documents ops, attributes, parameters and keys', () => {
    assert.match(shown(inEncoder('op: embedding', 'op: embed<|>ding')), /embedding.*op/s);
    assert.match(shown(inEncoder('size: 100', 'si<|>ze: 100')), /attribute of `embedding`/);
    assert.match(shown(inEncoder('dim: $hidden', 'dim: $hid<|>den')), /Size of the features/);
    assert.ok(shown(inModel('tasks:', 'ta<|>sks:')).length > 10);
  });
  it('documents columns', () => {
    assert.match(shown(inModel('points.text', 'points.te<|>xt')), /What was said/);
  });
  it('tells what the words of the format mean, such as the type of a column', () => {
    const written = points.replace('  class:', '  day: { type: da<|>te, min: 2020-01-01 }\n  class:');
    const { workspace, file, offset } = scene({ 'points.brique.yaml': written });
    assert.equal(
      workspace.hover(file, offset)?.markdown,
      '**date**: A day, or a moment.\n\nWhat the column holds.',
    );
    assert.match(shown(inModel('loss: cross_entropy', 'weight: 1, loss: cross_ent<|>ropy')), /classes/);
  });
});

describe('completion', () => {
  const labels = ({ workspace, file, offset }: ReturnType<typeof scene>) => workspace.complete(file, offset);
  const best = (s: ReturnType<typeof scene>) =>
    labels(s)
      .filter((candidate) => candidate.rank === 0)
      .map((candidate) => candidate.label);

  it('offers ports whose type fits first', () => {
    const candidates = labels(inModel('in: words.tokens', 'in: <|>'));
    const ranks = new Map(candidates.map((candidate) => [candidate.label, candidate.rank]));
    assert.equal(ranks.get('words.tokens'), 0);
    assert.equal(ranks.get('points.text'), 2);
    assert.equal(ranks.has('encoder.features'), false, 'a part cannot feed itself');
  });
  it('offers bricks with a range that keeps to the version', () => {
    const candidates = labels(inModel('module: encoder@^1.2', 'module: <|>'));
    assert.equal(candidates.find((candidate) => candidate.label === 'encoder')?.insert, 'encoder@^1.2');
    assert.ok(candidates.some((candidate) => candidate.label === 'std/classifier'));
  });
  it('offers datasets', () => {
    assert.ok(
      labels(inModel('{ points: points@^1 }', '{ points: <|> }')).some(
        (candidate) => candidate.label === 'points',
      ),
    );
  });
  it('offers ops, and attributes of the op', () => {
    assert.ok(
      labels(inEncoder('op: embedding', 'op: <|>')).some((candidate) => candidate.label === 'conv1d'),
    );
    const attributes = labels(inEncoder('in: table }', 'in: table, <|> }')).map(
      (candidate) => candidate.label,
    );
    assert.ok(attributes.includes('op') === false && attributes.length > 0, attributes.join());
  });
  it('offers parameters of the brick', () => {
    assert.deepEqual(best(inEncoder('dim: $hidden', 'dim: <|>')).includes('$hidden'), true);
    assert.ok(
      labels(inModel('params: { classes: 2 }', 'params: { <|> }')).some(
        (candidate) => candidate.label === 'classes',
      ),
    );
  });
  it('offers keys on an empty line', () => {
    assert.ok(
      labels(inModel('train: { epochs: 2 }\n', '<|>\n')).some((candidate) => candidate.label === 'train'),
    );
    const keys = labels(inModel('train: { epochs: 2 }\n', 'train:\n  <|>\n')).map(
      (candidate) => candidate.label,
    );
    assert.ok(keys.includes('epochs') && keys.includes('optimizer'), keys.join());
  });
  it('offers a whole file where nothing of one is there, and nowhere else', () => {
    const offered = (text: string) =>
      labels(scene({ 'new.brique.yaml': text }))
        .filter(({ kind }) => kind === 'snippet')
        .map(({ label }) => label);
    const whole = ['module', 'dataset', 'model', 'derived model', 'workspace'];
    for (const text of ['<|>', 'mod<|>', '# Mine.\n\n<|>', '\n<|>\n'])
      assert.deepEqual(offered(text), whole, text);
    for (const text of ['kind: <|>', 'name: <|>', 'name: a\n<|>\n', 'kind: dataset\n<|>\n'])
      assert.deepEqual(offered(text), [], text);
  });
  it('offers a node, a part, a task, a plug, a sweep, a test and a hook where each stands', () => {
    const offered = (s: ReturnType<typeof scene>) =>
      labels(s)
        .filter(({ kind }) => kind === 'snippet')
        .map(({ label, insert }) => [label, insert.split('\n')[0]!.slice(0, 6)]);
    assert.deepEqual(offered(inEncoder('  table: {', '  <|>\n  table: {')), [['node', '${1:na']]);
    assert.deepEqual(offered(inEncoder('graph:', 'tests:\n  <|>\ngraph:')), [['brick test', '- name']]);
    assert.deepEqual(offered(inEncoder('graph:', 'tests:\n  - <|>\ngraph:')), [['brick test', 'name: ']]);
    assert.deepEqual(offered(inModel('  words: {', '  <|>\n  words: {')), [['part', '${1:na']]);
    assert.deepEqual(offered(inModel('  answer: {', '  <|>\n  answer: {')), [['task', '${1:na']]);
    assert.deepEqual(offered(inModel('tasks:', 'hooks:\n  - <|>\ntasks:')), [['hook', '{ on: ']]);
    assert.deepEqual(offered(inModel('tasks:', '<|>\ntasks:')), [['plug', 'plug: ']]);
    assert.deepEqual(offered(inModel('train: { epochs: 2 }\n', 'train:\n  epochs: 2\n  <|>\n')), [
      ['sweep', 'sweep:'],
    ]);
    for (const value of ['op: <|>', 'op: embedding, in: <|>'])
      assert.deepEqual(offered(inEncoder('op: embedding', value)), [], value);
    assert.deepEqual(offered(inModel('loss: cross_entropy', 'loss: <|>')), []);
  });
  it('offers the losses and metrics of a number first where the target is one', () => {
    const priced = points.replace('  class:', '  price: { type: float }\n  class:');
    const among = (end: string, more = '') =>
      labels(
        scene({
          ...files,
          'points.brique.yaml': priced,
          'demo.brique.yaml': model((text) =>
            text
              .replace('tasks:', `${more}tasks:`)
              .replace(/ {2}answer: .*/, `  answer: { target: points.price, ${end} }`),
          ),
        }),
      ).sort((a, b) => a.rank - b.rank);
    const regressor = '  value: { module: std/regressor@^1, in: encoder.features }\n';
    const first = (candidates: ReturnType<typeof among>, count: number) =>
      candidates.slice(0, count).map(({ label }) => label);
    const numbers = ['mse', 'mae', 'huber', 'quantile'];
    assert.deepEqual(first(among('output: value.value, loss: <|>', regressor), 4), numbers);
    assert.deepEqual(
      first(among('output: head.logits, loss: <|>'), 4),
      numbers,
      'also where the output does not fit',
    );
    assert.deepEqual(first(among('loss: <|>'), 4), numbers, 'also before there is an output');
    assert.deepEqual(first(among('metrics: [<|>]'), 2), ['mse', 'rmse'], 'also before there is a loss');
  });
  it('offers inherited parts, tasks and data where a composition extends another', () => {
    const offered = (section: string) =>
      scene({
        ...files,
        'demo.brique.yaml': model(),
        'more.brique.yaml': `kind: model\nname: more\nversion: 0.1.0\nextends: demo@^0.1.0\n${section}`,
      });
    const parts = labels(offered('parts:\n  head: { params: { classes: 2 } }\n  <|>\n'));
    assert.deepEqual(
      parts.filter(({ kind }) => kind === 'part').map(({ label, detail }) => [label, detail]),
      ['words', 'encoder'].map((name) => [name, 'of `demo@^0.1.0`, to be changed here']),
      'but not what is here already',
    );
    assert.equal(parts[0]!.insert, 'words: { $0 }');
    assert.deepEqual(best(offered('tasks:\n  <|>\n')), ['answer']);
    assert.deepEqual(best(offered('data: { <|> }\n')), ['points']);
  });
  it('offers what is deprecated last, and says so', () => {
    const advised = encoder
      .replace('min: 1, doc', 'min: 1, deprecated: It is chosen, doc')
      .replace(
        'features: float32[batch, hidden]',
        'old: { type: "float32[batch, hidden]", deprecated: Use features }\n  features: float32[batch, hidden]',
      );
    const of = (text: string) =>
      labels(scene({ ...files, 'encoder.brique.yaml': advised, 'demo.brique.yaml': text })).map(
        ({ label, deprecated = false }) => [label, deprecated] as const,
      );
    const wires = of(model((text) => text.replace('in: encoder.features', 'in: encoder.<|>')));
    assert.deepEqual(
      wires.filter(([label]) => label.startsWith('encoder.')),
      [
        ['encoder.features', false],
        ['encoder.old', true],
      ],
    );
    const params = of(
      model((text) => text.replace('in: words.tokens }', 'in: words.tokens, params: { <|> } }')),
    );
    assert.deepEqual(params, [['hidden', true]]);
  });
  it('offers columns as targets', () => {
    assert.ok(
      labels(inModel('target: points.class', 'target: <|>')).some(
        (candidate) => candidate.label === 'points.class',
      ),
    );
  });
  it('works in a file that is being typed', () => {
    const text = `${model().split('tasks:')[0]}  extra: { module: std/classifier@^1, in: `;
    const s = scene({ ...files, 'demo.brique.yaml': `${text}<|>` });
    assert.ok(labels(s).some((candidate) => candidate.label === 'encoder.features'));
  });
});

describe('definition and references', () => {
  const target = ({ workspace, file, offset }: ReturnType<typeof scene>) => {
    const [location] = workspace.definition(file, offset);
    if (!location) return undefined;
    return `${location.file.split('/').at(-1)}:${workspace.source(location.file)!.text.slice(location.range.start, location.range.end)}`;
  };

  it('leads from a use to the declaration, across files', () => {
    assert.equal(target(inModel('module: encoder@', 'module: enc<|>oder@')), 'encoder.brique.yaml:encoder');
    assert.equal(
      target(inModel('in: encoder.features', 'in: encoder.fea<|>tures')),
      'encoder.brique.yaml:features',
    );
    assert.equal(
      target(inModel('in: encoder.features', 'in: enc<|>oder.features')),
      'demo.brique.yaml:encoder',
    );
    assert.equal(target(inModel('points.class', 'points.cl<|>ass')), 'points.brique.yaml:class');
    assert.equal(target(inModel('vocab: 100', 'vo<|>cab: 100')), 'text-vectorizer.brique.yaml:vocab');
    assert.equal(target(inEncoder('dim: $hidden', 'dim: $hid<|>den')), 'encoder.brique.yaml:hidden');
    assert.equal(target(inEncoder('batch, hidden]', 'batch, hid<|>den]')), 'encoder.brique.yaml:hidden');
  });
  it('finds every use of a parameter', () => {
    const { workspace, file, offset } = inEncoder('hidden: { type', 'hid<|>den: { type');
    assert.equal(workspace.references(file, offset).length, 3);
  });
});

describe('what an op gives', () => {
  const gap = `kind: module
name: gap
version: 1.0.0
inputs: { value: 'float32[batch]' }
outputs: { out: 'float32[batch]' }
graph:
  fil<|>led: { op: fill_missing, in: value, with: mean }
  out: { op: add, in: [filled.out, filled.missing] }
`;

  it('keeps its name when the node gets another', () => {
    const { workspace, file, offset } = scene({ gap });
    const renaming = workspace.rename(file, offset, 'whole');
    assert.ok('edits' in renaming, JSON.stringify(renaming));
    workspace.apply(renaming.edits);
    assert.ok(workspace.source(file)!.text.includes('in: [whole.out, whole.missing]'));
  });

  it('has no other name, and says so', () => {
    const { workspace, file, offset } = scene({
      gap: gap.replace('<|>', '').replace('filled.mis', 'filled.mis<|>'),
    });
    assert.deepEqual(workspace.renamable(file, offset), {
      refusal: '`missing` is built in and keeps its name',
    });
    assert.deepEqual(workspace.references(file, offset), []);
  });
});

describe('a selection', () => {
  it('grows from a name that stands for several maps', () => {
    const { workspace, file, offset } = scene({
      merged: 'a: &a { x: 1, y: 2 }\nb: &b { z: 3 }\nc: { <<: [*<|>a, *b], k: 1 }\n',
    });
    const ranges = workspace.selection(file, offset);
    assert.ok(ranges.length > 2);
    for (const [i, { start, end }] of ranges.slice(1).entries())
      assert.ok(start <= ranges[i]!.start && ranges[i]!.end <= end);
  });
});

describe('a cursor before a value', () => {
  it('means that value, and is in what it replaces', () => {
    const { workspace, file, offset } = scene({
      relu: 'kind: module\nname: relu\nversion: 1.0.0\ninputs:\n  x:<|> float32[batch]\n',
    });
    const [first] = workspace.complete(file, offset);
    assert.equal(first!.insert[0], ' ');
    assert.deepEqual(first!.replace, { start: offset, end: offset + ' float32[batch]'.length });
  });
});

describe('outline and runnables', () => {
  it('lists what a file holds', () => {
    const { workspace, file } = inModel('kind: model', 'kind: model<|>');
    const [root] = workspace.outline(file);
    assert.equal(root?.name, 'demo');
    const parts = root?.children.find((child) => child.name === 'parts');
    assert.deepEqual(
      parts?.children.map((child) => child.name),
      ['words', 'encoder', 'head'],
    );
    assert.deepEqual(
      workspace.runnables(file).map((runnable) => runnable.model),
      ['demo'],
    );
  });
});
