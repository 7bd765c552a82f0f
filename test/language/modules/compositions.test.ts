/** The standard bricks put together, and with mistakes planted in them. */
import assert from 'node:assert/strict';
import type { Plan } from '../../../language/plan/format';
import { Workspace } from '../../../language/workspace';
import { libraryFiles } from '../library';

const data = `kind: dataset
name: things
version: 1.0.0
files: { all: things.json }
columns:
  text: { type: string }
  price: { type: float }
  country: { type: category, values: [a, b, c, d] }
  class: { type: category, values: ["no", "yes"] }
  picture: { type: image, height: 28, width: 28, channels: 1 }
  sizes: { type: tensor, shape: [3] }
splits: { train: 0.7, validation: 0.15, test: 0.15, seed: 1 }
`;

function composition(
  parts: string,
  task = 'output: head.logits, target: things.class, loss: cross_entropy',
): string {
  return `kind: model
name: composed
version: 0.1.0
data: { things: things@^1 }
parts:
${parts}
tasks:
  task: { ${task} }
train: { epochs: 1, batch: 8, optimizer: { adam: { learning_rate: 1e-3 } }, seed: 1 }
`;
}

function open(model: string): Workspace {
  const workspace = new Workspace();
  for (const { file, text } of libraryFiles()) workspace.setFile(file, text, 'library');
  workspace.setFile('things.brique.yaml', data);
  workspace.setFile('model.brique.yaml', model);
  return workspace;
}

function planOf(model: string): Plan {
  const { plan, findings } = open(model).plan('model.brique.yaml');
  assert.deepEqual(
    findings.filter(({ severity }) => severity !== 'hint').map(({ rule, message }) => `${rule}: ${message}`),
    [],
  );
  assert.ok(plan);
  return plan;
}

function learned(plan: Plan): number {
  const weights = [...plan.prepare, ...plan.graph].flatMap((node) => node.weights);
  return weights.reduce((sum, weight) => sum + weight.shape.reduce((product, size) => product * size, 1), 0);
}

const words =
  '  words: { module: std/text-vectorizer@^1, in: { text: things.text }, params: { vocab: 100, length: 12 } }';
const head = '  head: { module: std/classifier@^1, in: encoder.features, params: { classes: 2 } }';

/** Weights of attention, of two dense layers, and of a convolution with its batch norm and statistics. */
const attention = (width: number, from = width) => 2 * (width * width + width) + 2 * (from * width + width);
const feedForward = (width: number, hidden: number) => width * hidden + hidden + hidden * width + width;
const conv = (kernel: number, from: number, to: number) => kernel * kernel * from * to + 4 * to;

describe('compositions of standard bricks', () => {
  // Counted by hand from the papers' formulas, head of two classes included.
  const cases: [name: string, parts: string, weights: number, task?: string][] = [
    [
      'a convolutional text classifier',
      `${words}\n  encoder: { module: std/text-cnn-encoder@^1, in: words.tokens, params: { vocab: 100, dim: 8, filters: 4 } }\n${head}`,
      100 * 8 + (3 + 4 + 5) * 8 * 4 + 3 * 4 + (12 * 2 + 2),
    ],
    [
      'a bidirectional LSTM',
      `${words}\n  encoder: { module: std/bilstm-encoder@^1, in: words.tokens, params: { vocab: 100, dim: 8, units: 4 } }\n${head}`,
      100 * 8 + 2 * (8 * 16 + 4 * 16 + 16) + (8 * 2 + 2),
    ],
    [
      'a transformer of two layers',
      `${words}\n  encoder: { module: std/transformer-encoder@^1, in: words.tokens, params: { vocab: 100, length: 12, width: 8, heads: 2, layers: 2, hidden: 16 } }\n${head}`,
      100 * 8 + 12 * 8 + 2 * (4 * (64 + 8) + 2 * 16 + (8 * 16 + 16) + (16 * 8 + 8)) + 16 + (8 * 2 + 2),
    ],
    [
      'an adapter and a projection between encoder and head',
      `${words}\n  encoder: { module: std/text-cnn-encoder@^1, in: words.tokens, params: { vocab: 100, dim: 8, filters: 4 }, train: frozen }
  adapter: { module: std/bottleneck-adapter@^1, in: encoder.features, params: { width: 12, bottleneck: 3 } }
  smaller: { module: std/projection@^1, in: adapter.adapted, params: { units: 5 } }
  layers: { module: std/mlp@^1, in: smaller.projected, params: { hidden: 6 } }
  head: { module: std/classifier@^1, in: layers.hidden_features, params: { classes: 2 } }`,
      100 * 8 +
        12 * 8 * 4 +
        12 +
        (12 * 3 + 3 + 3 * 12 + 12) +
        (12 * 5 + 5) +
        (5 * 6 + 6 + 6 * 6 + 6) +
        (6 * 2 + 2),
    ],
    [
      'a classifier of pictures',
      `  encoder: { module: std/image-cnn@^1, in: things.picture, params: { filters: 4 } }\n${head}`,
      9 * 4 + 4 + 9 * 4 * 8 + 8 + (8 * 2 + 2),
    ],
    [
      'a price from several columns',
      `  row: { module: std/tabular-encoder@^1, in: things.sizes, params: { hidden: 4 } }
  place: { module: std/category-column@^1, in: things.country, params: { size: 4, dim: 3 } }
  both: { module: std/join@^1, in: { left: row.features, right: place.feature } }
  head: { module: std/regressor@^1, in: both.features }`,
      3 * 4 + 4 + 4 * 3 + (7 + 1),
      'output: head.value, target: things.price, loss: mse, metrics: [mae, r2]',
    ],
    [
      'a class from one number',
      `  number: { module: std/number-column@^1, in: things.price }
  head: { module: std/classifier@^1, in: number.feature, params: { classes: 2 } }`,
      1 * 2 + 2,
    ],
    [
      'a language model',
      `${words}\n  decoder: { module: std/transformer-decoder@^1, in: words.tokens, params: { vocab: 100, length: 12, width: 8, heads: 2, hidden: 16 } }
  head: { module: std/language-model-head@^1, in: decoder.states, params: { vocab: 100 } }`,
      100 * 8 + 12 * 8 + 2 * (attention(8) + 2 * 16 + feedForward(8, 16)) + 16 + 8 * 100,
      'output: head.logits, target: words.tokens, loss: next_token',
    ],
    [
      'hidden words',
      `${words}\n  masker: { module: std/word-masker@^1, in: words.tokens }
  encoder: { module: std/sequence-encoder@^1, in: masker.tokens, params: { vocab: 100, length: 12, width: 8, heads: 2, hidden: 16 } }
  head: { module: std/masked-word-head@^1, in: encoder.states, params: { vocab: 100, width: 8 } }`,
      100 * 8 +
        12 * 8 +
        2 * (attention(8) + 2 * 16 + feedForward(8, 16)) +
        16 +
        (8 * 8 + 8 + 16 + 8 * 100 + 100),
      'output: head.logits, target: masker.labels, loss: masked_token',
    ],
    [
      'an encoder and a decoder',
      `${words}\n  encoder: { module: std/sequence-encoder@^1, in: words.tokens, params: { vocab: 100, length: 12, width: 6, heads: 2, layers: 1, hidden: 16 } }
  decoder: { module: std/seq2seq-decoder@^1, in: { tokens: words.tokens, memory: encoder.states, memory_mask: encoder.mask }, params: { vocab: 100, length: 12, width: 8, heads: 2, layers: 1, hidden: 16 } }
  head: { module: std/language-model-head@^1, in: decoder.states, params: { vocab: 100 } }`,
      100 * 6 +
        12 * 6 +
        (attention(6) + 2 * 12 + feedForward(6, 16)) +
        12 +
        (100 * 8 + 12 * 8 + (attention(8) + attention(8, 6) + 3 * 16 + feedForward(8, 16)) + 16) +
        8 * 100,
      'output: head.logits, target: words.tokens, loss: next_token',
    ],
    [
      'two towers',
      `${words}\n  asked: { module: std/word-average-encoder@^1, in: words.tokens, params: { vocab: 100, dim: 8 } }
  answered: { module: std/gru-encoder@^1, in: words.tokens, params: { vocab: 100, dim: 8, units: 4 } }
  question: { module: std/tower-projection@^1, in: asked.features, params: { size: 4, hidden: 6 } }
  answer: { module: std/tower-projection@^1, in: answered.features, params: { size: 4, hidden: 6 } }`,
      100 * 8 + (100 * 8 + 2 * (8 * 12 + 4 * 12 + 2 * 12)) + 2 * (8 * 6 + 6 + 6 * 4 + 4),
      'output: question.placed, target: answer.placed, loss: contrastive',
    ],
    [
      'two tasks that share experts',
      `  row: { module: std/tabular-encoder@^1, in: things.sizes, params: { hidden: 4 } }
  experts: { module: std/experts@^1, in: row.features, params: { experts: 3, units: 5 } }
  class_gate: { module: std/expert-gate@^1, in: { features: row.features, opinions: experts.opinions }, params: { experts: 3 } }
  price_gate: { module: std/expert-gate@^1, in: { features: row.features, opinions: experts.opinions }, params: { experts: 3 } }
  class: { module: std/classifier@^1, in: class_gate.mixed, params: { classes: 2 } }
  price: { module: std/regressor@^1, in: price_gate.mixed }`,
      3 * 4 + 4 + (4 * 15 + 15) + 2 * (4 * 3 + 3) + (5 * 2 + 2) + (5 + 1),
      'output: class.logits, target: things.class, loss: cross_entropy }\n  other: { output: price.value, target: things.price, loss: mse',
    ],
    [
      'a residual network',
      `  pixels: { module: std/image-input@^1, in: things.picture }
  encoder: { module: std/resnet@^1, in: pixels.scaled, params: { filters: 4, blocks: 1 } }\n${head}`,
      conv(3, 1, 4) +
        2 * conv(3, 4, 4) +
        (conv(3, 4, 8) + conv(3, 8, 8) + conv(1, 4, 8)) +
        2 * conv(3, 8, 8) +
        (conv(3, 8, 16) + conv(3, 16, 16) + conv(1, 8, 16)) +
        2 * conv(3, 16, 16) +
        (16 * 2 + 2),
    ],
  ];
  for (const [name, parts, weights, task] of cases) {
    it(`plan ${name}, with ${weights} weights`, () => {
      assert.equal(learned(planOf(composition(parts, task))), weights);
    });
  }

  it('repeat a brick with weights of its own each time', () => {
    const plan = planOf(composition(cases[2]![1]));
    const kernels = plan.graph.filter((node) => node.op === 'attention').flatMap((node) => node.weights);
    assert.equal(new Set(kernels.map((weight) => weight.name)).size, 16);
  });
});

describe('mistakes in compositions of standard bricks are found', () => {
  const wrong: [name: string, parts: string, rule: string, message: RegExp][] = [
    [
      'text straight into an encoder',
      `  encoder: { module: std/text-cnn-encoder@^1, in: things.text }\n${head}`,
      'rank-mismatch|dtype-mismatch',
      /things\.text/,
    ],
    [
      'an adapter of another width',
      `${words}\n  encoder: { module: std/text-cnn-encoder@^1, in: words.tokens, params: { vocab: 100, filters: 4 } }
  adapter: { module: std/bottleneck-adapter@^1, in: encoder.features, params: { width: 16 } }
  head: { module: std/classifier@^1, in: adapter.adapted, params: { classes: 2 } }`,
      'dim-mismatch',
      /12, not 16/,
    ],
    [
      'heads that do not divide the width',
      `${words}\n  encoder: { module: std/transformer-encoder@^1, in: words.tokens, params: { vocab: 100, length: 12, width: 10, heads: 4 } }\n${head}`,
      '.*',
      /`width` is 10 and `heads` is 4/,
    ],
    [
      'more words than positions',
      `${words}\n  encoder: { module: std/transformer-encoder@^1, in: words.tokens, params: { vocab: 100, length: 8, width: 8 } }\n${head}`,
      '.*',
      /12 steps but only 8 positions/,
    ],
    [
      'another number of classes',
      `  encoder: { module: std/image-cnn@^1, in: things.picture }
  head: { module: std/classifier@^1, in: encoder.features, params: { classes: 3 } }`,
      '.*',
      /2 (classes|scores)|3/,
    ],
  ];
  for (const [name, parts, rule, message] of wrong) {
    it(name, () => {
      const errors = open(composition(parts))
        .check('model.brique.yaml')
        .filter((finding) => finding.severity === 'error');
      assert.equal(errors.length, 1, errors.map((error) => `${error.rule}: ${error.message}`).join('\n'));
      assert.match(errors[0]!.rule, new RegExp(`^(${rule})$`));
      assert.match(errors[0]!.message, message);
    });
  }
});
