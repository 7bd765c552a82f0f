import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeRun } from '../../../engine/make-run';
import type { TrainerRequest } from '../../../engine/request';
import type { Executor } from '../../../engine/step/program';
import { StopSignal } from '../../../engine/train/stop-signal';
import type { Plan } from '../../../language/plan/format';
import { readRun } from '../../../protocol/runs/read';
import { loadWorkspace } from '../../../registry/sources';

const GOOD = ['good', 'great', 'fine', 'lovely', 'superb'];
const BAD = ['bad', 'awful', 'poor', 'sad', 'broken'];
const THINGS = ['phone', 'case', 'cable', 'screen', 'battery', 'camera', 'keyboard'];

/** Sentences whose class is plain to see, so that a small model must learn it. */
export function plainReviews(count: number): { text: string; class: number }[] {
  return Array.from({ length: count }, (_, i) => {
    const word = (i % 2 ? GOOD : BAD)[i % 5];
    return { text: `The ${THINGS[i % 7]} is ${word} number ${i}`, class: i % 2 };
  });
}

const FILES: Record<string, string> = {
  'reviews.brique.yaml': `kind: dataset
name: plain-reviews
version: 1.0.0
license: CC0-1.0
files: { all: reviews.json }
columns:
  text: { type: string }
  class: { type: category, values: { negative: 0, positive: 1 } }
splits: { train: 0.6, validation: 0.2, test: 0.2, seed: 3, stratify: class }
`,
  'encoder.brique.yaml': `kind: module
name: encoder
version: 1.0.0
params:
  vocab: { type: int, default: 60 }
inputs:
  tokens: int32[batch, seq]
outputs:
  features: float32[batch, 8]
graph:
  embedded: { op: embedding, in: tokens, size: $vocab, dim: 8 }
  features: { op: global_avg_pool, in: embedded }
tests:
  - name: keeps the batch
    given: { tokens: 'zeros[2, 4]' }
    expect: { features: 'float32[2, 8]' }
card: { intended_use: Tests., training_data: None., limitations: Many. }
`,
  'plain.brique.yaml': `kind: model
name: plain
version: 0.1.0
data: { reviews: plain-reviews@^1 }
parts:
  words: { module: std/text-vectorizer@^1, in: { text: reviews.text }, params: { vocab: 60, length: 8 } }
  encoder: { module: encoder@^1, in: words.tokens }
  head: { module: std/classifier@^1, in: encoder.features, params: { classes: 2 } }
tasks:
  mood: { output: head.logits, target: reviews.class, loss: cross_entropy, metrics: [accuracy, f1] }
train:
  epochs: 6
  batch: 16
  optimizer: { adam: { learning_rate: 3e-2 } }
  seed: 5
evaluate: { on: test, slices: [reviews.class], require: { mood.accuracy: '>= 0.9' } }
`,
};

export const MODEL = FILES['plain.brique.yaml']!;

/** Writes a small workspace; more files, or others in place of these. */
export function writeWorkspace(root: string, files: Record<string, string> = {}): void {
  mkdirSync(root, { recursive: true });
  for (const [name, text] of Object.entries({ ...FILES, ...files })) writeFileSync(join(root, name), text);
  writeFileSync(join(root, 'reviews.json'), JSON.stringify(plainReviews(200)));
}

export function planFor(root: string, file = 'plain.brique.yaml'): Plan {
  const { workspace } = loadWorkspace([root]);
  const { plan, findings } = workspace.plan(join(root, file));
  if (!plan) throw new Error(findings.map(({ message }) => message).join('\n'));
  return plan;
}

/** Makes a run in this process, and reads it back as every view does. */
export async function runHere(
  executor: Executor,
  root: string,
  request: Partial<TrainerRequest> & { plan: Plan },
  stop = new StopSignal(),
) {
  const folder = await makeRun(
    { kind: 'train', root, engine: 'auto', settings: {}, ...request },
    executor,
    stop,
  );
  return { folder: folder.path, state: readRun(folder.path)! };
}
