import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadWorkspace } from '../../registry/sources';
import { tokenizer } from '../../registry/tokenizers';

describe('what a tokenizer file says', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'brique-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const manifest = () => join(root, 'words.brique.yaml');
  const write = (json: unknown, seconds = 1) => {
    const file = join(root, 'tokenizer.json');
    writeFileSync(file, JSON.stringify(json));
    utimesSync(file, seconds, seconds);
  };
  const idsOf = () => {
    const facts = tokenizer(manifest(), 'tokenizer.json');
    return typeof facts === 'object' ? facts.ids : facts;
  };

  it('is how many ids there are, added tokens and gaps included', () => {
    write({ model: { vocab: { a: 0, b: 7 } } });
    assert.equal(idsOf(), 8);
    write(
      {
        model: {
          vocab: [
            ['a', -1],
            ['b', -2],
          ],
        },
        added_tokens: [{ id: 2 }],
      },
      2,
    );
    assert.equal(idsOf(), 3);
  });

  it('tells pieces that are added from pieces and cuts that are others', () => {
    const base = { normalizer: { type: 'Lowercase' }, model: { type: 'WordLevel', vocab: { a: 0, b: 1 } } };
    let seconds = 10;
    const facts = (json: object) => {
      write(json, seconds++);
      const found = tokenizer(manifest(), 'tokenizer.json');
      assert.ok(typeof found === 'object');
      return { cuts: found.cuts, two: found.piecesBelow?.(2) };
    };
    const before = facts(base);
    const model = (vocab: object) => ({ ...base, model: { ...base.model, vocab } });
    assert.deepEqual(facts(model({ a: 0, b: 1, c: 2 })), before);
    assert.deepEqual(facts({ ...base, added_tokens: [{ id: 2, content: 'c' }] }), before);
    assert.notEqual(facts(model({ b: 0, a: 1 })).two, before.two);
    assert.notEqual(
      facts({ ...base, added_tokens: [{ id: 2, content: '[X]', special: true }] }).two,
      before.two,
    );
    assert.equal(facts({ ...base, normalizer: null }).two, before.two);
    assert.notEqual(facts({ ...base, normalizer: null }).cuts, before.cuts);
  });

  it('follows the file, and tells files of different content apart', () => {
    write({ model: { vocab: { a: 0 } } });
    const before = tokenizer(manifest(), 'tokenizer.json');
    write({ model: { vocab: { b: 0 } } }, 2);
    const after = tokenizer(manifest(), 'tokenizer.json');
    assert.ok(typeof before === 'object' && typeof after === 'object');
    assert.notEqual(before.hash, after.hash);
  });

  it('is that it is missing, broken, or not to be looked at', () => {
    assert.equal(idsOf(), 'missing');
    for (const content of ['{', 'null', '[]', '{"model": {}}', '{"model": {"vocab": {}}}']) {
      writeFileSync(join(root, 'tokenizer.json'), content);
      utimesSync(join(root, 'tokenizer.json'), content.length, content.length);
      assert.equal(idsOf(), 'broken', content);
    }
    mkdirSync(join(root, 'inner'));
    symlinkSync(join(root, 'tokenizer.json'), join(root, 'inner', 'tokenizer.json'));
    assert.equal(tokenizer(join(root, 'inner', 'words.brique.yaml'), 'tokenizer.json'), 'unknown');
    assert.equal(tokenizer(join(root, 'inner', 'words.brique.yaml'), '../tokenizer.json'), 'unknown');
  });

  it('is held against the table that looks its ids up, and against the tokenizer of the brick that does', () => {
    const folders = ['words', 'encoder'];
    for (const folder of folders) mkdirSync(join(root, folder));
    writeFileSync(join(root, 'words', 'tokenizer.json'), '{"model": {"vocab": {"a": 0, "b": 99}}}');
    writeFileSync(join(root, 'encoder', 'tokenizer.json'), '{"model": {"vocab": {"b": 0, "a": 1}}}');
    const files: Record<string, string> = {
      'words/words.brique.yaml': `kind: module
name: words
version: 1.0.0
inputs: { text: 'string[batch]' }
outputs: { ids: 'int32[batch, 8]' }
graph:
  cut: { op: tokenizer, in: text, length: 8 }
  ids: { op: identity, in: cut.ids }
`,
      'encoder/encoder.brique.yaml': `kind: module
name: encoder
version: 1.0.0
params: { vocab: { type: int } }
inputs: { ids: 'int32[batch, seq]' }
outputs: { features: 'float32[batch, 4]' }
graph:
  table: { op: embedding, in: ids, size: $vocab, dim: 4 }
  features: { op: global_avg_pool, in: table }
`,
      'texts.brique.yaml': `kind: dataset
name: texts
version: 1.0.0
files: { all: '*.csv' }
columns: { text: { type: string }, class: { type: category, values: [a, b] } }
splits: { train: 0.8, validation: 0.1, test: 0.1 }
`,
      'model.brique.yaml': `kind: model
name: model
version: 1.0.0
data: { texts: texts@^1 }
parts:
  words: { module: words@^1, in: texts.text }
  encoder: { module: encoder@^1, in: words.ids, params: { vocab: 50 } }
  head: { module: std/classifier@^1, in: encoder.features, params: { classes: 2 } }
tasks:
  kind: { output: head.logits, target: texts.class, loss: cross_entropy }
`,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
    const { workspace } = loadWorkspace([root]);
    const errors = workspace
      .check(join(root, 'model.brique.yaml'))
      .filter(({ severity }) => severity === 'error')
      .map(({ rule, message }) => `${rule}: ${message}`);
    assert.deepEqual(errors, [
      'tokenizer-mismatch: `encoder` ships a tokenizer of its own, but its ids come from another one, that of `words`',
      'vocab-exceeds-embedding: `words` makes up to 100 ids, but the table of `encoder` has 50 rows',
    ]);
  });
});
