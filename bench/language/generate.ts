/**
 * A workspace of many files as people write them, the same on every machine: bricks of ops, bricks of bricks, datasets
 * and compositions, about 150 lines each. One brick is used by exactly `USERS` files.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface GeneratedFile {
  /** Its path below the workspace's folder. */
  path: string;
  kind: 'module' | 'dataset' | 'model';
  text: string;
}

/** Files that use the hub: a brick of ops that many take in. */
export const USERS = 200;
/** What the hub is called, and where it lies. */
export const HUB = { name: 'leaf-0000', path: 'bricks/leaf-0000.brique.yaml' };
/** A composition and a brick of bricks that nothing is wrong with. */
export const COMPOSITION = 'models/model-0000.brique.yaml';
export const BRICK = 'bricks/block-0500.brique.yaml';

const LAYERS = 8;

export function generate(count = 2_000): GeneratedFile[] {
  const datasets = Math.round(count * 0.05);
  const models = Math.round(count * 0.25);
  const blocks = Math.round(count * 0.3);
  const leaves = count - datasets - models - blocks - 2;
  // Three quarters of the hub's users are bricks, which no composition takes in; the others are compositions.
  const hubBlocks = Math.min(blocks >> 1, (USERS * 3) / 4);
  const files = [words(), pool()];
  for (let i = 0; i < leaves; i++) files.push(leaf(i));
  for (let i = 0; i < blocks; i++) files.push(block(i, i < hubBlocks, leaves));
  for (let i = 0; i < datasets; i++) files.push(dataset(i));
  const shape = { leaves, blocks, hubBlocks, datasets };
  for (let i = 0; i < models; i++) files.push(model(i, i < USERS - hubBlocks, shape));
  return files;
}

export function writeWorkspace(folder: string, files: GeneratedFile[]): void {
  for (const part of ['bricks', 'data', 'models']) mkdirSync(join(folder, part), { recursive: true });
  writeFileSync(join(folder, 'workspace.brique.yaml'), 'kind: workspace\nname: generated\n');
  for (const { path, text } of files) writeFileSync(join(folder, path), text);
}

function number(i: number): string {
  return String(i).padStart(4, '0');
}

/** Some are taken often and most seldom, as it is with bricks. */
function pick(seed: number, from: number, below: number): number {
  const share = (Math.imul(seed + 1, 2_654_435_761) >>> 0) / 2 ** 32;
  return from + Math.floor(share ** 3 * (below - from));
}

function header(kind: string, name: string, summary: string): string {
  return `# Part of the generated workspace: ${name}.
kind: ${kind}
name: ${name}
version: 1.${name.charCodeAt(name.length - 1) % 4}.0
summary: ${summary}
license: MIT
`;
}

const interfaceOfBricks = `
params:
  width:
    type: int
    default: 64
    min: 1
    doc: Size of a step.
  hidden:
    type: int
    default: 128
    min: 1
    doc: Size between two dense layers.
  rate:
    type: float
    default: 0.1
    min: 0
    max: 0.9
    doc: Share that is left out in training.

inputs:
  states: float32[batch, seq, width]
outputs:
  mixed: float32[batch, seq, width]
`;

function testsAndCard(name: string): string {
  return `
tests:
  - name: keeps the shape
    params: { width: 8, hidden: 16 }
    given:
      states: random[2, 5, 8]
    expect:
      mixed: float32[2, 5, 8]
  - name: works for one step
    params:
      width: 4
      hidden: 8
    given:
      states: ones[1, 1, 4]
    expect:
      mixed: float32[1, 1, 4]

card:
  intended_use: Between two layers of ${name}, or of a brick like it.
  training_data: None; starts fresh.
  limitations: >-
    Does not see the order of its steps, and has as many of them as it is given.
    Wide states make it slow; see the summary.
`;
}

function residual(i: number, before: string, after: string): string {
  return `  # Step ${i + 1}: normalised, widened, narrowed, added.
  normed_${i}:
    op: layer_norm
    in: ${before}
  wide_${i}: { op: dense, in: normed_${i}, units: $hidden, activation: ${i % 2 ? 'gelu' : 'relu'} }
  narrow_${i}:
    op: dense
    in: wide_${i}
    units: $width
  thin_${i}: { op: dropout, in: narrow_${i}, rate: $rate }
  ${after}: { op: add, in: [${before}, thin_${i}] }
`;
}

function leaf(i: number): GeneratedFile {
  const name = `leaf-${number(i)}`;
  const steps = Array.from({ length: 7 }, (_, step) =>
    residual(step, step === 0 ? 'states' : `state_${step - 1}`, step === 6 ? 'mixed' : `state_${step}`),
  );
  const text = `${header('module', name, 'Seven small layers over every step.')}${interfaceOfBricks}
graph:
${steps.join('')}${testsAndCard(name)}`;
  return { path: `bricks/${name}.brique.yaml`, kind: 'module', text };
}

function use(node: string, module: string, from: string): string {
  return `  ${node}:
    module: ${module}@^1
    in: { states: ${from} }
    params:
      width: $width
      hidden: $hidden
      rate: $rate
`;
}

function block(i: number, usesHub: boolean, leaves: number): GeneratedFile {
  const name = `block-${number(i)}`;
  const first = usesHub ? HUB.name : `leaf-${number(pick(i, 1, leaves))}`;
  const steps = Array.from({ length: 5 }, (_, step) =>
    residual(step, step === 0 ? 'second' : `state_${step - 1}`, step === 4 ? 'mixed' : `state_${step}`),
  );
  const text = `${header('module', name, 'Two bricks, and five small layers of its own.')}${interfaceOfBricks}
graph:
${use('first', first, 'states')}${use('second', `leaf-${number(pick(i * 7, 1, leaves))}`, 'first')}${steps.join('')}${testsAndCard(name)}`;
  return { path: `bricks/${name}.brique.yaml`, kind: 'module', text };
}

/** What stands before and behind the layers of every composition. */
function words(): GeneratedFile {
  const text = `${header('module', 'words', 'The embeddings of words.')}
params:
  vocab: { type: int, default: 4000, min: 3, doc: Number of ids. }
  width: { type: int, default: 64, min: 1, doc: Size of a word. }
inputs:
  tokens: int32[batch, seq]
outputs:
  states: float32[batch, seq, width]
graph:
  states: { op: embedding, in: tokens, size: $vocab, dim: $width }
`;
  return { path: 'bricks/words.brique.yaml', kind: 'module', text };
}

function pool(): GeneratedFile {
  const text = `${header('module', 'pool', 'The mean over all steps.')}
inputs:
  mixed: float32[batch, seq, width]
outputs:
  features: float32[batch, width]
graph:
  features: { op: global_avg_pool, in: mixed }
`;
  return { path: 'bricks/pool.brique.yaml', kind: 'module', text };
}

function dataset(i: number): GeneratedFile {
  const name = `data-${number(i)}`;
  const columns = Array.from(
    { length: 28 },
    (_, column) => `  measure_${column}:
    type: float
    min: 0
    doc: Measure ${column} of the sentence, between nothing and very much.
`,
  );
  const text = `${header('dataset', name, 'Sentences, their class, and many measures of them.')}
files: { all: '*.csv' }

columns:
  text:
    type: string
    max_length: 500
    doc: One sentence.
  class:
    type: category
    values: { negative: 0, positive: 1 }
    doc: Whether it speaks well of the product.
${columns.join('')}
splits:
  train: 0.7
  validation: 0.15
  test: 0.15
  seed: 7
`;
  return { path: `data/${name}.brique.yaml`, kind: 'dataset', text };
}

interface Shape {
  leaves: number;
  blocks: number;
  hubBlocks: number;
  datasets: number;
}

/** One in fifty has a size that does not fit. */
function model(i: number, usesHub: boolean, { leaves, blocks, hubBlocks, datasets }: Shape): GeneratedFile {
  const name = `model-${number(i)}`;
  const layers = Array.from({ length: LAYERS }, (_, layer) => {
    const brick =
      layer < 2
        ? `block-${number(pick(i + layer * 131, hubBlocks, blocks))}`
        : usesHub && layer === 2
          ? HUB.name
          : `leaf-${number(pick(i * 3 + layer, 1, leaves))}`;
    return `  layer_${layer}:
    # Learns more slowly the nearer it is to the words.
    module: ${brick}@^1
    in:
      states: ${layer === 0 ? 'embedded.states' : `layer_${layer - 1}.mixed`}
    params:
      width: ${i % 50 === 49 && layer === 3 ? 48 : 32}
      hidden: ${32 * (1 + (layer % 3))}
      rate: 0.1
    learning_rate: ${layer + 1}e-4
`;
  });
  const text = `${header('model', name, 'Whether a sentence is positive.')}
data: { reviews: data-${number(i % datasets)}@^1 }

parts:
  words:
    module: std/text-vectorizer@^1
    in: { text: reviews.text }
    params: { vocab: 2000, length: 40 }
  embedded:
    module: words@^1
    in: words.tokens
    params: { vocab: 2000, width: 32 }
${layers.join('')}  pooled: { module: pool@^1, in: layer_${LAYERS - 1}.mixed }
  head: { module: std/classifier@^1, in: pooled.features, params: { classes: 2 } }

tasks:
  sentiment:
    output: head.logits
    target: reviews.class
    loss: cross_entropy
    metrics: [accuracy, f1]

# Chosen on the validation split.
train:
  epochs: 20
  batch: 32
  optimizer:
    adam:
      learning_rate: 1e-3
  stop:
    when: validation.loss
    patience: 3
  seed: ${i}

evaluate:
  on: test
  require:
    sentiment.accuracy: '>= 0.7'

card:
  intended_use: Sentences of reviews that are like those of its dataset.
  training_data: The dataset that is named above, and nothing else.
  limitations: >-
    Sees forty words. Sentences in other languages, and those that say one thing
    and mean another, are beyond it.
`;
  return { path: `models/${name}.brique.yaml`, kind: 'model', text };
}
