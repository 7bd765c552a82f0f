import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { encode } from 'fast-png';
import { temporaryFolder } from '../data/fixture';
import { wordPiece } from '../data/tokenizers/files';
import { forEachExecutor } from '../executors';
import { planFor, runHere } from './workspace';

const brick = (name: string, inputs: string, outputs: string, graph: string) => `kind: module
name: ${name}
version: 1.0.0
inputs: { ${inputs} }
outputs: { ${outputs} }
graph:
${graph}`;

const FILES: Record<string, string> = {
  'visits.brique.yaml': `kind: dataset
name: visits
version: 1.0.0
files: { all: visits.csv }
columns:
  photo: { type: image }
  note: { type: string }
  when: { type: date, min: 2020-01-01 }
  age: { type: int, required: false, missing: [unknown] }
  happy: { type: category, values: [sad, glad] }
splits: { train: 0.6, validation: 0.2, test: 0.2, seed: 1, stratify: happy }
`,
  'eye.brique.yaml': brick(
    'eye',
    "photo: 'uint8[batch, height, width, 3]'",
    "features: 'float32[batch, 3]'",
    `  small: { op: resize_image, in: photo, height: 4, width: 4 }
  scaled: { op: scale_image, in: small, mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] }
  features: { op: global_avg_pool, in: scaled }
`,
  ),
  'words.brique.yaml': brick(
    'words',
    "text: 'string[batch]'",
    "features: 'float32[batch, 4]'",
    `  cut: { op: tokenizer, in: text, length: 6 }
  table: { op: embedding, in: cut.ids, size: 11, dim: 4 }
  features: { op: global_avg_pool, in: { in: table, mask: cut.mask } }
`,
  ),
  'calendar.brique.yaml': brick(
    'calendar',
    "when: 'string[batch]'",
    "features: 'float32[batch, 4]'",
    '  features: { op: date_parts, in: when, parts: [month, weekday], cyclical: true }\n',
  ),
  'years.brique.yaml': brick(
    'years',
    "age: 'int32[batch]'",
    "features: 'float32[batch, 2]'",
    `  filled: { op: fill_missing, in: age, with: median }
  scaled: { op: robust_scale, in: filled.out }
  one: { op: expand_dims, in: scaled, axis: -1 }
  two: { op: expand_dims, in: filled.missing, axis: -1 }
  features: { op: concat, in: [one, two] }
`,
  ),
  'joined.brique.yaml': brick(
    'joined',
    "a: 'float32[batch, w]', b: 'float32[batch, x]', c: 'float32[batch, y]', d: 'float32[batch, z]'",
    "logits: 'float32[batch, 2]'",
    '  all: { op: concat, in: [a, b, c, d] }\n  logits: { op: dense, in: all, units: 2 }\n',
  ),
  'mood.brique.yaml': `kind: model
name: mood
version: 0.1.0
data: { visits: visits@^1 }
parts:
  eye: { module: eye@^1, in: visits.photo }
  words: { module: words@^1, in: visits.note }
  calendar: { module: calendar@^1, in: visits.when }
  years: { module: years@^1, in: visits.age }
  head: { module: joined@^1, in: { a: eye.features, b: words.features, c: calendar.features, d: years.features } }
tasks:
  mood: { output: head.logits, target: visits.happy, loss: cross_entropy, metrics: [accuracy] }
train: { epochs: 12, batch: 16, optimizer: { adam: { learning_rate: 5e-2 } }, seed: 2 }
evaluate: { on: test }
`,
};

/** Who sees a bright picture is glad; pictures have many sizes, and a fifth of the ages is not known. */
function writeVisits(root: string): void {
  mkdirSync(root, { recursive: true });
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(root, name), text);
  writeFileSync(join(root, 'tokenizer.json'), JSON.stringify(wordPiece));
  const lines = ['photo,note,when,age,happy'];
  for (let i = 0; i < 120; i++) {
    const [width, height] = [5 + (i % 4), 3 + (i % 7)];
    const data = new Uint8Array(width * height * 3).fill((i % 2 ? 170 : 20) + (i % 60));
    writeFileSync(join(root, `${i}.png`), encode({ width, height, channels: 3, data }));
    const month = String(1 + (i % 12)).padStart(2, '0');
    const age = i % 5 === 0 ? 'unknown' : 20 + (i % 50);
    lines.push(
      `${i}.png,${i % 3 ? 'good cafes' : 'unaffable'},2025-${month}-11,${age},${i % 2 ? 'glad' : 'sad'}`,
    );
  }
  writeFileSync(join(root, 'visits.csv'), lines.join('\n'));
}

forEachExecutor('pictures, text, dates and numbers that may be missing', (executor) => {
  const root = temporaryFolder();

  it('train together, and are prepared the same way for an evaluation', async () => {
    writeVisits(root());
    const plan = planFor(root(), 'mood.brique.yaml');
    const { folder, state } = await runHere(executor(), root(), { plan });
    assert.equal(state.failure, undefined);
    assert.equal(state.report!.tasks.mood!.metrics.accuracy, 1);

    const states = JSON.parse(readFileSync(join(folder, 'weights', 'words.state.json'), 'utf8'));
    assert.deepEqual(JSON.parse(states.nodes.cut.state.tokenizer), wordPiece);
    const years = JSON.parse(readFileSync(join(folder, 'weights', 'years.state.json'), 'utf8'));
    assert.deepEqual(Object.keys(years.nodes), ['filled', 'scaled']);

    // The state that was saved is enough: the tokenizer's file itself is not asked again.
    rmSync(join(root(), 'tokenizer.json'));
    const again = await runHere(executor(), root(), { kind: 'evaluate', plan, run: basename(folder) });
    assert.equal(again.state.failure, undefined);
    assert.deepEqual(again.state.report!.tasks, state.report!.tasks);
  });

  it('end a run with one message where the model would read a missing value', async () => {
    writeVisits(root());
    const unfilled = FILES['years.brique.yaml']!.replace(/ {2}filled:.*\n/, '')
      .replace('filled.out', 'age')
      .replace(/robust_scale/, 'min_max_scale')
      .replace('  two: { op: expand_dims, in: filled.missing', '  two: { op: expand_dims, in: scaled');
    writeFileSync(join(root(), 'years.brique.yaml'), unfilled);
    const { state } = await runHere(executor(), root(), { plan: planFor(root(), 'mood.brique.yaml') });
    assert.equal(state.failure?.code, 'data-missing');
    assert.match(
      state.failure!.message,
      /years\/scaled\.out has no value in \d+ rows of split train of dataset visits/,
    );
  });
});
