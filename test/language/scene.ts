import { Workspace } from '../../language/workspace';
import { libraryFiles } from './library';

/** A workspace of files written in a test, and where `<|>` stands in one of them. */
export interface Scene {
  workspace: Workspace;
  file: string;
  offset: number;
}

const cursor = '<|>';

export function scene(texts: Record<string, string>): Scene {
  const workspace = new Workspace();
  for (const { file, text } of libraryFiles()) workspace.setFile(file, text, 'library');
  let found: Omit<Scene, 'workspace'> | undefined;
  for (const [file, text] of Object.entries(texts)) {
    const offset = text.indexOf(cursor);
    if (offset >= 0) found = { file, offset };
    workspace.setFile(file, text.replace(cursor, ''));
  }
  if (!found) throw new Error(`no file holds ${cursor}`);
  return { workspace, ...found };
}

export const points = `kind: dataset
name: points
version: 1.0.0
files: { all: points.csv }
columns:
  text: { type: string, doc: What was said. }
  class: { type: category, values: ["no", "yes"] }
splits: { train: 0.8, validation: 0.1, test: 0.1, seed: 1 }
`;

export const encoder = `kind: module
name: encoder
version: 1.2.0
summary: Turns ids into features.
params:
  hidden: { type: int, default: 16, min: 1, doc: Size of the features. }
inputs:
  tokens: int32[batch, seq]
outputs:
  features: float32[batch, hidden]
graph:
  table: { op: embedding, in: tokens, size: 100, dim: $hidden }
  features: { op: global_avg_pool, in: table }
`;

/** A composition of them; `change` edits its text. */
export function model(change: (text: string) => string = (text) => text): string {
  return change(`kind: model
name: demo
version: 0.1.0
data: { points: points@^1 }
parts:
  words: { module: std/text-vectorizer@^1, in: { text: points.text }, params: { vocab: 100, length: 12 } }
  encoder: { module: encoder@^1.2, in: words.tokens }
  head: { module: std/classifier@^1, in: encoder.features, params: { classes: 2 } }
tasks:
  answer: { output: head.logits, target: points.class, loss: cross_entropy, metrics: [accuracy] }
train: { epochs: 2 }
`);
}

/** A dataset of texts in three classes. */
export const texts = `kind: dataset
name: texts
version: 1.0.0
files: { all: texts.json }
columns:
  text: { type: string }
  class: { type: category, values: [no, yes, maybe] }
splits: { train: 0.8, validation: 0.1, test: 0.1, seed: 1 }
`;
