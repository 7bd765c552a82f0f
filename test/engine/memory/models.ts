import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostTensor, Program } from '../../../engine/step/program';
import { loadWorkspace } from '../../../registry/sources';

const DATASET = `kind: dataset
name: rows
version: 1.0.0
license: CC0-1.0
files: { all: rows.json }
columns:
  numbers: { type: tensor, of: "float32[784]" }
  tokens: { type: tensor, of: "int32[64]" }
  pixels: { type: tensor, of: "float32[16, 16, 3]" }
  class: { type: category, values: [no, yes] }
splits: { train: 0.8, test: 0.2 }
`;

interface KindOfModel {
  brick: string;
  /** That it reads. */
  column: 'numbers' | 'tokens' | 'pixels';
  params: string;
  /** Rows of it. */
  batch: number;
  /** More about the part. */
  part?: string;
}

/** Kinds of model whose memory goes to different things. */
export const kinds = {
  smallest: { brick: 'std/mlp', column: 'numbers', params: 'hidden: 1', batch: 2 },
  mlp: { brick: 'std/mlp', column: 'numbers', params: 'hidden: 512', batch: 128 },
  'text-cnn': { brick: 'std/text-cnn-encoder', column: 'tokens', params: 'vocab: 4000', batch: 32 },
  transformer: { brick: 'std/transformer-encoder', column: 'tokens', params: 'vocab: 4000', batch: 32 },
  resnet: { brick: 'std/resnet', column: 'pixels', params: '', batch: 32 },
  lstm: { brick: 'std/bilstm-encoder', column: 'tokens', params: '', batch: 32 },
  gru: { brick: 'std/gru-encoder', column: 'tokens', params: '', batch: 32 },
  embedding: {
    brick: 'std/word-average-encoder',
    column: 'tokens',
    params: 'vocab: 50000, dim: 128',
    batch: 64,
  },
  lora: {
    brick: 'std/transformer-encoder',
    column: 'tokens',
    params: 'vocab: 4000',
    batch: 32,
    part: ', train: { lora: { rank: 8 } }',
  },
} satisfies Record<string, KindOfModel>;

export type Kind = keyof typeof kinds;

/** The plan of a kind of model, and what the editor says of its memory. */
export function planOf(root: string, kind: Kind, batch = kinds[kind].batch) {
  const { brick, column, params, part = '' }: KindOfModel = kinds[kind];
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'rows.brique.yaml'), DATASET);
  writeFileSync(join(root, 'rows.json'), '[]');
  const file = join(root, 'sized.brique.yaml');
  writeFileSync(
    file,
    `kind: model
name: sized
version: 0.1.0
data: { rows: rows@^1 }
parts:
  net: { module: ${brick}@^1, in: rows.${column}, params: { ${params} }${part} }
  head: { module: std/classifier@^1, in: net, params: { classes: 2 } }
tasks: { class: { output: head.logits, target: rows.class, loss: cross_entropy, metrics: [accuracy] } }
train: { batch: ${batch} }
`,
  );
  const { workspace } = loadWorkspace([root]);
  const { plan, findings } = workspace.plan(file);
  if (!plan) throw new Error(findings.map(({ message }) => message).join('\n'));
  return { plan, estimate: workspace.cost(file)!.memory! };
}

/** A batch that fits a program: numbers of a wave, indices of 0 and 1. */
export function batchFor({ inputs }: Program, rows: number): Record<string, HostTensor> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { dtype, shape }]): [string, HostTensor] => {
      const sizes = shape.map((size) => (typeof size === 'number' ? size : rows));
      const length = sizes.reduce((all, size) => all * size, 1);
      const data =
        dtype === 'float32'
          ? Float32Array.from({ length }, (_, i) => Math.sin(i))
          : Int32Array.from({ length }, (_, i) => i % 2);
      return [name, { dtype, shape: sizes, data }];
    }),
  );
}
