import { strict as assert } from 'node:assert';
import { measure } from '../../../engine/evaluate/metrics/metrics';
import { outcomeOf } from '../../../engine/evaluate/outcome';
import { compileStep } from '../../../engine/step/compile';
import { initialState } from '../../../engine/step/initial';
import { taskOutput, totalLoss } from '../../../engine/step/metrics';
import type { HostTensor } from '../../../engine/step/program';
import { forEachExecutor } from '../executors';
import { numbers, tensor } from '../graph/tensors';
import { composed } from './compositions';

interface Scene {
  name: string;
  columns: string[];
  bricks: string[];
  parts: string[];
  task: string;
  rows: number;
  /** Makes a column of the only batch, which is learnt by heart. */
  data: Record<string, (rows: number, next: () => number) => HostTensor>;
  steps: number;
  /** What the loss must come below, from above it. */
  below: number;
  metric: string;
  atLeast: number;
}

const brick = (name: string, ...lines: string[]): string =>
  ['kind: module', `name: ${name}`, 'version: 1.0.0', ...lines, ''].join('\n');

const ids = (steps: number, words: number) => (rows: number, next: () => number) =>
  tensor([rows, steps], () => 2 + Math.floor(next() * (words - 2)), 'int32');
const normals = (width: number) => (rows: number, next: () => number) =>
  tensor([rows, width], () => next() * 4 - 2);

const decoder = brick(
  'decoder',
  'inputs:',
  '  tokens: int32[batch, 6]',
  'outputs:',
  '  logits: float32[batch, 6, 12]',
  'graph:',
  '  known: { op: mask_of, in: tokens }',
  '  words: { op: parameter, shape: [12, 16], init: normal }',
  '  embedded: { op: lookup, in: { table: words, in: tokens } }',
  '  normed: { op: rms_norm, in: embedded }',
  '  mixed: { op: attention, in: { in: normed, mask: known }, heads: 4, kv_heads: 2, causal: true, rotary: true, dropout: 0.05 }',
  '  added: { op: add, in: [embedded, mixed] }',
  '  renormed: { op: rms_norm, in: added }',
  '  wide: { op: dense, in: renormed, units: 48 }',
  '  gated: { op: swiglu, in: wide }',
  '  narrow: { op: dense, in: gated, units: 16 }',
  '  out: { op: add, in: [added, narrow] }',
  '  ended: { op: rms_norm, in: out }',
  '  logits: { op: matmul, in: [ended, words], transpose_right: true }',
);
const hider = brick(
  'hider',
  'inputs:',
  '  tokens: int32[batch, 6]',
  'outputs:',
  '  hidden: int32[batch, 6]',
  '  labels: int32[batch, 6]',
  'graph:',
  '  drawn: { op: mask_tokens, in: tokens, mask: 1, rate: 0.3 }',
  '  hidden: { op: identity, in: drawn.tokens }',
  '  labels: { op: identity, in: drawn.labels }',
);
const encoder = brick(
  'encoder',
  'inputs:',
  '  tokens: int32[batch, 6]',
  'outputs:',
  '  logits: float32[batch, 6, 12]',
  'graph:',
  '  embedded: { op: embedding, in: tokens, size: 12, dim: 16 }',
  '  placed: { op: sinusoidal_embedding, in: embedded }',
  '  mixed: { op: attention, in: placed, heads: 2 }',
  '  added: { op: add, in: [placed, mixed] }',
  '  normed: { op: layer_norm, in: added }',
  '  logits: { op: dense, in: normed, units: 12 }',
);
const tower = brick(
  'tower',
  'inputs:',
  '  x: float32[batch, 5]',
  'outputs:',
  '  vector: float32[batch, 8]',
  'graph:',
  '  hidden: { op: dense, in: x, units: 16, activation: mish }',
  '  vector: { op: dense, in: hidden, units: 8 }',
);
const tagger = brick(
  'tagger',
  'inputs:',
  '  x: float32[batch, 5]',
  'outputs:',
  '  logits: float32[batch, 3]',
  'graph:',
  '  hidden: { op: dense, in: x, units: 24, activation: leaky_relu }',
  '  noisy: { op: gaussian_noise, in: hidden, stddev: 0.01 }',
  '  logits: { op: dense, in: noisy, units: 3 }',
);

const scenes: Scene[] = [
  {
    name: 'a language model continues texts',
    columns: ['tokens: { type: tensor, of: "int32[6]" }'],
    bricks: [decoder],
    parts: ['net: { module: decoder@^1, in: text.tokens }'],
    task: '{ output: net.logits, target: text.tokens, loss: next_token, metrics: [perplexity, accuracy] }',
    rows: 4,
    data: { tokens: ids(6, 12) },
    steps: 60,
    below: 0.5,
    metric: 'accuracy',
    atLeast: 0.9,
  },
  {
    name: 'a masked model fills in words; its targets are an output of a part',
    columns: ['tokens: { type: tensor, of: "int32[6]" }'],
    bricks: [hider, encoder],
    parts: ['hider: { module: hider@^1, in: text.tokens }', 'net: { module: encoder@^1, in: hider.hidden }'],
    task: '{ output: net.logits, target: hider.labels, loss: masked_token, metrics: [perplexity] }',
    rows: 3,
    data: { tokens: ids(6, 12) },
    steps: 120,
    below: 1.5,
    metric: 'accuracy',
    atLeast: 0.5,
  },
  {
    name: 'two towers find their partners',
    columns: ['left: { type: tensor, shape: [5] }', 'right: { type: tensor, shape: [5] }'],
    bricks: [tower],
    parts: ['asks: { module: tower@^1, in: text.left }', 'answers: { module: tower@^1, in: text.right }'],
    task: '{ output: asks.vector, target: answers.vector, loss: { contrastive: { temperature: 0.1 } }, metrics: [recall_at_1] }',
    rows: 12,
    data: { left: normals(5), right: normals(5) },
    steps: 60,
    below: 0.8,
    metric: 'recall_at_1',
    atLeast: 0.8,
  },
  {
    name: 'several labels at once',
    columns: ['x: { type: tensor, shape: [5] }', 'tags: { type: tensor, shape: [3] }'],
    bricks: [tagger],
    parts: ['net: { module: tagger@^1, in: text.x }'],
    task: '{ output: net.logits, target: text.tags, loss: binary_cross_entropy, metrics: [f1_macro, hamming_loss] }',
    rows: 10,
    data: {
      x: normals(5),
      tags: (rows, next) => tensor([rows, 3], () => Math.floor(next() * 2)),
    },
    steps: 80,
    below: 0.3,
    metric: 'subset_accuracy',
    atLeast: 0.9,
  },
  {
    name: 'a student scores as its frozen teacher',
    columns: ['x: { type: tensor, shape: [5] }'],
    bricks: [tagger],
    parts: [
      'teacher: { module: tagger@^1, in: text.x, train: frozen }',
      'student: { module: tagger@^1, in: text.x }',
    ],
    task: '{ output: student.logits, target: teacher.logits, loss: { distillation: { temperature: 2 } }, metrics: [accuracy, matthews] }',
    rows: 10,
    data: { x: normals(5) },
    steps: 60,
    below: 0.05,
    metric: 'accuracy',
    atLeast: 0.9,
  },
];

forEachExecutor('tasks, from their text to what they learn', (executor) => {
  for (const scene of scenes) {
    it(`${scene.name}`, async () => {
      const plan = composed({ ...scene, optimizer: '{ adam: { learning_rate: 0.02 } }' });
      const [task] = plan.tasks;
      const next = numbers(5);
      const columns: Record<string, HostTensor> = Object.fromEntries(
        Object.entries(scene.data).map(([name, make]) => [`text.${name}`, make(scene.rows, next)]),
      );
      const { step } = compileStep(plan, { phase: 0 });
      const session = await executor().open(step, initialState(plan, step));
      try {
        if (step.programs.frozen) {
          Object.assign(columns, await session.run('frozen', fed(columns, step.programs.frozen)));
        }
        const losses: number[] = [];
        for (let i = 0; i < scene.steps; i++) {
          const outputs = await session.run('train', fed(columns, step.programs.train!));
          losses.push(outputs[totalLoss]!.data[0]!);
        }
        const reached = Math.min(...losses.slice(-5));
        assert.ok(losses[0]! > scene.below && reached < scene.below, `from ${losses[0]} to ${reached}`);
        const outputs = await session.run('evaluate', fed(columns, step.programs.evaluate));
        const targets = outputs[taskOutput.targets('task')] ?? columns[task!.target]!;
        const outcome = outcomeOf(task!, outputs[taskOutput.predictions('task')]!, targets);
        const value = measure(scene.metric, outcome, outputs[taskOutput.loss('task')]!.data[0]);
        assert.ok(value >= scene.atLeast, `${scene.metric} is ${value}`);
      } finally {
        session.close();
      }
    });
  }
});

/** What a program reads. */
function fed(
  columns: Record<string, HostTensor>,
  { inputs }: { inputs: object },
): Record<string, HostTensor> {
  return Object.fromEntries(Object.keys(inputs).map((name) => [name, columns[name]!]));
}
