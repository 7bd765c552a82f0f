import assert from 'node:assert/strict';
import type { CompletionItem, CompletionList, TextEdit } from 'vscode-languageserver';
import { apply, type Client, connect, placeIn, pulls } from './client';
import { ExampleFolder } from './folder';

const cursor = '<|>';

describe('completion in the language server', () => {
  let folder: ExampleFolder;
  let client: Client;

  beforeEach(async () => {
    folder = new ExampleFolder('reviews');
    client = connect();
    await client.start([folder.path]);
  });

  afterEach(async () => {
    await client.stop();
    folder.remove();
  });

  /** Completes in an example after an edit that places the cursor; the editor's order. */
  async function complete(name: string, old: string, text: string): Promise<CompletionItem[]> {
    const before = folder.read(name);
    assert.ok(before.includes(old), old);
    return at(
      folder.uri(name),
      before.replace(old, () => text),
    );
  }

  async function at(uri: string, text: string): Promise<CompletionItem[]> {
    const offset = text.indexOf(cursor);
    assert.ok(offset >= 0);
    const clean = text.replace(cursor, '');
    await client.open(uri, clean);
    const { items } = await client.request<CompletionList>('textDocument/completion', {
      textDocument: { uri },
      position: placeIn(clean, offset),
    });
    return items.sort((a, b) => (a.sortText! < b.sortText! ? -1 : 1));
  }

  const labels = (items: CompletionItem[]) => items.map(({ label }) => label);
  const written = (items: CompletionItem[], label: string) =>
    (items.find((item) => item.label === label)!.textEdit as TextEdit).newText;
  const best = (items: CompletionItem[]) => labels(items.filter(({ sortText }) => sortText!.startsWith('0')));

  const model = (old: string, text: string) => complete('product-sentiment', old, text);
  const brick = (old: string, text: string) => complete('text-encoder', old, text);

  it('puts ports that fit first and says why others do not', async () => {
    const items = await model('in: encoder.features', 'in: <|>');
    assert.deepEqual(best(items), ['encoder.features']);
    assert.match(
      items.find(({ label }) => label === 'words.tokens')!.detail!,
      /int32\[batch, 40\]: needs float32/,
    );
    const nodes = await brick('in: thinned', 'in: <|>');
    assert.equal(best(nodes)[0], 'thinned', 'the nearest that fits');
    assert.match(nodes.find(({ label }) => label === 'tokens')!.detail!, /takes float/);
    assert.ok(!labels(nodes).includes('features'), 'what is made from the node cannot feed it');
  });

  it('inserts a brick with its version, its wires and what it requires', async () => {
    const items = await model(
      'head: { module: std/classifier@^1, in: encoder.features, params: { classes: 2 } }',
      'head: { module: std/cl<|> }',
    );
    assert.equal(
      written(items, 'std/classifier'),
      `std/classifier@^1.0, in: \${1:encoder.features}, params: { classes: \${2:2} }`,
    );
    const block = await model(
      '  head: { module: std/classifier@^1, in: encoder.features, params: { classes: 2 } }',
      '  head:\n    module: <|>',
    );
    assert.equal(
      written(block, 'std/classifier'),
      `std/classifier@^1.0\nin: \${1:encoder.features}\nparams: { classes: \${2:2} }`,
    );
    const wired = await model('module: std/classifier@^1', 'module: <|>');
    assert.equal(written(wired, 'std/classifier'), 'std/classifier@^1.0', 'nothing that is there already');
  });

  it('offers of very many those that have the letters typed so far', async () => {
    for (let i = 0; i < 400; i++)
      await client.open(folder.uri(`many-${i}`), `kind: module\nname: many-${i}\nversion: 1.0.0\n`);
    const all = await model('module: text-encoder@^1', 'module: <|>');
    assert.equal(all.length, 200);
    const some = labels(await model('module: text-encoder@^1', 'module: mny-39<|>'));
    assert.ok(some.includes('many-39') && some.includes('many-399') && !some.includes('many-38'), `${some}`);
    const quoted = await model('module: text-encoder@^1', 'module: "text-enc<|>"');
    assert.ok(labels(quoted).includes('text-encoder'));
  });

  it('inserts the bare name for an editor without snippets', async () => {
    await client.stop();
    client = connect();
    await client.start([folder.path], { ...pulls, textDocument: { completion: { completionItem: {} } } });
    const items = await model(
      'head: { module: std/classifier@^1, in: encoder.features, params: { classes: 2 } }',
      'head: { module: <|> }',
    );
    assert.equal(written(items, 'std/classifier'), 'std/classifier@^1.0');
  });

  it('tells types beside every row where the editor can', async () => {
    await client.stop();
    client = connect();
    const completion = { completionItem: { snippetSupport: true, labelDetailsSupport: true } };
    await client.start([folder.path], { ...pulls, textDocument: { completion } });
    const items = await model('in: encoder.features', 'in: <|>');
    const beside = (label: string) => items.find((item) => item.label === label)?.labelDetails?.description;
    assert.equal(beside('encoder.features'), 'float32[batch, 64]');
    assert.equal(beside('words.tokens'), 'int32[batch, 40]: needs float32');
  });

  it('offers ranges of the versions there are', async () => {
    const items = await model('text-encoder@^1', 'text-encoder@<|>');
    assert.deepEqual(
      labels(items),
      ['^1.0', '^1', '~1.0', '1.0.0'].map((range) => `text-encoder@${range}`),
    );
  });

  it('offers keys that are not there, those required first', async () => {
    const items = await model('\ntasks:\n', '\n<|>\ntasks:\n');
    assert.ok(!labels(items).includes('parts') && labels(items).includes('hooks'));
    assert.ok(items.find(({ label }) => label === 'hooks')!.documentation);
    const start = await at(folder.write('new', ''), 'kind: dataset\n<|>');
    assert.deepEqual(best(start), ['name', 'version', 'files', 'columns']);
    const task = await model('loss: cross_entropy, metrics: [accuracy, f1] }', '<|> }');
    assert.equal(best(task)[0], 'loss');
    const choice = await model('patience: 3', 'patience: 3, <|>');
    assert.equal(written(choice, 'mode'), `mode: \${1|min,max|}`);
  });

  it('offers a map to fill in', async () => {
    const node = await brick('known: { op: mask_of, in: tokens }', 'known: <|>');
    assert.deepEqual(best(node), ['{ op, in }', '{ module, in }']);
    assert.equal(written(node, '{ op, in }'), '{ op: $1, in: $2 }');
    assert.deepEqual(
      labels(
        await brick("dim: { type: int, default: 64, min: 1, doc: Size of a token's embedding. }", 'dim: <|>'),
      ),
      ['{ type }'],
    );
  });

  it('offers ops, bricks and settings as whole values', async () => {
    const node = await brick('known: { op: mask_of, in: tokens }', 'known: <|>');
    assert.equal(written(node, 'mask_of'), `{ op: mask_of, in: \${1:tokens} }`);
    const part = await model(
      'head: { module: std/classifier@^1, in: encoder.features, params: { classes: 2 } }',
      'head: std/cl<|>',
    );
    assert.equal(
      written(part, 'std/classifier'),
      `{ module: std/classifier@^1.0, in: \${1:encoder.features}, params: { classes: \${2:2} } }`,
    );
    const data = await model('data: { reviews: product-reviews@^1 }', 'data: <|>');
    assert.equal(written(data, 'product-reviews'), `{ \${1:reviews}: product-reviews@^1.0 }`);
    const train = await model('params: { vocab: 2000 } }', 'params: { vocab: 2000 }, train: <|> }');
    assert.ok(labels(train).includes('frozen') && labels(train).includes('{ lora }'));
    const targets = await model(
      'params: { vocab: 2000 } }',
      'params: { vocab: 2000 }, train: { lora: { targets: [<|>] } } }',
    );
    assert.deepEqual(labels(targets), ['embedded', 'windows']);
  });

  it('bounds a measure on the side where it is better', async () => {
    const require = await model("require: { sentiment.accuracy: '>= 0.75' }", 'require: { <|> }');
    assert.match(written(require, 'sentiment.accuracy'), /'>= /);
    assert.match(written(require, 'sentiment.loss'), /'<= /);
  });

  it('knows what a composition inherits', async () => {
    const uri = folder.write('longer', '');
    const head = 'kind: model\nname: longer\nversion: 0.1.0\n';
    assert.ok(labels(await at(uri, `${head}extends: <|>\n`)).includes('product-sentiment'));
    const text = `${head}extends: product-sentiment@^0.1.0\ntasks:\n  other: { loss: cross_entropy, target: reviews.class, output: <|> }\n`;
    assert.ok(best(await at(uri, text)).includes('head.logits'));
  });

  it('offers attributes of an op and params of a brick', async () => {
    const attributes = await brick('filters: $hidden, kernel: 3, padding: same,', '<|>');
    assert.deepEqual(best(attributes).slice(0, 2), ['filters', 'kernel']);
    assert.match(
      written(attributes, 'padding'),
      /^padding: \$\{1\|.*same.*\|\}, $/,
      'a comma before the next key',
    );
    const params = await model('params: { classes: 2 }', 'params: { <|> }');
    assert.match(written(params, 'classes'), /^classes: /);
    const values = await brick('padding: same', 'padding: <|>');
    assert.ok(best(values).includes('same') && best(values).includes('valid'));
    const own = await brick('rate: $dropout', 'rate: $<|>');
    assert.equal(best(own).at(-1), '$dropout');
    assert.equal(written(own, '$dropout'), '\\$dropout');
  });

  it('offers types, and sizes inside their brackets', async () => {
    const types = await brick('features: float32[batch, hidden]\n\n', 'features: <|>\n\n');
    assert.equal(written(types, 'float32[…]'), `float32[\${1:batch}]`);
    const sizes = await brick('features: float32[batch, hidden]\n\n', 'features: float32[batch, <|>\n\n');
    for (const size of ['hidden', 'vocab', 'seq', '_']) assert.ok(labels(sizes).includes(size), size);
    assert.ok(!labels(sizes).includes('batch'), 'it stands there already');
    const flow = await brick('inputs:\n  tokens: int32[batch, seq]\n', 'inputs: { tokens: <|> }\n');
    assert.equal(written(flow, 'int32[…]'), `'int32[\${1:batch}]'`);
  });

  it('offers losses and metrics that fit the task', async () => {
    const losses = await model('loss: cross_entropy', 'loss: <|>');
    assert.ok(best(losses).includes('cross_entropy') && !best(losses).includes('mse'));
    assert.match(losses.find(({ label }) => label === 'mse')!.detail!, /number/);
    const metrics = await model('[accuracy, f1]', '[accuracy, <|>]');
    assert.ok(best(metrics).includes('f1') && !labels(metrics).includes('accuracy'));
    assert.ok(!best(metrics).includes('r2'));
    const options = await model('loss: cross_entropy', 'loss: { huber: { <|> } }');
    assert.ok(labels(options).includes('delta'), labels(options).join());
  });

  it('offers what is measured, splits, columns and extension points', async () => {
    assert.ok(
      best(await model('when: validation.sentiment.loss', 'when: <|>')).includes(
        'validation.sentiment.accuracy',
      ),
    );
    assert.ok(
      labels(await model("require: { sentiment.accuracy: '>= 0.75' }", 'require: { <|> }')).includes(
        'sentiment.f1',
      ),
    );
    assert.deepEqual(best(await model('on: test', 'on: <|>')).sort(), ['test', 'validation']);
    assert.deepEqual(best(await model('target: reviews.class', 'target: <|>')), ['reviews.class']);
    assert.ok(
      labels(await complete('restaurant-sentiment', 'encoder.before_pool:', '<|>:')).includes(
        'encoder.before_pool',
      ),
    );
    assert.deepEqual(best(await complete('product-reviews', 'stratify: class', 'stratify: <|>')), ['class']);
  });

  it('offers rules in a comment that silences', async () => {
    const items = await model('epochs: 25', 'epochs: 25 # brique-ignore card-m<|>');
    assert.equal(written(items, 'card-missing'), `card-missing: \${1:reason}`);
    assert.deepEqual(labels(await model('epochs: 25', 'epochs: 25 # br<|>')), ['brique-ignore']);
    assert.deepEqual(await model('epochs: 25', 'epochs: 25 # some <|>'), []);
  });

  it('works where a file breaks off', async () => {
    const text = folder.read('product-sentiment');
    const uri = folder.uri('product-sentiment');
    const broken = `${text.split('\n  head:')[0]}\n  head: { module: std/classifier@^1, in: <|>`;
    assert.deepEqual(best(await at(uri, broken)), ['encoder.features']);
    const half = `${text.split('\n  head:')[0]}\n  head: { module: std/classifier@^1, in: enc<|>`;
    const items = await at(uri, half);
    const item = items.find(({ label }) => label === 'encoder.features')!;
    assert.ok(apply(client.text(uri), [item.textEdit as TextEdit]).endsWith('in: encoder.features'));
  });

  it('replaces the right words behind emoji, with CRLF', async () => {
    const uri = folder.uri('product-sentiment');
    const text = folder
      .read('product-sentiment')
      .replace('head: { module', 'head: { doc: "🧱🧱", module')
      .replace('in: encoder.features', 'in: encoder.fea<|>')
      .replaceAll('\n', '\r\n');
    const items = await at(uri, text);
    const { textEdit } = items.find(({ label }) => label === 'encoder.features')!;
    assert.equal(
      apply(client.text(uri), [textEdit as TextEdit]),
      text.replace('encoder.fea<|>', 'encoder.features'),
    );
  });
});
